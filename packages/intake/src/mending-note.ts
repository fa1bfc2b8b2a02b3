import {
  gapMark,
  gapSign,
  type MarkedPage,
  type MarkedPlace,
  type MendResult,
  type Removed,
  type Stretch,
} from '@chengmen/mend';
import type { MendingNote } from '@chengmen/model';

/** Characters quoted on each side of a place. */
const around = 8;
const mostReadings = 5;
const widthRule = 'width';

/**
 * What the reader is told. A likely place that was not accepted is a gap on the page, so it counts as lost. Restored widths
 * of punctuation, dozens on a page, count and stand as one place.
 */
export function mendingNote(
  mend: MendResult,
  page: MarkedPage,
  published: readonly Stretch[],
  removed: readonly Removed[],
): MendingNote {
  const shown = page.places.filter((place) => classOf(place) !== undefined && place.rule !== widthRule);
  const widths = page.places.filter((place) => place.rule === widthRule && classOf(place) !== undefined);
  const told = widths.length === 0 ? shown : [...shown, ...widths.slice(0, 1)];
  const places = shown.filter((place) => published.some(({ start, end }) => place.from >= start && place.to <= end));
  return {
    received: mend.input.sha256,
    mechanism: mend.encoding.mechanism,
    counts: {
      proved: countClass(told, 'proved'),
      likely: countClass(told, 'likely'),
      lost: countClass(told, 'lost'),
      stated: countClass(told, 'stated'),
    },
    places: [...places.map((place) => notePlace(place, page.html)), ...noteWidths(widths)],
    alarms: mend.alarms.filter(isName).map(({ kind, evidence, readings }) => ({
      kind,
      evidence: safe(evidence),
      readings: readings.slice(0, mostReadings).map(safe),
    })),
    removed: removed.map(({ what, count }) => `${what} ${count} 处`),
  };
}

type NotedClass = MendingNote['places'][number]['class'];

/** undefined: left as it was received. */
function classOf(place: MarkedPlace): NotedClass | undefined {
  if (place.isGap) return 'lost';
  if (place.class === 'likely' && place.accepted === undefined) return undefined;
  return place.class;
}

const countClass = (places: readonly MarkedPlace[], wanted: NotedClass): number =>
  places.filter((place) => classOf(place) === wanted).length;

function notePlace(place: MarkedPlace, html: string): MendingNote['places'][number] {
  const wanted = classOf(place) ?? 'lost';
  return {
    class: wanted,
    place: `${quote(html, place.from, -1)}${words(place.after.replace(gapSign, gapMark))}${quote(html, place.to, 1)}`,
    before: received(place.before),
    after: safe(place.after),
    rule: place.rule,
    ...(wanted === 'likely' && place.accepted !== undefined ? { probability: place.accepted } : {}),
    ...(place.evidence !== undefined && (wanted === 'stated' || wanted === 'likely')
      ? { source: safe(place.evidence) }
      : {}),
  };
}

function noteWidths(widths: readonly MarkedPlace[]): MendingNote['places'] {
  const [first] = widths;
  if (!first) return [];
  const least = Math.min(...widths.map(({ accepted }) => accepted ?? 1));
  const wanted = classOf(first) ?? 'likely';
  return [
    {
      class: wanted,
      place: `全文标点的宽度，共 ${widths.length} 处`,
      before: received(first.before),
      after: safe(first.after),
      rule: widthRule,
      ...(wanted === 'likely' ? { probability: least } : {}),
    },
  ];
}

const apart = /<\/?(?:p|br|div|td|tr|li|h[1-6]|table|section)\b[^<>]*>|[\n\r]+/gi;

/** Some characters before or after a place, in its own paragraph, without markup. */
function quote(html: string, from: number, direction: 1 | -1): string {
  const reach = 240;
  const stretch = direction === 1 ? html.slice(from, from + reach) : html.slice(Math.max(0, from - reach), from);
  const paragraphs = words(stretch.replace(apart, '\n')).split('\n');
  const beside = [...((direction === 1 ? paragraphs[0] : paragraphs.at(-1)) ?? '')];
  return (direction === 1 ? beside.slice(0, around) : beside.slice(-around)).join('');
}

/** The text of a stretch that may begin or end inside a tag. */
function words(stretch: string): string {
  const text = stretch
    .replace(/<[^<>]*>/g, '')
    .replace(/^[^<>]{0,80}>/, '')
    .replace(/<[^<>]*$/, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/[^\S\n]+/g, ' ');
  return safe(text.replaceAll(gapMark, gapSign));
}

const utf8 = new TextDecoder();

/** The bytes of a place as a reader of the old page saw them. */
function received(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return safe(utf8.decode(bytes));
}

const safe = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd')
    .normalize('NFC');

/** Readers are told of names that were put over others; the other traces are for those who look after the site. */
const isName = ({ kind }: { readonly kind: string }): boolean => kind === 'foreign-encoding';
