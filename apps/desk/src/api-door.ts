import { deskApi, type Answer, type ApiRoute, type DeskApi, type Parsed } from '@chengmen/desk-web';
import type { SignedIn } from '@chengmen/identity';
import { ChengmenError, type Actor, type Permission } from '@chengmen/model';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DeskTools } from './desk-forms.ts';

/** A request that was let in, with what it says as the route's schemas read it. */
export interface Call<K extends keyof DeskApi> {
  readonly request: FastifyRequest;
  readonly signedIn: DeskApi[K]['who'] extends 'anybody' ? undefined : SignedIn;
  readonly params: Parsed<K, 'params'>;
  readonly query: Parsed<K, 'query'>;
  readonly body: Parsed<K, 'body'>;
}

/** Registers a route of `deskApi`. */
export type Api = <K extends keyof DeskApi>(key: K, answer: (call: Call<K>) => Promise<Answer<K>> | Answer<K>) => void;

export interface DoorTools extends Pick<DeskTools, 'who' | 'whoever' | 'checkToken' | 'need'> {
  readonly needWhole: (actor: Actor, permission: Permission) => void;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route under `/api` answers; tests hold it to that. */
    readonly answer?: z.ZodType;
  }
}

/** Who may: permissions of the model, and nothing else. */
type Allowed = 'anybody' | 'session' | 'person' | Partial<Readonly<Record<'may' | 'mayEverywhere', Permission>>>;
const admitted: Readonly<Record<string, { readonly who: Allowed }>> = deskApi;

/**
 * The one way to answer under `/api`, but for commands: the description says who may ask, what is read from the request, and what is
 * answered, and the route is registered from it. Whatever is no GET needs the session's token.
 */
export function apiDoor(app: FastifyInstance, tools: DoorTools): Api {
  return (key, answer) => {
    const route: ApiRoute = deskApi[key];
    const [method = '', url = ''] = key.split(' ');
    app.route({
      ...{ method, url, config: { answer: route.answer } },
      handler: async (request) => {
        const signedIn = await admit(tools, admitted[key]?.who ?? 'person', request);
        const { params, query, body } = route;
        const call = {
          ...{ request, signedIn },
          params: params && parsed(params, request.params),
          query: query && parsed(query, request.query),
          body: body instanceof z.ZodType ? parsed(body, request.body) : undefined,
        };
        return answer(call as unknown as Call<typeof key>);
      },
    });
  };
}

async function admit(tools: DoorTools, who: Allowed, request: FastifyRequest): Promise<SignedIn | undefined> {
  if (who === 'anybody') return undefined;
  const signedIn = await (who === 'session' ? tools.whoever(request) : tools.who(request));
  if (request.method !== 'GET' && request.method !== 'HEAD')
    tools.checkToken(signedIn, request.headers['x-form-token']);
  if (typeof who === 'string') return signedIn;
  if (who.may) tools.need(signedIn.actor, who.may);
  if (who.mayEverywhere) tools.needWhole(signedIn.actor, who.mayEverywhere);
  return signedIn;
}

/** Throws `invalid-input`. */
function parsed<T>(schema: z.ZodType<T>, raw: unknown): T {
  const { success, data, error } = schema.safeParse(raw ?? {});
  if (success) return data;
  const [issue] = error.issues;
  throw new ChengmenError('invalid-input', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}
