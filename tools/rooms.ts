import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** Which rooms a room may import, by name; `pure` rooms touch no file, network, process, database or clock. */
export const plan: Record<string, { readonly may: readonly string[]; readonly pure: boolean }> = (() => {
  const level0 = ['model', 'calendar', 'chinese', 'release', 'html', 'mend'];
  const level2 = [...level0, 'checks', 'ledger', 'revision'];
  return {
    model: { may: [], pure: true },
    calendar: { may: [], pure: true },
    chinese: { may: [], pure: true },
    release: { may: [], pure: true },
    html: { may: ['model'], pure: true },
    mend: { may: ['html', 'model'], pure: true },
    checks: { may: ['calendar', 'chinese', 'html', 'model'], pure: true },
    theme: { may: level0, pure: true },
    press: { may: ['model', 'theme'], pure: true },
    search: { may: ['model', 'chinese', 'html'], pure: false },
    ledger: { may: ['model'], pure: false },
    revision: { may: ['ledger', 'model'], pure: false },
    intake: { may: ['mend', 'html', 'model'], pure: true },
    media: { may: ['model'], pure: false },
    word: { may: ['media', 'model'], pure: false },
    seal: { may: ['release', 'serve'], pure: false },
    serve: { may: ['release'], pure: false },
    content: { may: level2, pure: false },
    identity: { may: level2, pure: false },
    interaction: { may: level2, pure: false },
    proofreading: { may: level2, pure: false },
    statistics: { may: level2, pure: false },
    notices: { may: level2, pure: false },
    // The process that faces the street: no ledger, no content, no signing key.
    portal: { may: ['model', 'release', 'serve', 'html'], pure: false },
    // Reads releases as the portal does, and is asked by it alone; of the portal it has the words they speak.
    'search-app': { may: ['model', 'portal', 'release', 'search', 'serve'], pure: false },
    // The editors' browser application, and what makes one file of it. Of the house it has what is pure, and nothing of the server.
    'desk-web': { may: ['html'], pure: false },
    desk: {
      may: [
        ...level2,
        'content',
        'desk-web',
        'identity',
        'interaction',
        'media',
        'notices',
        'proofreading',
        'statistics',
        'word',
      ],
      pure: false,
    },
    counter: { may: [...level2, 'interaction', 'statistics'], pure: false },
    'mend-command': { may: ['mend', 'intake', 'html', 'model'], pure: false },
    'press-app': { may: ['model', 'press', 'theme', 'release', 'seal', 'content', 'ledger'], pure: false },
    chengmen: { may: ['*'], pure: false },
  };
})();

export interface Room {
  readonly name: string;
  /** Relative to the root: `packages/model`. */
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly files: readonly string[];
}

export function rooms(): Room[] {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, group, folder, 'package.json'), 'utf8')) as {
        name: string;
        dependencies?: Record<string, string>;
      };
      return {
        name: manifest.name.replace('@chengmen/', ''),
        folder: `${group}/${folder}`,
        dependencies: Object.keys(manifest.dependencies ?? {}),
        files: sources(join(root, group, folder)),
      };
    }),
  );
}

/** TypeScript files, also those of the browser application, below a folder, relative to the root. */
export function sources(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return sources(path);
      return /\.tsx?$/.test(name) ? [relative(root, path)] : [];
    });
}
