import type { LedgerTables } from '@chengmen/ledger';
import { ChengmenError, type AccountId } from '@chengmen/model';
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { IdentityTables } from './tables.ts';
import { newToken, tokenHash } from './tokens.ts';

type Db = Kysely<LedgerTables & IdentityTables>;
export type PasskeyCreation = PublicKeyCredentialCreationOptionsJSON;
export type PasskeyRequest = PublicKeyCredentialRequestOptionsJSON;

/** Where passkeys of a desk belong to. Browsers know hosts by name: at a bare address there are none. */
export interface PasskeyPlace {
  readonly host: string;
  readonly origins: readonly string[];
}

/** Milliseconds somebody has to find their key. */
const lasts = 5 * 60_000;

/** The library is read when the first passkey is met. */
const library = () => import('@simplewebauthn/server');

/** On one's own machine the desk is `localhost` to passkeys, whatever the address says. */
export function passkeyPlace(baseUrl: string): PasskeyPlace {
  const { protocol, hostname, port, origin } = new URL(baseUrl);
  if (!/^(?:127\.|\[::1\]|localhost$)/.test(hostname)) return { host: hostname, origins: [origin] };
  return { host: 'localhost', origins: [`${protocol}//localhost${port === '' ? '' : `:${port}`}`] };
}

/** What a browser sends; the library looks into it, we only at its outline. */
const shape = z.looseObject({
  id: z.string().min(1).max(1400),
  rawId: z.string().max(1400),
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: z.string().max(10_000) }),
  clientExtensionResults: z.looseObject({}).default({}),
});

export async function offerCreation(
  db: Db,
  place: PasskeyPlace,
  { account, username, issuer, now }: { account: AccountId; username: string; issuer: string; now: Date },
): Promise<{ options: PasskeyCreation; token: string }> {
  const { generateRegistrationOptions } = await library();
  const known = await db.selectFrom('passkey').select('id').where('account', '=', account).execute();
  const options = await generateRegistrationOptions({
    rpName: issuer,
    rpID: place.host,
    userName: username,
    userID: new TextEncoder().encode(account),
    attestationType: 'none',
    excludeCredentials: known,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: lasts,
  });
  return { options, token: await keepChallenge(db, options.challenge, account, now) };
}

/** The same for everybody: it names no account, so it tells nothing. */
export async function offerRequest(
  db: Db,
  place: PasskeyPlace,
  now: Date,
): Promise<{ options: PasskeyRequest; token: string }> {
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({
    rpID: place.host,
    userVerification: 'required',
    timeout: lasts,
  });
  return { options, token: await keepChallenge(db, options.challenge, null, now) };
}

export interface NewPasskey {
  readonly id: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: string;
}

/** The passkey a browser has made for this account. Throws `passkey-wrong`. */
export async function madePasskey(
  db: Db,
  place: PasskeyPlace,
  { account, token, response, now }: { account: AccountId; token: string | undefined; response: unknown; now: Date },
): Promise<NewPasskey> {
  const challenge = await takeChallenge(db, token, account, now);
  const { verifyRegistrationResponse } = await library();
  const checked = await orWrong(async () =>
    verifyRegistrationResponse({
      response: shape.parse(response) as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: [...place.origins],
      expectedRPID: place.host,
      requireUserVerification: true,
    }),
  );
  if (!checked.verified) throw new ChengmenError('passkey-wrong', { problem: 'signature' });
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential;
  return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports: transports.join(' ') };
}

/** Whose passkey has signed. Throws `passkey-wrong`: also for one whose count has not gone on, for then there are two of it. */
export async function passkeyHolder(
  db: Db,
  place: PasskeyPlace,
  { token, response, now }: { token: string | undefined; response: unknown; now: Date },
): Promise<AccountId> {
  const challenge = await takeChallenge(db, token, null, now);
  const { verifyAuthenticationResponse } = await library();
  const given = await orWrong(() => Promise.resolve(shape.parse(response) as unknown as AuthenticationResponseJSON));
  const known = await db.selectFrom('passkey').selectAll().where('id', '=', given.id).executeTakeFirst();
  if (!known) throw new ChengmenError('passkey-wrong', { problem: 'unknown' });
  const checked = await orWrong(() =>
    verifyAuthenticationResponse({
      response: given,
      expectedChallenge: challenge,
      expectedOrigin: [...place.origins],
      expectedRPID: place.host,
      credential: {
        id: known.id,
        publicKey: Buffer.from(known.public_key, 'base64url'),
        counter: Number(known.counter),
        transports: known.transports.split(' ').filter(Boolean) as AuthenticatorTransport[],
      },
      requireUserVerification: true,
    }),
  );
  if (!checked.verified) throw new ChengmenError('passkey-wrong', { problem: 'signature' });
  const { numUpdatedRows } = await db
    .updateTable('passkey')
    .set({ counter: checked.authenticationInfo.newCounter, used_at: now.toISOString() })
    .where('id', '=', known.id)
    .where('counter', '=', known.counter)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ChengmenError('passkey-wrong', { problem: 'counter' });
  return known.account;
}

async function keepChallenge(db: Db, challenge: string, account: AccountId | null, now: Date): Promise<string> {
  const token = newToken();
  await db.deleteFrom('passkey_challenge').where('expires_at', '<', now.toISOString()).execute();
  await db
    .insertInto('passkey_challenge')
    .values({
      token_hash: tokenHash(token),
      challenge,
      account,
      expires_at: new Date(now.getTime() + lasts).toISOString(),
    })
    .execute();
  return token;
}

/** Answers once. */
async function takeChallenge(db: Db, token: string | undefined, account: AccountId | null, now: Date): Promise<string> {
  const row = await db
    .deleteFrom('passkey_challenge')
    .where('token_hash', '=', tokenHash(token ?? ''))
    .where('expires_at', '>', now.toISOString())
    .returning(['challenge', 'account'])
    .executeTakeFirst();
  if (!row || row.account !== account) throw new ChengmenError('passkey-wrong', { problem: 'challenge' });
  return row.challenge;
}

/** The library throws plain errors for whatever does not fit. */
async function orWrong<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const problem = error instanceof Error ? error.message.slice(0, 200) : String(error);
    throw new ChengmenError('passkey-wrong', { problem }, { cause: error });
  }
}
