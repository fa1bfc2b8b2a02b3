import type { AddressInfo } from 'node:net';
import { createDesk, type DeskOptions } from '@chengmen/desk';
import { createAccount, systemActor } from '@chengmen/identity';
import { secondFactorRoles, type Role } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead } from '@chengmen/release';
import { readWord } from '@chengmen/word';
import { siteId } from 'chengmen';
import type { BrowserContext } from 'playwright-core';
import { channels } from '../../apps/chengmen/src/demo/channels.ts';
import { site } from '../../apps/chengmen/src/demo/site.ts';
import { nextCode } from './next-code.ts';
import { openSmallCity, publish } from './small-city.ts';

export interface OpenDesk {
  readonly address: string;
  readonly office: Awaited<ReturnType<typeof openSmallCity>>;
  /** Gives a person's session to a browser. */
  readonly signIn: (context: BrowserContext, username: string) => Promise<void>;
  /** The desk's process dies, as far as a browser can tell; and comes back at the same address. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a desk needs of an office: no portal. */
export function deskOptions(office: OpenDesk['office']): DeskOptions {
  return {
    ...office,
    base: office.deskBase,
    portal: 'http://127.0.0.1:9',
    publishedFile: async (path) => {
      const head = await readHead(office.store, { key: office.vkey }).catch(() => undefined);
      const entry = head && (await lookup(pageReader(office.store), head.leaf.map, path));
      const body = entry && (await readBody(office.store, entry));
      return entry && body && { type: entry.type, body };
    },
    readWord: (bytes, name) => readWord(bytes, { name, store: office.media }),
    fileBytes: (hash) => office.media.get(hash),
    settle: () => Promise.resolve(),
    lateMinutes: 5,
  };
}

/** A desk with its people and two channels, in this process: no portal, nothing published. */
export async function openDesk(
  data: string,
  staff: Readonly<Record<string, readonly Role[]>>,
  settings: Parameters<typeof openSmallCity>[2] = {},
): Promise<OpenDesk> {
  const office = await openSmallCity(data, {}, settings);
  await publish(office, 'site', 'site', site.fields);
  for (const { id, kind, fields } of channels.filter((one) => ['news', 'headlines'].includes(one.id)))
    await publish(office, id, kind, fields);
  const passwords: Record<string, string> = {};
  const keys: Record<string, string> = {};
  for (const [username, roles] of Object.entries(staff)) {
    const input = { username, name: username, grants: roles.map((role) => ({ role })) };
    const { account, password } = await office.ledger.execute(createAccount, systemActor(siteId), input);
    passwords[username] = password;
    if (roles.some((role) => secondFactorRoles.includes(role)))
      keys[username] = await office.identity.giveTotp(systemActor(siteId), account);
  }
  const create = (): ReturnType<typeof createDesk> => createDesk(deskOptions(office));
  let desk = await create();
  await desk.listen({ host: '127.0.0.1', port: 0 });
  const { port } = desk.server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  return {
    address,
    office,
    signIn: async (context, username) => {
      const form = new URLSearchParams({ username, password: passwords[username] ?? '', next: '/' });
      const first = await fetch(`${address}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
      const key = keys[username];
      const cookie = (first.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
      const code = key === undefined ? '' : await nextCode(key);
      const second = { method: 'POST', body: new URLSearchParams({ code, next: '/' }), headers: { cookie } };
      const answer = code === '' ? first : await fetch(`${address}/sign-in/code`, { ...second, redirect: 'manual' });
      const cookies = answer.headers.getSetCookie().map((cookie) => {
        const [pair = ''] = cookie.split(';');
        const at = pair.indexOf('=');
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: address };
      });
      await context.addCookies(cookies);
    },
    stop: async () => {
      desk.server.closeAllConnections();
      await desk.close();
    },
    start: async () => {
      desk = await create();
      await desk.listen({ host: '127.0.0.1', port });
    },
    close: async () => {
      desk.server.closeAllConnections();
      await desk.close();
      await office.close();
    },
  };
}
