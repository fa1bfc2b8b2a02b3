import { channels } from './channels.ts';
import { consultations } from './consultations.ts';
import { datasets } from './datasets.ts';
import { departments } from './departments.ts';
import { faq } from './faq.ts';
import { leaders } from './leaders.ts';
import { letters } from './letters.ts';
import { demoPictures } from './pictures.ts';
import { projects } from './projects.ts';
import { services } from './services.ts';
import { site } from './site.ts';
import { statistics } from './statistics.ts';
import type { DemoItem } from './types.ts';

/** Everything the demonstration publishes, in an order in which it can be approved: channels and pictures before what stands on them. */
export function demoItems(): DemoItem[] {
  const all: any[] = [
    site,
    ...channels,
    ...demoPictures().map(({ item }) => item),
    ...departments,
    ...leaders,
    ...projects,
    ...services,
    ...letters,
    ...datasets,
    ...statistics,
    ...consultations,
    ...faq,
  ];
  const ids = new Set(all.map((i) => i.id));
  for (const i of all) if (i.fields.relatedTo) i.fields.relatedTo = i.fields.relatedTo.filter((x: string) => ids.has(x));
  return all;
}
