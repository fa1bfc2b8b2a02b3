import { deskApi, refusal, told, type ApiRoute, type Files, type Who } from '@chengmen/desk-web';
import { z } from 'zod';
import { commandAnswers, type AnyCommand } from './desk-commands.ts';

type Json = Readonly<Record<string, unknown>>;

/** One operation, from a route of `deskApi` or from a command. */
interface Operation extends ApiRoute {
  readonly method: string;
  readonly path: string;
  readonly id: string;
}

/** What the desk answers under `/api`, as OpenAPI 3.1: from the schemas that requests are parsed by. `cookie`: the session's. */
export function openApi(options: { readonly commands: readonly AnyCommand[]; readonly cookie: string }): Json {
  const operations = [
    ...Object.entries<ApiRoute>(deskApi).map(([key, route]) => operationOf(key, route)),
    ...options.commands.map(operationOfCommand),
  ];
  const paths = Map.groupBy(operations, ({ path }) => path);
  return {
    openapi: '3.1.0',
    info: {
      title: '城门工作台 Chengmen desk',
      version: '1',
      summary: '政府网站的编辑、审核和发布 Writing, review and publication of a government website',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    paths: Object.fromEntries(
      [...paths].map(([path, some]) => [
        path,
        Object.fromEntries(some.map((one) => [one.method.toLowerCase(), printed(one)])),
      ]),
    ),
    components: {
      schemas: schemasOf(operations),
      responses: {
        Refusal: {
          description: '没有做，为什么，怎么办 Refused: what happened and what to do; codes stand in docs/errors.md',
          content: { 'application/json': { schema: reference('Refusal') } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: options.cookie, description: 'POST /sign-in' },
        formToken: { type: 'apiKey', in: 'header', name: 'x-form-token', description: '`token` of GET /api/me' },
      },
    },
  };
}

function operationOf(key: string, route: ApiRoute): Operation {
  const [method = '', at = ''] = key.split(' ');
  const path = at.replace(/:(\w+)/g, '{$1}');
  const names = path.split(/[^A-Za-z]+/).filter((name) => name !== '' && name !== 'api');
  return { ...route, method, path, id: [method.toLowerCase(), ...names.map(capital)].join('') };
}

function operationOfCommand({ name, input }: AnyCommand): Operation {
  const { zh, en, result } = commandAnswers[name] ?? { zh: name, en: name, result: z.unknown() };
  return {
    ...{ method: 'POST', path: `/api/commands/${name}`, who: 'person', zh, en, body: input },
    id: name
      .split('-')
      .map(capital)
      .join('')
      .replace(/^./, (letter) => letter.toLowerCase()),
    answer: z.strictObject({ result }),
  };
}

function printed({ id, zh, en, who, params, query, body, method }: Operation): Json {
  return {
    operationId: id,
    summary: `${zh} ${en}`,
    description: needed(who),
    ...(who === 'anybody' ? { security: [] } : {}),
    ...(method === 'GET' ? {} : { security: [{ session: [], formToken: [] }] }),
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(id, body) } }),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: reference(answerName(id)) } } },
      default: { $ref: '#/components/responses/Refusal' },
    },
  };
}

function needed(who: Who): string {
  if (who === 'anybody') return '人人可看 Open to anybody';
  if (who === 'session') return '登录即可，即使还没有设第二因素 Signed in, even before a second factor is set up';
  if (who === 'person')
    return '登录即可，别的看条目或命令 Signed in; what more is needed hangs on the item or the command';
  return 'may' in who
    ? `须有权限 \`${who.may}\`，部分栏目的也行 Needs \`${who.may}\`, for some part of the site at least`
    : `须有全站的权限 \`${who.mayEverywhere}\` Needs \`${who.mayEverywhere}\` for the whole site`;
}

function contentOf(id: string, body: z.ZodType | Files): Json {
  if (body instanceof z.ZodType) return { 'application/json': { schema: reference(bodyName(id)) } };
  const { properties = {} } = z.toJSONSchema(body.files, { io: 'input' });
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  return {
    'multipart/form-data': { schema: { type: 'object', properties: { ...properties, file }, required: ['file'] } },
  };
}

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, one]) => ({
    ...{ name, in: place, required: place === 'path' || required.includes(name), schema: one },
  }));
}

/** Each body and answer by its name, and what they share once. */
function schemasOf(operations: readonly Operation[]): Json {
  const [given, answered] = [z.registry<{ id: string }>(), z.registry<{ id: string }>()];
  answered.add(told, { id: 'Told' }).add(refusal, { id: 'Refusal' });
  for (const { id, body, answer } of operations) {
    // A copy: the same schema may be what two routes answer.
    answered.add(answer.clone(), { id: answerName(id) });
    if (body instanceof z.ZodType) given.add(body.clone(), { id: bodyName(id) });
  }
  return { ...jsonSchemas(given, 'input'), ...jsonSchemas(answered, 'output') };
}

function jsonSchemas(registry: z.core.$ZodRegistry<{ id: string }>, io: 'input' | 'output'): Json {
  const uri = (id: string): string => reference(id).$ref;
  const { schemas } = z.toJSONSchema(registry, { io, uri, target: 'draft-2020-12', unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]));
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const answerName = (id: string): string => `${capital(id)}Answer`;
const bodyName = (id: string): string => `${capital(id)}Body`;
const reference = (id: string): { $ref: string } => ({ $ref: `#/components/schemas/${id}` });
