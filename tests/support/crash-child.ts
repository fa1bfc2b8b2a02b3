/**
 * Approves items and publishes them, at once or at a time that has come, and ends by SIGKILL at the step it is told. What an
 * earlier start left undone goes live first, and the root it has then is printed. Run by crash.test.ts.
 */
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { site } from '../../apps/chengmen/src/demo/site.ts';
import { holds, intakePages } from '@chengmen/content';
import { siteId } from 'chengmen';
import type { Actor } from '@chengmen/model';
import { oldSite, openSmallCity, operator, people, publish, publishAt } from './small-city.ts';
import { passReviews } from '../../apps/chengmen/src/pass-reviews.ts';

const [data = '', item = '', at = ''] = process.argv.slice(2);
const reason = '首页被篡改，先退回。';
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
/** What is prepared first is not what it dies in. */
let armed = item === 'scheduled' || item === 'site-wide';
/** Of steps there are many of, the one it dies at. */
let toGo = item === 'intake' || item === 'hand-over' ? 3 : 1;
const office = await openSmallCity(
  data,
  {
    ...(item === 'site-wide' ? { wideFrom: 20 } : {}),
    clock: () => new Date(publishAt),
    onStep: (step) => {
      if (step === at && armed && --toGo === 0) die();
    },
  },
  { intakeFolder: oldSite(data) },
);
if (item === 'intake' || item === 'hand-over') {
  const [editor] = await office.identity.accounts();
  const actor: Actor = { account: editor?.account ?? '', name: editor?.name ?? '', site: siteId, roles: ['writer'] };
  if (item === 'intake') {
    armed = true;
    await office.intake.begin(actor, { name: '旧站', from: { folder: '' }, mapping: null, channel: 'headlines' });
  } else {
    // What reading left when it was killed; then the rest is read, and all of it is handed over.
    const { pages } = await intakePages(office.ledger.db, siteId, { run: 1, offset: 0, limit: 100 });
    writeSync(1, JSON.stringify(pages));
    office.intake.start();
    await office.intake.settled(60_000);
    // The draft is there, and nobody has written down that it is.
    office.ledger.onCommit((_site, _touched, command) => {
      if (command === 'take-in' && --toGo === 0) die();
    });
    await office.intake.handOver(actor, { run: 1, submit: true });
  }
  await office.intake.settled(60_000);
} else if (item === 'scheduled') {
  const schedule = office.startSchedule();
  if (at === 'due') die();
  await schedule.look();
  if (at === 'carried-out') die();
} else if (item === 'site-wide') {
  // The site changes on every page; while that is made, an item is approved and goes live before it.
  const press = office.startPress();
  await press.settle();
  await publish(office, 'site', 'site', { ...site.fields, phone: '0999-99999' });
  while (!press.isMakingBeside()) await setImmediate();
  if (at === 'beside') die();
  await passReviews(office, 'second', people);
} else if (item === 'hold') {
  // After the first release one article comes and another goes; then the site goes back to that release.
  const press = office.startPress();
  const release = (await press.settle()).release?.size ?? 0;
  await passReviews(office, 'second', people);
  await office.ledger.execute(office.revisions.withdrawItem, people.final, { item: 'first', reason: '含个人信息' });
  await press.settle();
  armed = true;
  const { hold } = await office.ledger.execute(office.holds.askRollBack, operator, { release, reason });
  await office.ledger.execute(office.holds.confirmRollBack, people.final, { hold });
} else if (item === 'resume') {
  const press = office.startPress();
  await press.settle();
  armed = true;
  const [held] = await holds(office.ledger.db, siteId);
  const hold = held?.id ?? 0;
  await office.ledger.execute(office.holds.askResume, operator, { hold, reason });
  const asked = (await holds(office.ledger.db, siteId))[0]?.resume?.at ?? '';
  await office.ledger.execute(office.holds.confirmResume, people.final, { hold, asked });
} else {
  const { release } = await office.startPress().settle();
  writeSync(1, release?.root ?? '');
  armed = true;
  for (const one of item.split(',')) await passReviews(office, one, people);
}
if (at === 'approved') die();
await office.startPress().settle();
await office.close();
