import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A release folder that is tampered with and put back. */
export interface TamperedFolder {
  readonly root: string;
  /** Regular files, sorted. */
  names(): readonly string[];
  read(name: string): Buffer;
  write(name: string, bytes: Uint8Array): void;
  remove(name: string): void;
  /** Something that is no file in place of one. */
  make(name: string, kind: 'folder' | 'pipe' | { readonly link: string }): void;
  /** As it was: what was touched is written again, what was added is taken away. */
  restore(): void;
}

/** The folder holds `files` and nothing else. */
export function tamperedFolder(root: string, files: ReadonlyMap<string, Uint8Array>): TamperedFolder {
  const touched = new Set<string>();
  const present = new Set(files.keys());
  const clear = (name: string): string => {
    touched.add(name);
    present.delete(name);
    const path = join(root, name);
    // What stands in the way of the folders above is taken away too.
    for (let above = dirname(name); above !== '.'; above = dirname(above)) {
      const there = lstatSync(join(root, above), { throwIfNoEntry: false });
      if (!there || there.isDirectory()) continue;
      rmSync(join(root, above));
      touched.add(above);
    }
    rmSync(path, { recursive: true, force: true });
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  return {
    root,
    names: () => [...present].sort(),
    read: (name) => readFileSync(join(root, name)),
    write(name, bytes) {
      writeFileSync(clear(name), bytes);
      present.add(name);
    },
    remove(name) {
      clear(name);
    },
    make(name, kind) {
      const path = clear(name);
      if (kind === 'folder') mkdirSync(path);
      else if (kind === 'pipe') execFileSync('mkfifo', [path]);
      else symlinkSync(kind.link, path);
    },
    restore() {
      for (const name of touched) clear(name);
      for (const name of touched) {
        const bytes = files.get(name);
        if (!bytes) continue;
        // A name whose folder something else had taken.
        writeFileSync(clear(name), bytes);
        present.add(name);
      }
      touched.clear();
      if (readdirSync(root).length === 0) throw new Error('the folder cannot be put back');
    },
  };
}
