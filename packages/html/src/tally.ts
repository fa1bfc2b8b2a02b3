/** Something that is counted by name, how often, and the beginning of the first one. */
export interface Counted {
  readonly zh: string;
  readonly english: string;
  readonly count: number;
  readonly sample: string;
}

export interface Tally<Name extends string> {
  note(name: Name, sample: string): void;
  /** In the order of the names. */
  list(): Counted[];
}

const longest = 60;

/** Counts what is met under a fixed set of names. `samples`: of how many of a name the beginnings are kept. */
export function newTally<Name extends string>(
  names: Readonly<Record<Name, readonly [zh: string, english: string]>>,
  samples: (name: Name) => number = () => 1,
): Tally<Name> {
  const found = new Map<Name, { count: number; samples: string[] }>();
  return {
    note: (name, sample) => {
      const known = found.get(name) ?? { count: 0, samples: [] };
      found.set(name, known);
      known.count++;
      if (known.samples.length < samples(name)) known.samples.push(shorten(sample));
    },
    list: () =>
      (Object.keys(names) as Name[]).flatMap((name) => {
        const known = found.get(name);
        const [zh, english] = names[name];
        return known ? [{ zh, english, count: known.count, sample: known.samples.filter(Boolean).join('、') }] : [];
      }),
  };
}

function shorten(sample: string): string {
  const text = sample
    .slice(0, 4 * longest)
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}
