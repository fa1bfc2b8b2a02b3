/** Approves an item and publishes it, and ends by SIGKILL at the step it is told. Run by crash.test.ts. */
import { openSmallCity, people } from './small-city.ts';
import { passReviews } from '../../apps/chengmen/src/pass-reviews.ts';

const [data = '', item = '', at = ''] = process.argv.slice(2);
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const office = await openSmallCity(data, {
  onStep: (step) => {
    if (step === at) die();
  },
});
await passReviews(office, item, people);
if (at === 'approved') die();
await office.startPress().settle();
await office.close();
