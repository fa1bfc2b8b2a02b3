import { canonicalJson, type ItemId, type PagePath } from '@chengmen/model';
import { renderTarget } from '@chengmen/press';
import { bareGonePage } from '@chengmen/theme';
import type { Hold } from './feed.ts';
import { takeIn, takeStand, type PressRoundOptions, type RoundResult, type Standing } from './press-round.ts';
import type { Release, WithdrawnPage } from './releases.ts';
import { dropWideChange } from './wide-change.ts';

/** What was put in force for a hold. */
export interface Held {
  readonly hold: Hold;
  readonly release: Release;
}

/**
 * Keeps the site at an earlier release instead of pressing: that release, but for the pages of what was withdrawn since, which answer
 * 410. All of it follows from the ledger and the log, so that whoever begins anew does the same once more and nothing is signed twice.
 * The city goes on being brought up to the present, for previews; nothing is remembered, so that the round after the hold makes all anew.
 */
export async function heldRound(
  options: PressRoundOptions,
  { standing: before, held, hold }: { standing: Standing | undefined; held: Held | undefined; hold: Hold },
): Promise<{ readonly standing: Standing; readonly held: Held; readonly result: RoundResult }> {
  const { feed, onStep } = options;
  const standing = await presentStanding(options, before);
  if (held && isSame(held.hold, hold)) return { standing, held, result: resultOf(held.release, false) };
  const pages = hold.withdrawn.flatMap((item) => pagesOf(options, standing, item));
  // From here on no press, this or another, goes on from what is remembered.
  await feed.markHeld();
  onStep?.('rendered');
  const { root, size, changed } = await returnTo(options, hold.root, pages);
  onStep?.('sealed');
  await feed.noteHeld(hold, size);
  onStep?.('remembered');
  const release = { root, size };
  return { standing, held: { hold, release }, result: resultOf(release, changed) };
}

function returnTo({ releases }: PressRoundOptions, root: string, pages: readonly WithdrawnPage[]) {
  if (!releases.returnTo) throw new Error('press: these releases cannot go back');
  return releases.returnTo(root, pages);
}

const isSame = (one: Hold, other: Hold): boolean =>
  one.id === other.id && one.withdrawn.join() === other.withdrawn.join();

async function presentStanding(options: PressRoundOptions, before: Standing | undefined): Promise<Standing> {
  if (before?.wide) await dropWideChange(before);
  const standing = before && !before.wide ? before : await takeStand(options);
  const changes = await options.feed.changesAfter(standing.seq, (changed) => standing.city.dependents(changed));
  if (changes) takeIn(standing, changes);
  return standing;
}

/** Wherever an item stands, or is known to have stood, and what that address answers instead of the earlier release's page. */
function pagesOf({ theme }: PressRoundOptions, { city, traces }: Standing, id: ItemId): WithdrawnPage[] {
  if (!city.ready()) return [];
  const item = city.item(id);
  const targets = theme.targetsOf(`item:${id}`, city);
  const paths = new Set<PagePath>([...(item?.path ? [item.path] : []), ...(item?.formerPaths ?? [])]);
  for (const target of targets) {
    for (const path of traces.record(target)?.paths ?? []) paths.add(path);
    for (const { path } of renderTarget(target, theme, city).outputs) paths.add(path);
  }
  const body = Buffer.from(bareGonePage(item?.withdrawal));
  const revisions = item ? [[item.id, item.revision, item.hash]] : [];
  const provenance = Buffer.from(
    canonicalJson({ reads: [], revisions, target: targets[0] ?? `item:${id}`, theme: theme.version }),
  );
  return [...paths].map((path) => ({
    item: id,
    path,
    entry: { status: 410, type: 'text/html; charset=utf-8', body, provenance },
  }));
}

function resultOf(release: Release, changed: boolean): RoundResult {
  return { release, changed, pending: false, rendered: 0, why: () => undefined };
}
