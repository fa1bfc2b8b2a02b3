import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OpenProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/** As much of the package `oidc-provider` as the tests use: it ships no types. */
interface Provider {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionDetails(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ readonly prompt: { readonly name: string }; readonly params: { readonly client_id: string } }>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  readonly Grant: new (of: { readonly accountId: string; readonly clientId: string }) => {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  };
}

/** The real provider of the package `oidc-provider`, on a port of its own; whoever comes is `who()` and agrees to everything. */
export async function openRealProvider(client: {
  readonly id: string;
  readonly secret: string;
  readonly redirect: string;
  readonly who: () => string;
}): Promise<OpenProvider> {
  const { default: Make } = (await import(['oidc', 'provider'].join('-'))) as {
    default: new (issuer: string, configuration: object) => Provider;
  };
  const server = createServer();
  const issuer = await listen(server);
  const provider = new Make(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirect] }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the tests'] },
    findAccount: (_: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, name: `统一身份 ${accountId}` }),
    }),
  });
  const asked = provider.callback();
  const interaction = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params } = await provider.interactionDetails(request, response);
    const accountId = client.who();
    if (prompt.name === 'login') return provider.interactionFinished(request, response, { login: { accountId } });
    const grant = new provider.Grant({ accountId, clientId: params.client_id });
    grant.addOIDCScope('openid profile');
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) asked(request, response);
    else
      interaction(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
  });
  return { issuer, close: () => close(server) };
}

/** What a hostile provider answers; claims that are not given are right. */
export interface Hostile {
  claims?: Record<string, unknown>;
  /** Signs with a key it has not published, or not at all. */
  signature?: 'foreign' | 'none';
}

/** A provider that answers what a test tells it to. The nonce it must repeat is read from the address the browser was sent to. */
export async function openHostileProvider(clientId: string): Promise<
  OpenProvider & {
    answer: Hostile;
    nonce: string;
    /** Code verifiers it was shown, as challenges. */
    readonly challenges: string[];
  }
> {
  const server = createServer();
  const issuer = await listen(server);
  const [own, foreign] = [rsa(), rsa()];
  const state = { issuer, answer: {} as Hostile, nonce: '', challenges: [] as string[], close: () => close(server) };
  const idToken = (): string => {
    const { claims = {}, signature } = state.answer;
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: clientId, sub: 'u1', iat: now, exp: now + 300, nonce: state.nonce, ...claims };
    const head = { alg: signature === 'none' ? 'none' : 'RS256', kid: 'k1' };
    const signed = [head, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    if (signature === 'none') return `${signed}.`;
    const key = signature === 'foreign' ? foreign : own;
    return `${signed}.${sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
  };
  const answers: Record<string, () => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
    }),
    '/jwks': () => ({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] }),
    '/token': () => ({ access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: idToken() }),
  };
  server.on('request', (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const verifier = new URLSearchParams(body).get('code_verifier');
      if (verifier !== null) state.challenges.push(createHash('sha256').update(verifier).digest('base64url'));
      const answer = answers[request.url ?? ''];
      response
        .writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer?.() ?? {}));
    });
  });
  return state;
}

function rsa(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** A browser's way along redirects, with its cookies, until it is sent to an address that begins with `until`: that is answered. */
export async function followTo(address: string, until: string): Promise<string> {
  const jar = new Map<string, string>();
  for (let at = address, hops = 0; hops < 10; hops++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const to = answer.headers.get('location');
    if (to === null) throw new Error(`${at}: ${answer.status} ${await answer.text()}`);
    at = new URL(to, at).href;
    if (at.startsWith(until)) return at;
  }
  throw new Error('went round in circles');
}
