import { codeAt, stepAt } from '@chengmen/identity';

export interface Person {
  readonly account: string;
  readonly username: string;
  readonly password: string;
  readonly key: string | undefined;
  cookie: string;
}

/** Signs a person in at a desk of this machine: their cookie afterwards is the session's. */
export async function signIn(port: number, person: Person): Promise<void> {
  const post = async (path: string, values: Record<string, string>, cookie: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ ...values, next: '/' }),
      redirect: 'manual',
      headers: { cookie },
    });
    const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
    if (cookies.length === 0) throw new Error(`${person.username} cannot sign in: ${await answer.text()}`);
    return cookies.join('; ');
  };
  const { username, password, key } = person;
  person.cookie = await post('/sign-in', { username, password }, '');
  if (key === undefined) return;
  person.cookie = await post('/sign-in/code', { code: await codeAt(key, stepAt(new Date())) }, person.cookie);
}
