import { archived } from './archived.ts';
import { attachments } from './attachments.ts';
import { badges } from './badges.ts';
import { barChart } from './bar-chart.ts';
import { buttons } from './buttons.ts';
import { datasetCards } from './dataset-cards.ts';
import { directory } from './directory.ts';
import { editions } from './editions.ts';
import { facts } from './facts.ts';
import { film } from './film.ts';
import { gap } from './gap.ts';
import { interaction } from './interaction.ts';
import { letters } from './letters.ts';
import { lineChart } from './line-chart.ts';
import { lines } from './lines.ts';
import { linkTiles } from './link-tiles.ts';
import { mending } from './mending.ts';
import { outsideLink } from './outside-link.ts';
import { people } from './people.ts';
import { pictureCards } from './picture-cards.ts';
import { progress } from './progress.ts';
import { projectCards } from './project-cards.ts';
import { prose } from './prose.ts';
import { rows } from './rows.ts';
import { scan } from './scan.ts';
import { serviceList } from './service-list.ts';
import { table } from './table.ts';
import { timeline } from './timeline.ts';
import { topicCards } from './topic-cards.ts';
import type { Example } from './example.ts';

export type { Example } from './example.ts';

/** In the order of the style guide: what is done, what is listed, what is told. */
export const examples: readonly Example[] = [
  buttons,
  badges,
  lines,
  rows,
  linkTiles,
  serviceList,
  pictureCards,
  topicCards,
  projectCards,
  datasetCards,
  people,
  directory,
  letters,
  interaction,
  facts,
  timeline,
  progress,
  lineChart,
  barChart,
  table,
  prose,
  outsideLink,
  attachments,
  editions,
  film,
  archived,
  mending,
  gap,
  scan,
];
