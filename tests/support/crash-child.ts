/**
 * Approves an item and publishes it, at once or at a time that has come, and ends by SIGKILL at the step it is told.
 * Run by crash.test.ts.
 */
import { setImmediate } from 'node:timers/promises';
import { site } from '../../apps/chengmen/src/demo/site.ts';
import { openSmallCity, people, publish, publishAt } from './small-city.ts';
import { passReviews } from '../../apps/chengmen/src/pass-reviews.ts';

const [data = '', item = '', at = ''] = process.argv.slice(2);
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const office = await openSmallCity(data, {
  ...(item === 'site-wide' ? { wideFrom: 20 } : {}),
  clock: () => new Date(publishAt),
  onStep: (step) => {
    if (step === at) die();
  },
});
if (item === 'scheduled') {
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
} else await passReviews(office, item, people);
if (at === 'approved') die();
await office.startPress().settle();
await office.close();
