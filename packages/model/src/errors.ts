import { permissionNames, permissions, roleNames, type Permission } from './actors.ts';
import { catalogue } from './error-catalogue.ts';

export type ErrorCode = keyof typeof catalogue;

export interface CatalogueEntry {
  /** What happened, with `{name}` places filled from the parameters. */
  readonly zh: string;
  readonly en: string;
  /** What to do about it. */
  readonly todo: { readonly zh: string; readonly en: string };
  /** HTTP status where it reaches a browser. */
  readonly status: number;
}

export type ErrorParameters = Readonly<Record<string, string | number>>;

/** A refusal or fault that a person will read. Its text comes from the catalogue, in both languages. */
export class ChengmenError extends Error {
  readonly code: ErrorCode;
  readonly parameters: ErrorParameters;

  constructor(code: ErrorCode, parameters: ErrorParameters = {}, options?: ErrorOptions) {
    super(`${code}: ${fill(catalogue[code].en, parameters)}`, options);
    this.name = 'ChengmenError';
    this.code = code;
    this.parameters = parameters;
  }
}

/** The catalogue's words for an error, with its places filled: whole sentences, since what to do follows them. */
export function explainError(error: ChengmenError): {
  code: ErrorCode;
  zh: string;
  en: string;
  todo: { zh: string; en: string };
  status: number;
} {
  const entry: CatalogueEntry = catalogue[error.code];
  const [zh, en] = [inWords(error, 'zh'), inWords(error, 'en')];
  return {
    code: error.code,
    zh: sentence(fill(entry.zh, zh), '。'),
    en: sentence(fill(entry.en, en), '.'),
    todo: { zh: fill(entry.todo.zh, zh), en: fill(entry.todo.en, en) },
    status: entry.status,
  };
}

/** A permission by its name, with the roles that hold it. */
function inWords({ code, parameters }: ChengmenError, language: 'zh' | 'en'): ErrorParameters {
  if (code !== 'permission-denied') return parameters;
  const permission = String(parameters['permission']);
  if (!isPermission(permission)) return { ...parameters, holders: '' };
  const roles = permissions[permission].map((role) => roleNames[role][language]);
  const holders = language === 'zh' ? `（${roles.join('、')}）` : ` (${roles.join(', ')})`;
  return { ...parameters, permission: permissionNames[permission][language], holders };
}

const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name);

/** What the catalogue says of a code, where only that was kept: with … in the places of parameters. Undefined for no code of ours. */
export function errorWords(code: string): { readonly zh: string; readonly en: string } | undefined {
  if (!Object.hasOwn(catalogue, code)) return undefined;
  const { zh, en } = catalogue[code as ErrorCode];
  return { zh: zh.replaceAll(/\{\w+\}/g, '…'), en: en.replaceAll(/\{\w+\}/g, '…') };
}

/**
 * A fault of a request, told as bad input and not as a failure of ours: what the HTTP library found (`statusCode` 4xx), and
 * text with a NUL, which PostgreSQL cannot keep or look for (SQLSTATE 22021, 22P05). Undefined for everything else.
 */
export function requestFault(error: unknown): ChengmenError | undefined {
  const { statusCode = 0, message = '', code } = error as { statusCode?: number; message?: string; code?: string };
  if (statusCode >= 400 && statusCode < 500)
    return new ChengmenError('invalid-input', { where: 'HTTP', problem: message }, { cause: error });
  if (code !== '22021' && code !== '22P05') return undefined;
  return new ChengmenError(
    'invalid-input',
    { where: 'U+0000', problem: '文字中有空字符 (a NUL in the text)' },
    { cause: error },
  );
}

function fill(template: string, parameters: ErrorParameters): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(parameters[name] ?? place));
}

const sentence = (text: string, stop: string): string => (/[。！？；.!?]$/.test(text) ? text : text + stop);
