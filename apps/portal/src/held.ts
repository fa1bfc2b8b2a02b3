import { parseHeld, pendingHeld } from '@chengmen/release';
import { folderStore } from '@chengmen/serve';

/** What is known of a hold, which no release says. */
export interface Held {
  /** Lines of Prometheus text; empty while nothing is known. */
  text(): Promise<string>;
}

/**
 * The number of the release the site is held at, 0 while it is not: as the supervisor tells it, or else as the folder of releases
 * does, where a mirror leaves what its source said. That is signed by nobody, and nothing is served by it.
 */
export function listenForHold(releases: string, from: Pick<NodeJS.Process, 'on'> = process): Held {
  const store = folderStore(releases);
  let told: number | undefined;
  from.on('message', (message: { readonly type?: string; readonly release?: number }) => {
    if (message.type === 'held') told = message.release;
  });
  const noted = (): Promise<number | undefined> =>
    store
      .get(pendingHeld)
      .then(parseHeld)
      .catch(() => undefined);
  return {
    text: async () => {
      const release = told ?? (await noted());
      return release === undefined
        ? ''
        : `# HELP chengmen_portal_held_release The release the site is held at; 0: approvals go live\n# TYPE chengmen_portal_held_release gauge\nchengmen_portal_held_release ${release}\n`;
    },
  };
}
