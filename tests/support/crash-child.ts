/**
 * Approves an item and publishes it, at once or at a time that has come, and ends by SIGKILL at the step it is told.
 * Run by crash.test.ts.
 */
import { openSmallCity, people, publishAt } from './small-city.ts';
import { passReviews } from '../../apps/chengmen/src/pass-reviews.ts';

const [data = '', item = '', at = ''] = process.argv.slice(2);
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const office = await openSmallCity(data, {
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
} else await passReviews(office, item, people);
if (at === 'approved') die();
await office.startPress().settle();
await office.close();
