import { createAccount, grantRole, resetPassword, systemActor } from '@chengmen/identity';
import { itemState } from '@chengmen/revision';
import type { BackOffice } from './back-office.ts';
import { demoActors } from './demo-actors.ts';
import { demoPeople, districtWriter } from './demo-people.ts';
import {
  districtFigures,
  districtItems,
  districtPictures,
  districtStatement,
  waitingInDistrict,
} from './demo/district.ts';
import { seedFigures, seedItems, seedStatement, type Accounts } from './seed-demo.ts';

/**
 * Makes the demonstration's second site, as seedDemo makes the first: its reviewers are the city's, its writer is its own. Ended in the
 * middle, the next start goes on. Answers the account that is the district's alone.
 */
export async function seedDistrict(office: BackOffice, counter: string | undefined): Promise<Accounts> {
  const { identity, ledger, site, revisions } = office;
  const system = systemActor(site);
  for (const { username, roles } of Object.values(demoPeople)) {
    const account = await identity.accountNamed(username);
    for (const role of account === undefined ? [] : roles) await ledger.execute(grantRole, system, { account, role });
  }
  const { username, name, role, roles } = districtWriter;
  const known = await identity.accountNamed(username);
  const { account, password } =
    known === undefined
      ? await ledger.execute(createAccount, system, { username, name, grants: roles.map((one) => ({ role: one })) })
      : { account: known, ...(await ledger.execute(resetPassword, system, { account: known })) };
  const people = await demoActors(office);
  for (const { bytes } of districtPictures()) await office.media.put(bytes);
  const own = counter === undefined ? {} : { counter };
  const items = districtItems().map((item) =>
    item.kind === 'site'
      ? { ...item, fields: { ...item.fields, ...own, statistics: { at: '03:20', ...districtFigures } } }
      : item,
  );
  await seedItems(office, items, people);
  await seedFigures(office, people, districtFigures);
  await seedStatement(office, people, districtStatement);
  const { id, kind, fields } = waitingInDistrict;
  if (!(await itemState(ledger.db, site, id))) {
    const writer = { ...people.writer, account, name };
    const { revision, hash } = await ledger.execute(revisions.saveDraft, writer, { item: id, kind, fields });
    await ledger.execute(revisions.submitRevision, writer, { revision, hash });
  }
  return [{ username, name, role, password }];
}
