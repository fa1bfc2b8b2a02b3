import { receivedText, replay, type Encoding, type MendResult, type Place, type Removed } from '@chengmen/mend';

/** A place as a person judges it: what stood there, between what stands beside it now. */
export interface ShownPlace extends Place {
  readonly received: string;
  readonly leading: string;
  readonly trailing: string;
}

/** A whole repair as a person judges it, without its source. */
export interface ShownMend {
  readonly encoding: Encoding;
  readonly places: readonly ShownPlace[];
  /** The plan and the received bytes give the repaired page again, character for character. */
  readonly replays: boolean;
  /** The beginning on both sides, of a page that was read wrongly as a whole and has no places. */
  readonly opening?: { readonly received: string; readonly mended: string };
  readonly removed: readonly Removed[];
}

const around = 24;
const opening = 400;

export function shownMend(mend: MendResult, bytes: Uint8Array, removed: readonly Removed[]): ShownMend {
  const points = [...mend.html];
  const line = (from: number, to: number): string =>
    points.slice(Math.max(0, from), to).join('').replace(/\s+/g, ' ').toWellFormed();
  return {
    encoding: mend.encoding,
    places: mend.plan.map((place) => {
      const end = place.out + [...place.after].length;
      return {
        ...place,
        received: receivedText(bytes.subarray(place.at, place.at + place.length), mend.encoding),
        leading: line(place.out - around, place.out),
        trailing: line(end, end + around),
      };
    }),
    replays: replay(mend, bytes) === mend.html,
    ...(mend.plan.length === 0 && mend.encoding.steps.length > 1
      ? {
          opening: {
            received: receivedText(bytes.subarray(0, opening * 3), mend.encoding).slice(0, opening),
            mended: points.slice(0, opening).join(''),
          },
        }
      : {}),
    removed,
  };
}
