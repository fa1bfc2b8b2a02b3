import { sha256, type ItemId, type MediaType } from '@chengmen/model';

/** A picture or attachment of an old site. */
export interface OldFile {
  readonly item: ItemId;
  readonly name: string;
  readonly type: MediaType;
  readonly bytes: Uint8Array;
}

/** No file of a page is larger. */
export const largestFile = 32 * 1024 * 1024;

/** How files of a type begin: what says otherwise is not what its name says. */
const types: Readonly<Record<string, readonly [type: MediaType, beginning: RegExp]>> = {
  png: ['image/png', /^\x89PNG\r\n\x1a\n/],
  jpg: ['image/jpeg', /^\xff\xd8\xff/],
  jpeg: ['image/jpeg', /^\xff\xd8\xff/],
  gif: ['image/gif', /^GIF8[79]a/],
  webp: ['image/webp', /^RIFF[\s\S]{4}WEBP/],
  pdf: ['application/pdf', /^(?:\xef\xbb\xbf)?\s{0,4}%PDF-/],
  csv: ['text/csv', /^[^\0]*$/],
  doc: ['application/msword', /^(?:\xd0\xcf\x11\xe0|\{\\rtf)/],
  wps: ['application/msword', /^\xd0\xcf\x11\xe0/],
  xls: ['application/vnd.ms-excel', /^\xd0\xcf\x11\xe0/],
  et: ['application/vnd.ms-excel', /^\xd0\xcf\x11\xe0/],
  ppt: ['application/vnd.ms-powerpoint', /^\xd0\xcf\x11\xe0/],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', /^PK\x03\x04/],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', /^PK\x03\x04/],
  pptx: ['application/vnd.openxmlformats-officedocument.presentationml.presentation', /^PK\x03\x04/],
  ofd: ['application/ofd', /^PK\x03\x04/],
  zip: ['application/zip', /^PK\x03\x04/],
  rar: ['application/vnd.rar', /^Rar!\x1a\x07/],
};

/** The ending of an address that may be a file's; of an image server's script the one its query names. */
const ending = (address: string): string => /\.([a-z]{2,4})(?:[?#].*)?$/i.exec(address)?.[1]?.toLowerCase() ?? '';

export const mayBeFile = (address: string): boolean => ending(address) in types;

/** The file at an old address; undefined when its bytes are not of a type that is taken in. SVG holds scripts and is none. */
export function oldFile(address: string, bytes: Uint8Array): OldFile | undefined {
  const [type, beginning] = types[ending(address)] ?? [];
  if (type === undefined || beginning === undefined || bytes.length === 0 || bytes.length > largestFile)
    return undefined;
  if (!beginning.test(Buffer.from(bytes.subarray(0, 1024)).toString('latin1'))) return undefined;
  const name =
    address
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '';
  return { item: `file-${sha256(bytes).slice(0, 12)}`, name, type, bytes };
}
