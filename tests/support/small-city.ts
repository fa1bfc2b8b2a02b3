import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { reviewStages, type Actor, type DocumentFields, type ItemId, type Kind, type Role } from '@chengmen/model';
import { giveDatabase, sharedFolder } from '@chengmen/ledger/testing';
import { houseMigrations, openBackOffice, siteId, type BackOffice, type BackOfficeOptions } from 'chengmen';
import { channels } from '../../apps/chengmen/src/demo/channels.ts';
import { site } from '../../apps/chengmen/src/demo/site.ts';
import { passReviews, type Reviewers } from '../../apps/chengmen/src/pass-reviews.ts';

const person = (account: string, role: Role): Actor => ({ account, name: account, site: siteId, roles: [role] });

/** Four people of no account system: what these tests are about begins behind it. */
export const people: Reviewers = {
  writer: { ...person('writer', 'writer'), roles: ['writer', 'channel-editor'] },
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
};

/** Who may ask that the site go back; the final approver may confirm it. */
export const operator = person('operator', 'operator');

export async function openSmallCity(
  data: string,
  options: Partial<BackOfficeOptions> = {},
  settings: Partial<BackOfficeOptions['settings']> = {},
): Promise<BackOffice> {
  await giveDatabase(data, houseMigrations);
  return openBackOffice({ settings: { ...settingsIn(data), ...settings }, ...options });
}

/** Where a city of a crash test has old pages that may be taken in. */
export const oldSite = (data: string): string => join(data, 'old-site');

export const settingsIn = (data: string): BackOfficeOptions['settings'] => ({
  data,
  releases: '',
  s3: {},
  database: process.env['CHENGMEN_SMALL_CITY_DATABASE_URL'] ?? '',
  signer: '',
  host: '127.0.0.1',
  portalPort: 0,
  deskPort: 0,
  counterPort: 0,
  metricsPort: 0,
  portalWorkers: 1,
  trustedProxies: '',
  scheduleLateMinutes: 5,
});

/** A city that is founded, under the clock of the world: what others of this run have founded is copied. `options`: of the opened one. */
export async function openFoundedCity(data: string, options: Partial<BackOfficeOptions> = {}): Promise<BackOffice> {
  const found = async (folder: string, given: Partial<BackOfficeOptions>): Promise<BackOffice> => {
    const office = await openSmallCity(folder, given);
    await foundCity(office);
    return office;
  };
  const made = await sharedFolder('founded-city', async (folder) => (await found(folder, {})).close());
  if (made === undefined) return found(data, options);
  cpSync(made, data, { recursive: true });
  return openSmallCity(data, options);
}

/** Site settings and the demonstration's channels, live, with nothing in them. */
export async function foundCity(office: BackOffice): Promise<void> {
  for (const { id, kind, fields } of [site, ...channels]) await publish(office, id, kind, fields);
}

export async function publish(office: BackOffice, item: ItemId, kind: Kind, fields: unknown): Promise<void> {
  await office.ledger.execute(office.revisions.saveDraft, people.writer, { item, kind, fields });
  await passReviews(office, item, people);
}

/** When the item that `schedule` approves shall be live. */
export const publishAt = '2999-01-01T00:00:00.000Z';

/** Approves a draft now; live it is to be later. */
export async function schedule(
  office: BackOffice,
  item: ItemId,
  kind: Kind,
  fields: unknown,
  at = publishAt,
): Promise<void> {
  const { ledger, revisions } = office;
  const { revision, hash } = await ledger.execute(revisions.saveDraft, people.writer, { item, kind, fields });
  await ledger.execute(revisions.submitRevision, people.writer, { revision, hash });
  for (const stage of reviewStages)
    await ledger.execute(revisions.reviewRevision, people[stage], {
      revision,
      hash,
      stage,
      decision: 'approve',
      ...(stage === 'final' ? { publishAt: at } : {}),
    });
}

export function article(title: string, more: Partial<DocumentFields> = {}): DocumentFields {
  return {
    title,
    channel: 'headlines',
    date: '2026-11-20 09:30',
    source: '临江市数据局',
    body: `<p>${title}。</p>`,
    ...more,
  };
}
