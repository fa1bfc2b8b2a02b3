/** One encoded frame: its time in milliseconds, and whether it can be shown without those before it. */
export interface WebmFrame {
  readonly at: number;
  readonly key: boolean;
  readonly bytes: Uint8Array;
}

export interface Webm {
  readonly width: number;
  readonly height: number;
  readonly milliseconds: number;
  readonly codec: 'V_VP8' | 'V_VP9';
  readonly frames: readonly WebmFrame[];
}

const ids = {
  ebml: 0x1a45dfa3,
  ebmlVersion: 0x4286,
  ebmlReadVersion: 0x42f7,
  ebmlMaxIdLength: 0x42f2,
  ebmlMaxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

/**
 * A film without sound as a WebM file (RFC 9559): one track, a cluster from each key frame, times in milliseconds, and its length,
 * which recorders of browsers leave out.
 */
export function writeWebm({ width, height, milliseconds, codec, frames }: Webm): Buffer {
  const header = element(ids.ebml, [
    number(ids.ebmlVersion, 1),
    number(ids.ebmlReadVersion, 1),
    number(ids.ebmlMaxIdLength, 4),
    number(ids.ebmlMaxSizeLength, 8),
    words(ids.docType, 'webm'),
    number(ids.docTypeVersion, 4),
    number(ids.docTypeReadVersion, 2),
  ]);
  const length = Buffer.alloc(8);
  length.writeDoubleBE(milliseconds);
  const info = element(ids.info, [
    number(ids.timestampScale, 1_000_000),
    element(ids.duration, [length]),
    words(ids.muxingApp, 'chengmen'),
    words(ids.writingApp, 'chengmen'),
  ]);
  const track = element(ids.trackEntry, [
    number(ids.trackNumber, 1),
    number(ids.trackUid, 1),
    number(ids.trackType, 1),
    words(ids.codecId, codec),
    element(ids.video, [number(ids.pixelWidth, width), number(ids.pixelHeight, height)]),
  ]);
  return Buffer.concat([header, element(ids.segment, [info, element(ids.tracks, [track]), ...clusters(frames)])]);
}

function clusters(frames: readonly WebmFrame[]): Buffer[] {
  const groups: WebmFrame[][] = [];
  for (const frame of frames) {
    if (frame.key || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(frame);
  }
  return groups.map((group) => {
    const from = Math.round(group[0]?.at ?? 0);
    return element(ids.cluster, [number(ids.timestamp, from), ...group.map((frame) => block(frame, from))]);
  });
}

function block({ at, key, bytes }: WebmFrame, from: number): Buffer {
  const head = Buffer.from([0x81, 0, 0, key ? 0x80 : 0]);
  head.writeInt16BE(Math.round(at) - from, 1);
  return element(ids.simpleBlock, [head, bytes]);
}

function element(id: number, parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length) | (1n << 56n));
  return Buffer.concat([bytesOf(id), size, body]);
}

const number = (id: number, value: number): Buffer => element(id, [bytesOf(value)]);
const words = (id: number, text: string): Buffer => element(id, [Buffer.from(text, 'ascii')]);

/** Big-endian, as few bytes as it takes. */
function bytesOf(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
