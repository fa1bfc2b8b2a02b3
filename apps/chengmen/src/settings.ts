import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);

/** Where buckets are and who we are there. */
export interface BucketAccount {
  /** `https://s3.example.cn` */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  /** The bucket in the path (default) or before the host name. */
  readonly pathStyle?: boolean | undefined;
}

/** The account for all buckets, and what is otherwise for some of them, by name. */
export interface BucketAccounts extends BucketAccount {
  readonly buckets?: Readonly<Record<string, BucketAccount>> | undefined;
}

const account = z.strictObject({
  endpoint: z.string().optional(),
  region: z.string().optional(),
  accessKeyId: z.string().optional(),
  secretAccessKey: z.string().optional(),
  pathStyle: z.boolean().optional(),
});
const accounts = account.extend({ buckets: z.record(z.string(), account).optional() });

/** Never flags: a command line can be read by everybody on the machine. */
const accountVariables = {
  endpoint: 'CHENGMEN_S3_ENDPOINT',
  region: 'CHENGMEN_S3_REGION',
  accessKeyId: 'CHENGMEN_S3_ACCESS_KEY_ID',
  secretAccessKey: 'CHENGMEN_S3_SECRET_ACCESS_KEY',
} as const;

const shape = z.object({
  data: z.string().min(1).default('./data'),
  site: z
    .string()
    .regex(/^$|^[a-z][a-z0-9-]{1,31}$/, 'linjiang')
    .default(''),
  database: z
    .string()
    .regex(/^$|^postgres(?:ql)?:\/\//, 'postgres://…')
    .default(''),
  releases: z
    .string()
    .regex(/^(?!s3:)|^s3:\/\/[^/]+(?:\/[^/]+)*\/?$/, 's3://BUCKET/PREFIX')
    .default(''),
  signer: z.string().default(''),
  host: z.string().min(1).default('127.0.0.1'),
  portalPort: port.default(8080),
  deskPort: port.default(8081),
  counterPort: port.default(8082),
  metricsPort: port.default(9080),
  portalWorkers: z.coerce.number().int().min(1).max(64).default(1),
  trustedProxies: z.string().default(''),
  scheduleLateMinutes: z.coerce.number().int().min(1).max(1440).default(5),
  deskUrl: z
    .string()
    .regex(/^$|^https?:\/\/[^/]+\/?$/, 'https://desk.example.cn')
    .default(''),
  breachedPasswords: z.string().default(''),
  linkChecks: z.enum(['on', 'off']).default('on'),
  intakeFolder: z.string().default(''),
});

/** The identity provider: its client secret belongs in no command line. */
const oidc = z.strictObject({
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  name: z.string().min(1).max(20).default('统一身份'),
});
const oidcVariables = {
  issuer: 'CHENGMEN_OIDC_ISSUER',
  clientId: 'CHENGMEN_OIDC_CLIENT_ID',
  clientSecret: 'CHENGMEN_OIDC_CLIENT_SECRET',
  name: 'CHENGMEN_OIDC_NAME',
} as const;

/** How people are told of what waits for them: the mail server's password belongs in no command line. */
const notices = z
  .strictObject({
    smtp: z
      .string()
      .regex(/^smtps?:\/\/[^\s]+$/, 'smtp://USER:PASSWORD@HOST:587')
      .optional(),
    from: z.string().min(3).max(200).optional(),
    webhooks: z.enum(['outside', 'inside']).default('outside'),
  })
  .refine(({ smtp, from }) => smtp === undefined || from !== undefined, {
    path: ['from'],
    error: '有邮件服务器就要有发件人 (a mail server needs a sender)',
  });
const noticeVariables = {
  smtp: 'CHENGMEN_SMTP_URL',
  from: 'CHENGMEN_SMTP_FROM',
  webhooks: 'CHENGMEN_WEBHOOKS',
} as const;

/** Where Chengmen keeps its data and where it listens. */
export interface Settings {
  /** Absolute path of the data folder. */
  readonly data: string;
  /** Which site a command is about; empty: the first. */
  readonly site?: string;
  /** PostgreSQL connection string; empty for the embedded database. */
  readonly database: string;
  /** Where releases are sealed: an absolute path or `s3://bucket/prefix`; empty: `releases/<site>` in the data folder. */
  readonly releases: string;
  /** Absolute path of the socket of a signer that has the key; empty: it is in the data folder. */
  readonly signer: string;
  readonly host: string;
  readonly portalPort: number;
  readonly deskPort: number;
  readonly counterPort: number;
  /** Private port of the portal, for `/live`, `/ready` and `/metrics`; 0: none. */
  readonly metricsPort: number;
  /** Portal processes that share the port. */
  readonly portalWorkers: number;
  /** Addresses and networks, separated by commas, whose X-Forwarded-For the portal believes. */
  readonly trustedProxies: string;
  /** How many minutes after its time something scheduled is late, and alarms. */
  readonly scheduleLateMinutes: number;
  /** Where people reach the desk, when it is not host and port: `https://desk.example.cn`. */
  readonly deskUrl?: string;
  /** Absolute path of a list of leaked passwords; empty: none. */
  readonly breachedPasswords?: string;
  /** Whether the desk asks addresses outside if they answer; `off` where it has no way out. */
  readonly linkChecks?: 'on' | 'off';
  /** Absolute path of the folder in which people at the desk may point to old pages; empty: none. */
  readonly intakeFolder?: string;
  /** Sign-in by an identity provider. */
  readonly oidc?: z.infer<typeof oidc>;
  /** Mail and webhooks. */
  readonly notices?: z.infer<typeof notices>;
  /** For places that are buckets. */
  readonly s3: BucketAccounts;
}

/** Each setting: its flag, its environment variable, its name in the configuration file. */
export const settingNames: Record<
  Exclude<keyof Settings, 's3' | 'oidc' | 'notices'>,
  { readonly flag: string; readonly variable: string }
> = {
  data: { flag: 'data', variable: 'CHENGMEN_DATA' },
  site: { flag: 'site', variable: 'CHENGMEN_SITE' },
  database: { flag: 'database-url', variable: 'CHENGMEN_DATABASE_URL' },
  releases: { flag: 'releases', variable: 'CHENGMEN_RELEASES' },
  signer: { flag: 'signer', variable: 'CHENGMEN_SIGNER' },
  host: { flag: 'host', variable: 'CHENGMEN_HOST' },
  portalPort: { flag: 'portal-port', variable: 'CHENGMEN_PORTAL_PORT' },
  deskPort: { flag: 'desk-port', variable: 'CHENGMEN_DESK_PORT' },
  counterPort: { flag: 'counter-port', variable: 'CHENGMEN_COUNTER_PORT' },
  metricsPort: { flag: 'metrics-port', variable: 'CHENGMEN_METRICS_PORT' },
  portalWorkers: { flag: 'portal-workers', variable: 'CHENGMEN_PORTAL_WORKERS' },
  trustedProxies: { flag: 'trusted-proxies', variable: 'CHENGMEN_TRUSTED_PROXIES' },
  scheduleLateMinutes: { flag: 'schedule-late-minutes', variable: 'CHENGMEN_SCHEDULE_LATE_MINUTES' },
  deskUrl: { flag: 'desk-url', variable: 'CHENGMEN_DESK_URL' },
  breachedPasswords: { flag: 'breached-passwords', variable: 'CHENGMEN_BREACHED_PASSWORDS' },
  linkChecks: { flag: 'link-checks', variable: 'CHENGMEN_LINK_CHECKS' },
  intakeFolder: { flag: 'intake-folder', variable: 'CHENGMEN_INTAKE_FOLDER' },
};

/**
 * Settings from flags, then environment, then the configuration file, then defaults.
 * The file is JSON: `{"data": "/srv/chengmen", "portalPort": 80}`; `--config FILE`, else `chengmen.json` in `folder` if there is one.
 * Throws `setting-invalid` and `file-unreadable`.
 */
export function readSettings(options: {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}): Settings {
  const { flags, environment, folder } = options;
  const file = readFile(flags['config'] ?? environment['CHENGMEN_CONFIG'], folder);
  const raw: Record<string, unknown> = {};
  for (const [name, { flag, variable }] of Object.entries(settingNames)) {
    const value =
      flags[flag] ?? (environment[variable] === '' ? undefined : environment[variable]) ?? file.values[name];
    if (value !== undefined) raw[name] = value;
  }
  const parsed = shape.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? '') as keyof typeof settingNames;
    throw new ChengmenError('setting-invalid', {
      name: `--${settingNames[name].flag} / ${settingNames[name].variable}`,
      value: withoutPassword(String(raw[name])),
      problem: issue?.message ?? '',
    });
  }
  const { portalPort, deskPort, counterPort, metricsPort } = parsed.data;
  const ports = [portalPort, deskPort, counterPort, metricsPort].filter((value) => value !== 0);
  if (new Set(ports).size !== ports.length) {
    throw new ChengmenError('setting-invalid', {
      name: '--portal-port, --desk-port, --counter-port, --metrics-port',
      value: ports.join(', '),
      problem: '各端口须互不相同 (the ports must differ)',
    });
  }
  const { releases } = parsed.data;
  return {
    ...parsed.data,
    data: resolve(folder, parsed.data.data),
    signer: parsed.data.signer === '' ? '' : resolve(folder, parsed.data.signer),
    releases: releases === '' || releases.startsWith('s3://') ? releases : resolve(folder, releases),
    breachedPasswords: parsed.data.breachedPasswords === '' ? '' : resolve(folder, parsed.data.breachedPasswords),
    intakeFolder: parsed.data.intakeFolder === '' ? '' : resolve(folder, parsed.data.intakeFolder),
    s3: readAccounts(file.values['s3'], environment),
    ...readSecret('oidc', { given: file.values['oidc'], shape: oidc, variables: oidcVariables, environment }),
    ...readSecret('notices', {
      given: file.values['notices'],
      shape: notices,
      variables: noticeVariables,
      environment,
    }),
  };
}

/** Settings that hold a secret: from the file and the environment, never from flags; none where nothing is said. */
function readSecret<Name extends 'oidc' | 'notices', T>(
  name: Name,
  options: {
    readonly given: unknown;
    readonly shape: z.ZodType<T>;
    readonly variables: Readonly<Record<string, string>>;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): Readonly<Partial<Record<Name, T>>> {
  const { given, shape, variables, environment } = options;
  const said = Object.entries(variables).flatMap(([each, variable]) =>
    (environment[variable] ?? '') === '' ? [] : [[each, environment[variable]] as const],
  );
  if (given === undefined && said.length === 0) return {} as Readonly<Partial<Record<Name, T>>>;
  const parsed = shape.safeParse({ ...(given as object | undefined), ...Object.fromEntries(said) });
  if (parsed.success) return { [name]: parsed.data } as Readonly<Partial<Record<Name, T>>>;
  const [issue] = parsed.error.issues;
  const part = String(issue?.path[0]);
  // What stands there is not repeated: it may be the secret.
  throw new ChengmenError('setting-invalid', {
    name: `${name}.${part} / ${variables[part] ?? ''}`,
    value: '…',
    problem: issue?.message ?? '',
  });
}

/** What stands before the `@` of an address may be a password, wherever it was typed. */
function withoutPassword(value: string): string {
  return value.replace(/^(\w+:\/\/)?.*@/s, '$1…@');
}

function readAccounts(given: unknown, environment: Readonly<Record<string, string | undefined>>): BucketAccounts {
  const file = accounts.safeParse(given ?? {});
  // What stands there is not repeated: it may be a key.
  if (!file.success)
    throw new ChengmenError('setting-invalid', {
      name: ['s3', ...(file.error.issues[0]?.path ?? [])].join('.'),
      value: '…',
      problem: file.error.issues[0]?.message ?? '',
    });
  const variables = Object.entries(accountVariables).flatMap(([name, variable]) =>
    (environment[variable] ?? '') === '' ? [] : [[name, environment[variable]] as const],
  );
  const style = environment['CHENGMEN_S3_PATH_STYLE'];
  return {
    ...file.data,
    ...Object.fromEntries(variables),
    ...(style === '0' || style === '1' ? { pathStyle: style === '1' } : {}),
  };
}

function readFile(named: string | undefined, folder: string): { values: Record<string, unknown> } {
  const path = named ? resolve(folder, named) : join(folder, 'chengmen.json');
  if (!named && !existsSync(path)) return { values: {} };
  try {
    const values: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new TypeError('应为一个 JSON 对象 (not a JSON object)');
    const unknown = Object.keys(values).find(
      (name) => !['s3', 'oidc', 'notices'].includes(name) && !(name in settingNames),
    );
    if (unknown !== undefined) throw new TypeError(`没有名为“${unknown}”的设置 (no setting of this name)`);
    return { values: values as Record<string, unknown> };
  } catch (error) {
    throw new ChengmenError('file-unreadable', {
      file: path,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}
