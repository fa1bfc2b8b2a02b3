import { ChengmenError } from '@chengmen/model';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { askForSite } from '../control-client.ts';
import { dataFolder, prepareDataFolder } from '../data-folder.ts';
import type { Settings } from '../settings.ts';
import { addSite, sitesOf, type WantedSite } from '../sites.ts';

/** `site add` and `site list`. A running back office serves a new site at once; else the next start does. */
export async function siteCommand(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const [verb, id, ...rest] = line.operands;
  if (verb === 'list' && id === undefined) return list(settings, terminal);
  const { name, origin } = line.values;
  if (verb !== 'add' || id === undefined || rest.length > 0 || name === undefined || origin === undefined)
    throw new ChengmenError('arguments-invalid', {
      problem: 'chengmen site add ID --name NAME --origin HOST/PATH | chengmen site list',
    });
  const folder = dataFolder(settings.data);
  prepareDataFolder(folder);
  const wanted: WantedSite = { id, name, origin, ...given(line) };
  const running = await askForSite(folder.socket, wanted);
  const made = running ?? (await addSite(settings, wanted));
  terminal.json(made);
  terminal.out(
    running
      ? `${id} 已建立并开始服务 · made, and served from now on`
      : `${id} 已建立，下次 start 起服务 · made, served from the next start on`,
  );
  terminal.say('接着给人角色 · next, give people roles: chengmen user add|grant … --site ' + id);
  terminal.say(
    `访问统计要每天自动公布，由三审通过 · to publish the visit statistics each day, have this approved: 工作台 desk /s/${id}/site/statistics`,
  );
  return exit.done;
}

/** What is the site's own of what a command line can say for all. */
function given({ values }: CommandLine): Partial<WantedSite> {
  const number = (flag: string): number | undefined => (values[flag] === undefined ? undefined : Number(values[flag]));
  const own = {
    portalPort: number('portal-port'),
    counterPort: number('counter-port'),
    metricsPort: number('metrics-port'),
    releases: values['releases'],
    signer: values['signer'],
  };
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

function list(settings: Settings, terminal: Console): number {
  const sites = sitesOf(settings);
  terminal.json(sites);
  for (const { id, name, origin } of sites) terminal.out(`${id}\t${name}\t${origin}`);
  return exit.done;
}
