import { html, type SafeHtml } from '@chengmen/html';
import type { FastifyRequest } from 'fastify';
import { ownPath } from './desk-request.ts';
import { frame, tokenField, type DeskPage } from './pages/frame.ts';

/** A form that was sent after the session had ended: what was typed goes through signing in and is sent again by the person. */
export interface KeptForm {
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Where people write. Passwords and roles are never carried along. */
const keeps = /^\/(?:items|letters|revisions)(?:\/|$)/;
const prefix = 'kept.';
const pathField = 'kept-path';

/** What a form that met no session held; undefined where nothing is worth keeping. */
export function keptForm(request: FastifyRequest): KeptForm | undefined {
  const path = request.url.split('?')[0] ?? '';
  if (request.method !== 'POST' || !keeps.test(path)) return undefined;
  const fields = fieldsOf(request.body).filter(([name]) => name !== '_token');
  return fields.length > 0 ? { path, fields } : undefined;
}

/** The same, out of the sign-in form it was put into. */
export function keptInSignIn(body: unknown): KeptForm | undefined {
  const all = fieldsOf(body);
  const path = ownPath(all.find(([name]) => name === pathField)?.[1] ?? '');
  const fields = all.flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  );
  return keeps.test(path) && fields.length > 0 ? { path, fields } : undefined;
}

/** Hidden fields that carry a kept form through the sign-in form. */
export function keptFields({ path, fields }: KeptForm): SafeHtml {
  return html`<input type="hidden" name="${pathField}" value="${path}" />
    ${fields.map(([name, value]) => hidden(`${prefix}${name}`, value))}`;
}

/** After signing in: everything that was typed, one press away from being sent. */
export function keptFormPage(page: DeskPage, { path, fields }: KeptForm): SafeHtml {
  const shown = fields.filter(([, value]) => value.trim().length > 20);
  return frame(
    page,
    '接着保存',
    html`<p>
        登录已过期，您写的内容都还在，还没有保存。
        <span lang="en">Your session had ended. What you wrote is all here, and not saved yet.</span>
      </p>
      <form method="post" action="${path}">
        ${tokenField(page)} ${fields.map(([name, value]) => hidden(name, value))}
        <p>
          <button>继续保存 <span lang="en">Save it now</span></button>
        </p>
      </form>
      ${shown.map(
        ([name, value]) =>
          html`<section>
            <h2>${name}</h2>
            <pre>${value}</pre>
          </section>`,
      )}`,
  );
}

function hidden(name: string, value: string): SafeHtml {
  // A textarea keeps line ends as they are; a hidden field may not.
  return html`<textarea name="${name}" hidden>${value}</textarea>`;
}

function fieldsOf(body: unknown): (readonly [string, string])[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body as Record<string, unknown>).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'string' ? [[name, one] as const] : [])),
  );
}
