import type { LiveItem } from '@chengmen/model';
import { exampleItems } from './example-city.ts';
import { secondItems } from './second-city.ts';

const pathsOf =
  (items: readonly LiveItem[]) =>
  (id: string): string =>
    items.find((item) => item.id === id)?.path ?? '/404.html';
const pathOf = pathsOf(exampleItems);

/** One address of the example city for each template. */
export const exampleTemplates: Readonly<Record<string, string>> = {
  home: '/',
  'elder-home': '/elder/',
  'elder-channel': '/elder/news/notices/',
  'elder-services': '/elder/services/',
  'elder-article': `/elder${pathOf('rich')}`,
  'elder-service': `/elder${pathOf('service-1')}`,
  landing: '/news/',
  list: '/news/headlines/',
  month: '/news/headlines/2026-11.html',
  pictures: '/news/pictures/',
  policies: '/disclosure/policies/',
  projects: '/disclosure/projects/',
  services: '/services/',
  letters: '/interaction/letters/',
  datasets: '/opendata/',
  people: '/about/leaders/',
  departments: '/about/departments/',
  topics: '/news/topics/',
  empty: '/archive/',
  article: pathOf('rich'),
  mended: pathOf('restored-1'),
  policy: pathOf('policy-3'),
  interpretation: pathOf('interpretation-1'),
  service: pathOf('service-1'),
  letter: pathOf('letter-1'),
  dataset: pathOf('dataset-population'),
  bars: pathOf('dataset-districts'),
  leader: pathOf('leader-2'),
  department: pathOf('dept-office'),
  gallery: pathOf('gallery-1'),
  video: pathOf('video-1'),
  recordings: pathOf('with-recordings'),
  topic: pathOf('topic-bridge'),
  archived: pathOf('topic-flood'),
  outside: pathOf('outside'),
  project: pathOf('project-bridge'),
  hostile: pathOf('hostile'),
  gone: pathOf('withdrawn-1'),
  missing: '/404.html',
  unavailable: '/503.html',
  map: '/sitemap.html',
  accessibility: '/accessibility.html',
  statement: '/accessibility-statement.html',
  contact: '/contact.html',
  correction: '/correction.html',
  visits: '/visits.html',
  search: '/search.html',
};

const secondPath = pathsOf(secondItems);

/** Of the second city, what its own colour, sign, channels and order of blocks show in. */
export const secondTemplates: Readonly<Record<string, string>> = {
  home: '/',
  landing: '/gongkai/',
  services: '/banshi/',
  article: secondPath('zixun-1'),
  topic: secondPath('zhuanti-1'),
  service: secondPath('banshi-1'),
};
