import type { SafeHtml } from '@chengmen/html';
import type { Cookies, From, SignedIn } from '@chengmen/identity';
import type { Command } from '@chengmen/ledger';
import { ChengmenError, explainError, type Actor, type Permission } from '@chengmen/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from './api-door.ts';
import type { DeskPage } from './pages/frame.ts';

export type Form = Readonly<Record<string, string | string[] | undefined>>;
export type Show = (page: DeskPage) => SafeHtml;
export type Params<Names extends string> = { Params: Record<Names, string>; Querystring: Form; Body: Form };

/** A channel to choose. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** Where a request came from, for the list of sessions and for counting guesses. */
export function fromOf(request: FastifyRequest): From {
  return { address: request.ip, browser: request.headers['user-agent'] ?? '' };
}

/** A request's cookie header that holds what an answer has just set. */
export function cookieOf({ cookies }: Cookies): string {
  return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}

/** What routes of the desk are built with. */
export interface DeskTools {
  /** Registers a route under `/api` as `deskApi` describes it. */
  readonly api: Api;
  /** Throws `sign-in-needed`, and `second-factor-needed` where a second factor must be set up first. */
  readonly who: (request: FastifyRequest) => Promise<SignedIn>;
  /** The same, also for those who must set one up: for pages about oneself. */
  readonly whoever: (request: FastifyRequest) => Promise<SignedIn>;
  /** As `post`, for whoever. */
  readonly own: DeskTools['post'];
  /** A signed-in person's form: session, token, then the work. */
  readonly post: (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (signedIn: SignedIn, form: Form) => Promise<FastifyReply>,
  ) => Promise<FastifyReply>;
  readonly show: (reply: FastifyReply, signedIn: SignedIn, page: Show, status?: number) => Promise<FastifyReply>;
  /** Throws `permission-denied` for whoever may not anywhere. */
  readonly need: (actor: Actor, permission: Permission) => void;
  /** Runs a command, and answers as it went. */
  readonly run: <I, R>(
    signedIn: SignedIn,
    command: Command<I, R>,
    input: unknown,
    then: { readonly done: () => Promise<FastifyReply>; readonly refused: Refused },
  ) => Promise<FastifyReply>;
  /** Leads to a page that says once what was done. */
  readonly back: (
    reply: FastifyReply,
    signedIn: Pick<SignedIn, 'session'>,
    path: string,
    done: string,
  ) => Promise<FastifyReply>;
  /** Throws unless the session's token came along. */
  readonly checkToken: (signedIn: SignedIn, token: unknown) => void;
  /** Lets the page of this answer run a script of the desk; answers what it must name. */
  readonly allowScript: (reply: FastifyReply) => string;
}

/** A refusal in words: what happened and what to do about it. */
export interface Problem {
  readonly zh: string;
  readonly en: string;
}

export function problemOf({ zh, en, todo }: ReturnType<typeof explainError>): Problem {
  return { zh: `${zh}${todo.zh}`, en: `${en} ${todo.en}` };
}

/** A refusal in words; whatever else it was goes on. */
export function problemIn(error: unknown): Problem {
  if (!(error instanceof ChengmenError)) throw error;
  return problemOf(explainError(error));
}

/** Tells why a command was refused where its form stands. */
export type Refused = (problem: Problem, status: number) => Promise<FastifyReply>;

export function text(form: Form | undefined, name: string): string {
  const value = form?.[name];
  return typeof value === 'string' ? value : '';
}

/** What was typed as several, parted by 、 or commas. */
export function several(joined: string): string[] {
  return joined
    .split(/[、,，]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Everything as it was typed, for a form that comes back. */
export function typedIn(form: Form): Record<string, string> {
  return Object.fromEntries(Object.keys(form).map((name) => [name, text(form, name)]));
}

export function list(form: Form, name: string): string[] {
  const value = form[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** The item of a revision, by its id as it stands in an address or a form. */
export function itemOf(revision: string): string {
  return revision.replace(/\.\d+$/, '');
}

/** What `datetime-local` sends, as the instant it means in Asia/Shanghai; undefined for an empty field. */
export function instantOf(form: Form): string | undefined {
  const at = text(form, 'at').trim();
  return at === '' ? undefined : `${at}+08:00`;
}
