import { channels } from './channels.ts';
import { cityFacts } from './city-facts.ts';
import { consultations } from './consultations.ts';
import { datasets } from './datasets.ts';
import { departments } from './departments.ts';
import { disclosure } from './disclosure.ts';
import { english, englishChannels } from './english.ts';
import { englishGovernment } from './english-government.ts';
import { faq } from './faq.ts';
import { headlines } from './headlines.ts';
import { interpretations } from './interpretations.ts';
import { leaders } from './leaders.ts';
import { letters } from './letters.ts';
import { notices } from './notices.ts';
import { pictureNews } from './picture-news.ts';
import { demoPictures } from './pictures.ts';
import { policies } from './policies.ts';
import { projects } from './projects.ts';
import { services } from './services.ts';
import { site } from './site.ts';
import { statistics } from './statistics.ts';
import { topics } from './topics.ts';
import { videos } from './videos.ts';
import type { DemoItem } from './types.ts';
import { withPublisher } from './with-publisher.ts';

/**
 * Everything the demonstration publishes, in an order in which it can be approved: channels, pictures and files before what
 * stands on them. `files` are the items of what was handed in.
 */
export function demoItems(files: readonly DemoItem<'media'>[]): DemoItem[] {
  return withPublisher([
    site,
    ...channels,
    ...englishChannels,
    ...demoPictures().map(({ item }) => item),
    ...files,
    ...departments,
    ...leaders,
    ...policies,
    ...interpretations,
    ...projects,
    ...services,
    ...letters,
    ...datasets,
    ...statistics,
    ...consultations,
    ...faq,
    ...disclosure,
    ...cityFacts,
    ...notices,
    ...pictureNews,
    ...videos,
    ...headlines,
    ...topics,
    ...englishGovernment,
    ...english,
  ]);
}
