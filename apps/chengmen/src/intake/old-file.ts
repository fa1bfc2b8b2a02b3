import { sha256, type ItemId } from '@chengmen/model';

/** A picture or attachment of an old site, as it was kept there. */
export interface OldFile {
  /** The media item it becomes. */
  readonly item: ItemId;
  readonly name: string;
  readonly bytes: Uint8Array;
}

const endings = /\.(?:png|jpe?g|gif|webp|pdf|ofd|docx?|xlsx?|pptx?|wps|et|dps|zip|rar|csv|txt|mp[34])(?:[?#].*)?$/i;

/** By its ending; whether it is one its bytes tell when it is taken. */
export const mayBeFile = (address: string): boolean => endings.test(address);

export function oldFile(address: string, bytes: Uint8Array): OldFile {
  const name =
    address
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '';
  return { item: `file-${sha256(bytes).slice(0, 12)}`, name: decoded(name), bytes };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
