import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Lets `fill` fill a folder beside `target` and puts it in its place when it is complete; on failure nothing is left.
 * A process that is killed leaves `.NAME.partial-…` beside the target, never a part of the target.
 * Replacing takes two renames: between them, for a moment, there is no target.
 */
export async function replaceFolder<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const full = resolve(target);
  const [parent, name] = [dirname(full), basename(full)];
  mkdirSync(parent, { recursive: true });
  const made = mkdtempSync(join(parent, `.${name}.partial-`));
  try {
    // A folder of its own inside, because mkdtemp shuts others out and a web server must read the result.
    const content = join(made, 'new');
    mkdirSync(content);
    const result = await fill(content);
    const old = join(made, 'old');
    if (existsSync(full)) renameSync(full, old);
    try {
      renameSync(content, full);
    } catch (error) {
      if (existsSync(old)) renameSync(old, full);
      throw error;
    }
    return result;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}
