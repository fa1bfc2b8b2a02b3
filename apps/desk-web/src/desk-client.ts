import type { Answer, Asked, DeskApi, Kind, Role } from './desk-api.ts';

/**
 * The commands whose input and result clients have types of; the desk holds its own commands to this where it is compiled. All of them
 * stand in `/api/openapi.json`.
 */
export interface DeskCommands {
  'save-draft': Command<
    {
      readonly item?: string;
      readonly kind: Kind;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly base?: string | null;
    },
    { readonly item: string; readonly revision: string; readonly hash: string }
  >;
  'submit-revision': Command<AtHash, { readonly revision: string }>;
  'review-revision': Command<
    AtHash & {
      readonly stage: 'first' | 'second' | 'final';
      readonly decision: 'approve' | 'return';
      readonly comment?: string;
    },
    { readonly revision: string; readonly state: string }
  >;
  'publish-emergency': Command<
    AtHash & { readonly reason: string },
    { readonly revision: string; readonly dueAt: string }
  >;
  'withdraw-item': Command<{ readonly item: string; readonly reason: string }, { readonly item: string }>;
  'schedule-withdrawal': Command<
    { readonly item: string; readonly at: string; readonly reason: string },
    { readonly id: number }
  >;
  'change-schedule': Command<{ readonly id: number; readonly at?: string }, { readonly at: string }>;
  'cancel-schedule': Command<{ readonly id: number; readonly reason: string }, { readonly id: number }>;
  'comment-passage': Command<
    AtHash & { readonly field: string; readonly quote: string; readonly place: number; readonly remark: string },
    { readonly comment: number }
  >;
  'resolve-comment': Command<{ readonly comment: number; readonly answer?: string }, { readonly comment: number }>;
  'note-preview': Command<AtHash & { readonly page: string }, null>;
  'change-review-times': Command<Readonly<Record<'first' | 'second' | 'final' | 'rewrite', number>>, null>;
  'ask-roll-back': Command<{ readonly release: number; readonly reason: string }, OfHold>;
  'confirm-roll-back': Command<OfHold, OfHold>;
  'ask-resume': Command<OfHold & { readonly reason: string }, OfHold>;
  'confirm-resume': Command<OfHold & { readonly asked: string }, OfHold>;
  'drop-hold-request': Command<OfHold & { readonly what: 'roll-back' | 'resume' }, OfHold>;
  'answer-letter': Command<
    { readonly reference: string; readonly department: string; readonly answer: string },
    { readonly reference: string; readonly late: boolean }
  >;
  'overrule-finding': Command<AtFinding & { readonly reason: string }, OfFinding>;
  'withdraw-overrule': Command<AtFinding, OfFinding>;
  'change-checks': Command<
    {
      /** As `GET /api/checks/settings` answers them. */
      readonly settings: Answer<'GET /api/checks/settings'>['settings'];
      readonly was: string;
    },
    { readonly hash: string }
  >;
  'create-account': Command<
    { readonly username: string; readonly name: string; readonly grants: readonly OfGrant[] },
    { readonly account: string; readonly username: string; readonly password: string }
  >;
  'grant-role': Command<OfAccount & OfGrant, { readonly added: boolean }>;
  'revoke-role': Command<OfAccount & OfGrant, null>;
  'revoke-sessions': Command<OfAccount, { readonly sessions: number }>;
  'reset-password': Command<OfAccount, { readonly password: string }>;
  'reset-second-factor': Command<OfAccount, null>;
  'end-session': Command<{ readonly session: string }, null>;
}

interface Command<Input, Result> {
  readonly input: Input;
  readonly result: Result;
}

/** A revision as somebody saw it. */
interface AtHash {
  readonly revision: string;
  readonly hash: string;
}

type AtFinding = AtHash & { readonly finding: string };

interface OfFinding {
  readonly item: string;
  readonly finding: string;
}

/** The number of a hold of the site at a release. */
interface OfHold {
  readonly hold: number;
}

/** A role for the whole site, or for a channel and what is below it. */
interface OfGrant {
  readonly role: Role;
  readonly channel?: string;
}

interface OfAccount {
  readonly account: string;
}

/** A request as `fetch` takes it. */
export interface Sent {
  readonly method: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | FormData;
  readonly keepalive?: boolean;
}

export interface DeskClient {
  /** Asks a route of the API; throws what `send` throws. */
  readonly call: <K extends keyof DeskApi>(
    route: K,
    ...given: object extends Asked<K> ? [asked?: Asked<K>, how?: How] : [asked: Asked<K>, how?: How]
  ) => Promise<Answer<K>>;
  readonly command: <N extends keyof DeskCommands>(
    name: N,
    input: DeskCommands[N]['input'],
  ) => Promise<DeskCommands[N]['result']>;
}

/** `keepalive`: goes on when its page is gone. */
type How = Pick<Sent, 'keepalive'>;

interface Given {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/**
 * The desk's API by its own types (`deskApi`), in browsers and in Node. `send` brings the session's cookie and, for what changes something,
 * the header `x-form-token`; it answers the parsed JSON, and throws refusals.
 *
 * @example
 * const desk = createDeskClient(send);
 * const { revision, hash } = await desk.call('GET /api/items/:item', { params: { item: 'kaifang' } });
 * await desk.command('submit-revision', { revision, hash });
 */
export function createDeskClient(send: (path: string, sent: Sent) => Promise<unknown>): DeskClient {
  const call = (route: string, { params, query, body }: Given = {}, how: How = {}): Promise<unknown> => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
    return send(path + searchOf(query), { ...how, method, ...sentBody(body) });
  };
  return {
    call: call as DeskClient['call'],
    command: async (name, input) => {
      const answer = (await call(`POST /api/commands/${name}`, { body: input })) as { result: never };
      return answer.result;
    },
  };
}

function searchOf(query: Given['query']): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function sentBody(body: unknown): Pick<Sent, 'headers' | 'body'> {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
