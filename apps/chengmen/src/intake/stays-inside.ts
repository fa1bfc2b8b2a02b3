import { realpathSync } from 'node:fs';
import { sep } from 'node:path';

/** Whether a file is in a folder wherever links lead: what was copied from elsewhere may hold some that lead out. */
export function staysInside(folder: string, file: string): boolean {
  try {
    const [outer, inner] = [realpathSync.native(folder), realpathSync.native(file)];
    return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  } catch {
    return false;
  }
}
