import type { Device, ViewEdition, ViewOrigin } from '@chengmen/model';

/** One view of a page on its way to the totals. Nothing in it names a person or a device. */
export interface Hit {
  /** Random, made by the page that was opened: tells a retry from another view, and is dropped when retries end. */
  readonly id: string;
  /** Milliseconds since 1970, by our clock. */
  readonly time: number;
  /** Address in the standard edition. */
  readonly path: string;
  readonly edition: ViewEdition;
  readonly device: Device;
  readonly origin: ViewOrigin;
  /** The first of its visitor on that day. */
  readonly first: boolean;
}

/** 128 random bits in base64url. */
export const hitId = /^[\w-]{22}$/;
/** Printable ASCII, as browsers send addresses. */
export const hitPath = /^\/[!-~]{0,299}$/;

const editionMarks: Record<ViewEdition, string> = { standard: 's', traditional: 't', elder: 'e' };
const deviceMarks: Record<Device, string> = { phone: 'p', tablet: 't', computer: 'c', other: 'o' };
const originMarks: Record<ViewOrigin, string> = {
  direct: 'd',
  inside: 'i',
  search: 's',
  government: 'g',
  social: 'n',
  other: 'o',
};

/** One line of docs/formats/views.md, with its end. */
export function formatHit({ id, time, path, edition, device, origin, first }: Hit): string {
  return `${id} ${Math.floor(time / 1000)} ${editionMarks[edition]}${deviceMarks[device]}${originMarks[origin]}${first ? '1' : '0'} ${path}\n`;
}

/** A line without its end; undefined for what is none. */
export function parseHit(line: string): Hit | undefined {
  const [, id = '', seconds, edition = '', device = '', origin = '', first, path = ''] =
    /^([\w-]{22}) (\d{1,12}) ([a-z])([a-z])([a-z])([01]) (\/[!-~]{0,299})$/.exec(line) ?? [];
  const [isEdition, isDevice, isOrigin] = [editionOf[edition], deviceOf[device], originOf[origin]];
  if (!isEdition || !isDevice || !isOrigin) return undefined;
  return {
    ...{ id, time: Number(seconds) * 1000, path },
    ...{ edition: isEdition, device: isDevice, origin: isOrigin, first: first === '1' },
  };
}

function turned<T extends string>(marks: Record<T, string>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(marks).map(([name, mark]) => [mark, name as T]));
}
const editionOf = turned(editionMarks);
const deviceOf = turned(deviceMarks);
const originOf = turned(originMarks);
