/** A desk at which old pages are taken in, until it is killed. Tells its port, and at its first start who may sign in. */
import type { AddressInfo } from 'node:net';
import { createDesk } from '@chengmen/desk';
import { createAccount, systemActor } from '@chengmen/identity';
import { itemState } from '@chengmen/revision';
import { siteId } from 'chengmen';
import { deskOptions } from '../../tests/support/open-desk.ts';
import { foundCity, openSmallCity } from '../../tests/support/small-city.ts';
import type { OfficeReady } from './messages.ts';

const [data = '', intakeFolder = ''] = process.argv.slice(2);
process.once('disconnect', () => process.exit(0));
const office = await openSmallCity(data, { onPressError: console.error }, { intakeFolder });
const isNew = !(await itemState(office.ledger.db, siteId, 'site'));
if (isNew) await foundCity(office);
const username = 'editor';
const person = isNew
  ? await office.ledger.execute(createAccount, systemActor(siteId), {
      ...{ username, name: '采编', grants: [{ role: 'writer' }] },
    })
  : undefined;
const desk = await createDesk(deskOptions(office));
await desk.listen({ host: '127.0.0.1', port: 0 });
office.intake.start();
const { port } = desk.server.address() as AddressInfo;
process.send?.({ port, ...(person ? { person: { ...person, username } } : {}) } satisfies OfficeReady);
