import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ChengmenError, siteId, type SiteId } from '@chengmen/model';
import { z } from 'zod';
import { sitesFolder } from './data-folder.ts';
import { freePort } from './free-port.ts';
import { writeDurably } from './key-files.ts';
import { firstOrigin, firstSite } from './site-id.ts';
import type { Settings } from './settings.ts';

const port = z.number().int().min(0).max(65535);
/** What its file says of a site. A key's name has no blank and no `+`, and neither has an origin. */
const shape = z.strictObject({
  id: siteId,
  name: z.string().trim().min(1).max(40),
  origin: z
    .string()
    .max(200)
    .regex(/^[a-z0-9.-]+(?:\/[a-z0-9._-]+)*$/, 'www.example.cn/chengmen'),
  portalPort: port,
  counterPort: port,
  metricsPort: port,
  releases: z.string().optional(),
  signer: z.string().optional(),
});

/** A site of an installation. */
export interface SiteRecord {
  readonly id: SiteId;
  /** What it is called until its own settings are live. */
  readonly name: string;
  /** First line of its checkpoints and name of its key: a URL without scheme, no other site's. */
  readonly origin: string;
}

export interface OtherSite extends SiteRecord {
  readonly portalPort: number;
  readonly counterPort: number;
  readonly metricsPort: number;
  readonly releases?: string | undefined;
  readonly signer?: string | undefined;
}

/** What an operator says of a new site; ports that are not said are looked for. */
export interface WantedSite extends SiteRecord, Partial<Omit<OtherSite, keyof SiteRecord>> {}

const first: SiteRecord = { id: firstSite, name: '临江', origin: firstOrigin };

/** All sites of an installation, the first one first. Throws `data-damaged`. */
export function sitesOf(settings: Pick<Settings, 'data'>): readonly [SiteRecord, ...OtherSite[]] {
  return [first, ...otherSites(settings)];
}

/** Throws `data-damaged`. */
export function otherSites({ data }: Pick<Settings, 'data'>): OtherSite[] {
  const folder = sitesFolder(data);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder)
    .sort()
    .map((id) => ({ id, file: join(folder, id, 'site.json') }));
  // Without its file a folder is what a site that was never quite made has left.
  return files.filter(({ file }) => existsSync(file)).map(({ id, file }) => readRecord(id, file));
}

function readRecord(id: string, file: string): OtherSite {
  try {
    const record = shape.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (record.id !== id) throw new TypeError(`${record.id} ≠ ${id}`);
    return record;
  } catch (error) {
    throw new ChengmenError('data-damaged', { what: file, problem: error instanceof Error ? error.message : '' });
  }
}

/**
 * Makes a site: from now on it is one of this installation. Throws `invalid-input` for what cannot be, `wrong-state` for an id or an
 * origin another has.
 */
export async function addSite(settings: Settings, wanted: WantedSite): Promise<OtherSite> {
  const { portalPort, counterPort, metricsPort } = settings;
  const all = sitesOf(settings);
  const step = 10 * all.length;
  const near = (base: number): Promise<number> => freePort(settings.host, base === 0 ? 0 : base + step);
  const parsed = shape.safeParse({
    ...wanted,
    portalPort: wanted.portalPort ?? (await near(portalPort)),
    counterPort: wanted.counterPort ?? (await near(counterPort)),
    metricsPort: wanted.metricsPort ?? (await near(metricsPort)),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ChengmenError('invalid-input', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
  }
  const record = parsed.data;
  const twin = all.find(({ id, origin }) => id === record.id || origin === record.origin);
  if (twin)
    throw new ChengmenError('wrong-state', {
      what: `网站 ${twin.id} (site)`,
      state: `已用 ${twin.id === record.id ? twin.id : twin.origin} (has it already)`,
    });
  const folder = join(sitesFolder(settings.data), record.id);
  mkdirSync(folder, { recursive: true });
  writeDurably(join(folder, 'site.json'), JSON.stringify(record, null, 2), 0o644);
  return record;
}

/** The settings as they are for one site: where it listens, seals and signs. Throws `site-unknown`. */
export function settingsOfSite(settings: Settings, site: SiteId): Settings {
  if (site === firstSite || site === '') return { ...settings, site: firstSite };
  const record = otherSites(settings).find(({ id }) => id === site);
  if (!record) throw new ChengmenError('site-unknown', { site, sites: namesOf(settings) });
  const { portalPort, counterPort, metricsPort, releases, signer } = record;
  // Beside the first one's and never below it: what tidies up there would take this for its own.
  const beside = settings.releases === '' ? '' : `${settings.releases.replace(/\/$/, '')}-${site}`;
  return {
    ...settings,
    site,
    portalPort,
    counterPort,
    metricsPort,
    releases: releases ?? beside,
    signer: signer ?? '',
  };
}

/** Throws `site-unknown`. */
export function recordOf(settings: Settings, site: SiteId): SiteRecord {
  const found = sitesOf(settings).find(({ id }) => id === site);
  if (!found) throw new ChengmenError('site-unknown', { site, sites: namesOf(settings) });
  return found;
}

const namesOf = (settings: Settings): string =>
  sitesOf(settings)
    .map(({ id }) => id)
    .join('、');
