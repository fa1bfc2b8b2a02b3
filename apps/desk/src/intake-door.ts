import type { DecidedChoice, IntakeChoice, ListedPage, ListedRun } from '@chengmen/content';
import type { Alarm, Crumb, Encoding, Place, Removed } from '@chengmen/mend';
import { ChengmenError, type Actor, type ItemId } from '@chengmen/model';

/** A place as a person judges it: what stood there, between what stands beside it now. */
export interface ShownPlace extends Place {
  readonly received: string;
  readonly leading: string;
  readonly trailing: string;
}

/** A page that was read, with all that a person judges the repair by. */
export interface PageReport {
  readonly page: ListedPage;
  readonly run: ListedRun;
  readonly choices: readonly DecidedChoice[];
  /** Absent where the page could not be read: then `page.problem` says why. */
  readonly read?: {
    readonly encoding: Encoding;
    readonly places: readonly ShownPlace[];
    readonly alarms: readonly Alarm[];
    /** The plan and the received bytes give the repaired page again, character for character. */
    readonly replays: boolean;
    /** The beginning on both sides, of a page that was read wrongly as a whole. */
    readonly opening?: { readonly received: string; readonly mended: string };
    readonly breadcrumb: readonly Crumb[];
    readonly removed: readonly Removed[];
    readonly title: string;
    readonly date: string;
    readonly source: string;
    readonly author?: string | undefined;
    /** The words of the body, a paragraph a line. */
    readonly text: string;
    readonly mender: string;
  };
}

/** Where files that are handed in lie until a run is made of them. */
export interface IntakeTray {
  /** Keeps a file as it comes in. Throws `intake-file` for what no source is, `file-too-large`, `file-empty`. */
  readonly add: (name: string, bytes: AsyncIterable<Uint8Array>) => Promise<void>;
  readonly files: readonly string[];
  /** Nothing of it is kept. */
  readonly drop: () => Promise<void>;
  readonly id: string;
}

/** What is in a folder that operators allow. */
export interface AllowedFolder {
  /** Below the folder, '' at its top. */
  readonly path: string;
  readonly folders: readonly string[];
  /** Sources by their names, the first thousand. */
  readonly files: readonly string[];
}

export interface IntakeAsked {
  readonly name: string;
  readonly from: { readonly tray: IntakeTray } | { readonly folder: string };
  /** As docs/formats/mapping.md has it. */
  readonly mapping: Readonly<Record<string, unknown>> | null;
  readonly channel: ItemId;
}

/** Taking old pages in, as the desk asks for it. Who may, the commands say. */
export interface IntakeDoor {
  /** Undefined where no folder is allowed, or nothing allowed is there. */
  readonly folder: (path: string) => Promise<AllowedFolder | undefined>;
  readonly openTray: () => Promise<IntakeTray>;
  /** Begins to read; answers the number of the run. Throws `mapping-invalid`, `not-found`, and as the command does. */
  readonly begin: (actor: Actor, asked: IntakeAsked) => Promise<number>;
  /** Throws `not-found`. */
  readonly report: (run: number, number: number) => Promise<PageReport>;
  /** Keeps decisions about a page, or without one about all of the run. Throws `decisions-invalid` for what cannot have stood there. */
  readonly decide: (
    actor: Actor,
    about: { readonly run: number; readonly number?: number; readonly choices: readonly IntakeChoice[] },
  ) => Promise<void>;
  /** Begins to hand over; answers how many pages. */
  readonly handOver: (
    actor: Actor,
    asked: {
      readonly run: number;
      readonly pages?: readonly number[];
      readonly whole?: boolean;
      readonly submit: boolean;
    },
  ) => Promise<number>;
  readonly resume: (actor: Actor, run: number) => Promise<void>;
  /** Other channels for what was not handed over yet, which is read once more; answers how many pages. Throws `not-found`. */
  readonly remap: (
    actor: Actor,
    asked: Pick<IntakeAsked, 'channel'> & {
      readonly run: number;
      readonly channels: readonly Readonly<Record<string, unknown>>[];
    },
  ) => Promise<number>;
  /** Nothing of a run is handed over any more, and the files that were handed in for it are taken away. */
  readonly end: (actor: Actor, run: number) => Promise<void>;
  /** Resolves when nothing is left to do, or after so many milliseconds. */
  readonly settled: (milliseconds: number) => Promise<void>;
  /** A page as it was received. */
  readonly bytes: (received: string) => Promise<Uint8Array | undefined>;
}

const none = (): Promise<never> => Promise.reject(new ChengmenError('not-found', { what: '采集 (intake)', id: '' }));

/** For a desk at which nothing can be taken in. */
export const noIntake: IntakeDoor = {
  ...{ folder: () => Promise.resolve(undefined), openTray: none, begin: none, report: none, decide: none },
  ...{
    handOver: none,
    resume: none,
    remap: none,
    end: none,
    settled: () => Promise.resolve(),
    bytes: () => Promise.resolve(undefined),
  },
};
