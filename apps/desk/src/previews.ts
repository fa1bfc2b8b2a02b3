import { createHmac } from 'node:crypto';
import { sha256, type Hash, type Output, type PagePath, type RevisionId } from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { sameText } from './desk-request.ts';

/** What would be served once a revision is approved. */
export interface Preview {
  /** At the addresses that begin with it, the page itself first. */
  readonly own: readonly Output[];
  /** Some of what else would be made again. */
  readonly others: readonly Output[];
  /** How many targets else would be made again; undefined where nearly all would. */
  readonly otherTargets: number | undefined;
  /** What must be approved before it, because it shows it. */
  readonly before: readonly Pick<Revision, 'revision' | 'item' | 'fields'>[];
}

export interface PreviewedPage extends Pick<Output, 'path' | 'status' | 'type'> {
  readonly body: Uint8Array;
  readonly hash: Hash;
  /** Begins with the revision; else another that it changes. */
  readonly own: boolean;
}

export interface Previewed extends Pick<Preview, 'otherTargets' | 'before'> {
  readonly pages: ReadonlyMap<PagePath, PreviewedPage>;
}

/** Pictures and files of previews made lately, by their addresses, which hold their hashes: the same on every site. */
export type PreviewFiles = Map<PagePath, { readonly at: number; readonly page: PreviewedPage }>;

export interface Previews {
  /** Rendered now, or a moment ago where nothing was committed since. */
  readonly of: (revision: Revision) => Promise<Previewed>;
  /** A picture or file that a preview made lately shows and the live release does not have. */
  readonly file: (path: PagePath) => Promise<PreviewedPage | undefined>;
  readonly forget: () => void;
}

/** As many are kept, and as long: another process may have changed what is live. */
const mostKept = 8;
const keptFor = 60_000;
/** A picture is asked for by a page that was rendered just before. */
const filesFor = 5 * 60_000;

export function createPreviews(options: {
  readonly render: (revision: Revision) => Promise<Preview>;
  readonly clock: () => Date;
  readonly files?: PreviewFiles | undefined;
}): Previews {
  const kept = new Map<RevisionId, { readonly at: number; readonly made: Promise<Previewed> }>();
  const files = options.files ?? new Map();
  const now = (): number => options.clock().getTime();
  const make = async (revision: Revision): Promise<Previewed> => {
    const { own, others, otherTargets, before } = await options.render(revision);
    const pages = new Map([...others.map((one) => paged(one, false)), ...own.map((one) => paged(one, true))]);
    for (const [path, page] of pages) if (isFile(path)) files.set(path, { at: now(), page });
    return { pages, otherTargets, before };
  };
  return {
    of: (revision) => {
      const known = kept.get(revision.revision);
      if (known && now() - known.at < keptFor) return known.made;
      const made = make(revision);
      kept.delete(revision.revision);
      kept.set(revision.revision, { at: now(), made });
      made.catch(() => kept.delete(revision.revision));
      for (const [id] of kept) if (kept.size > mostKept) kept.delete(id);
      return made;
    },
    file: async (path) => {
      for (const [one, { at }] of files) if (now() - at > filesFor) files.delete(one);
      return Promise.resolve(files.get(path)?.page);
    },
    forget: () => {
      kept.clear();
    },
  };
}

const isFile = (path: PagePath): boolean => /^\/(?:media|files|assets)\//.test(path);

function paged({ path, status, type, body }: Output, own: boolean): [PagePath, PreviewedPage] {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return [path, { path, status, type, body: bytes, hash: sha256(bytes), own }];
}

/** For so long an address shows its page. */
export const previewMinutes = 30;

export interface PreviewAddress {
  readonly revision: RevisionId;
  /** Milliseconds since 1970 when it ends. */
  readonly until: number;
}

/** What makes an address of a preview one that nobody can make up: its end, and a seal over that and the revision. */
export function previewToken(secret: string, { revision, until }: PreviewAddress): string {
  const seal = createHmac('sha256', secret).update(`preview ${revision} ${until}`).digest('base64url');
  return `${until.toString(36)}.${seal}`;
}

/** When a token ends; undefined for one that this desk never gave for the revision. */
export function readPreviewToken(secret: string, revision: RevisionId, token: string): number | undefined {
  const until = Number.parseInt(token.split('.')[0] ?? '', 36);
  if (!Number.isSafeInteger(until)) return undefined;
  return sameText(previewToken(secret, { revision, until }), token) ? until : undefined;
}
