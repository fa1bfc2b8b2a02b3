/**
 * What the supervisor tells of a hold, which no release says: the number of the release the site is held at, 0 while it is not. A
 * portal that nobody tells, as one that a mirror feeds, says nothing of it.
 */
export interface Held {
  /** Lines of Prometheus text; empty while nothing is known. */
  text(): string;
}

export function listenForHold(from: Pick<NodeJS.Process, 'on'> = process): Held {
  let release: number | undefined;
  from.on('message', (message: { readonly type?: string; readonly release?: number }) => {
    if (message.type === 'held') release = message.release;
  });
  return {
    text: () =>
      release === undefined
        ? ''
        : `# HELP chengmen_portal_held_release The release the site is held at; 0: approvals go live\n# TYPE chengmen_portal_held_release gauge\nchengmen_portal_held_release ${release}\n`,
  };
}
