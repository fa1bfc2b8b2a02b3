import type { LedgerTables } from '@chengmen/ledger';
import { ChengmenError, type AccountId } from '@chengmen/model';
import type { Kysely } from 'kysely';
import type { Configuration } from 'openid-client';
import type { IdentityTables } from './tables.ts';
import { newToken, tokenHash } from './tokens.ts';

type Db = Kysely<LedgerTables & IdentityTables>;

/** The city's unified identity, or any other OpenID provider this desk is registered with. */
export interface OidcOptions {
  /** `https://id.example.cn`; what it says of itself is read from its `/.well-known/openid-configuration`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button calls it. */
  readonly name: string;
}

export interface OidcPerson {
  readonly issuer: string;
  readonly subject: string;
  /** Name or account there, for people to see. */
  readonly shown: string;
}

/** Milliseconds a round trip may take. */
const lasts = 10 * 60_000;

export interface Oidc {
  /** Where the browser goes, and the token its cookie holds meanwhile. Throws `oidc-unreachable`. */
  begin(
    trip: { readonly account: AccountId | null; readonly next: string },
    now: Date,
  ): Promise<{ to: string; token: string }>;
  /** Who came back: `address` is the whole address they came back to. Throws `oidc-failed`. */
  end(
    back: { readonly token: string | undefined; readonly address: string },
    now: Date,
  ): Promise<OidcPerson & { readonly account: AccountId | null; readonly next: string }>;
}

/** The library is read when somebody first goes that way. */
const library = () => import('openid-client');

/** Authorization code with PKCE, state and nonce; the answer's issuer is looked at too (RFC 9207, mix-up). */
export function createOidc(db: Db, options: OidcOptions, redirect: string): Oidc {
  let known: Promise<Configuration> | undefined;
  const provider = (): Promise<Configuration> => {
    known ??= discover(options).catch((error: unknown) => {
      known = undefined;
      throw new ChengmenError(
        'oidc-unreachable',
        { issuer: options.issuer, problem: problemOf(error) },
        { cause: error },
      );
    });
    return known;
  };
  return {
    async begin({ account, next }, now) {
      const { randomPKCECodeVerifier, calculatePKCECodeChallenge, buildAuthorizationUrl } = await library();
      const configuration = await provider();
      const [state, nonce, token] = [newToken(), newToken(), newToken()];
      const verifier = randomPKCECodeVerifier();
      await db.deleteFrom('oidc_trip').where('expires_at', '<', now.toISOString()).execute();
      await db
        .insertInto('oidc_trip')
        .values({
          ...{ token_hash: tokenHash(token), state, nonce, verifier, account, next },
          expires_at: new Date(now.getTime() + lasts).toISOString(),
        })
        .execute();
      const to = buildAuthorizationUrl(configuration, {
        redirect_uri: redirect,
        scope: 'openid profile',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { to: to.href, token };
    },
    async end({ token, address }, now) {
      const trip = await db
        .deleteFrom('oidc_trip')
        .where('token_hash', '=', tokenHash(token ?? ''))
        .where('expires_at', '>', now.toISOString())
        .returningAll()
        .executeTakeFirst();
      if (!trip) throw new ChengmenError('oidc-failed', { problem: 'state' });
      const configuration = await provider();
      try {
        const { authorizationCodeGrant } = await library();
        const tokens = await authorizationCodeGrant(configuration, new URL(address), {
          pkceCodeVerifier: trip.verifier,
          expectedState: trip.state,
          expectedNonce: trip.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new TypeError('no id token');
        const { iss: issuer, sub: subject, name, preferred_username: username } = claims;
        const shown = [name, username].find((each): each is string => typeof each === 'string') ?? subject;
        return { issuer, subject, shown: shown.slice(0, 80), account: trip.account, next: trip.next };
      } catch (error) {
        throw new ChengmenError('oidc-failed', { problem: problemOf(error) }, { cause: error });
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcOptions): Promise<Configuration> {
  const { discovery, allowInsecureRequests, enableNonRepudiationChecks, ClientSecretBasic } = await library();
  const { hostname, protocol } = new URL(issuer);
  // Without TLS on one's own machine only.
  const local = protocol === 'http:' && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(hostname);
  return discovery(new URL(issuer), clientId, undefined, ClientSecretBasic(clientSecret), {
    // The token came over TLS from the issuer itself; its signature is looked at none the less.
    execute: [enableNonRepudiationChecks, ...(local ? [allowInsecureRequests] : [])],
    timeout: 10,
  });
}

function problemOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}
