import type { Kind, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { gonePage } from './gone.ts';
import { redirects } from './redirect.ts';
import { articlePage } from './article.ts';
import { datasetFiles, datasetPage, formerDatasetFiles } from './dataset.ts';
import { departmentPage } from './department.ts';
import { galleryPage } from './gallery.ts';
import { interpretationPage } from './interpretation.ts';
import { leaderPage } from './leader.ts';
import { letterPage } from './letter.ts';
import { policyPage } from './policy.ts';
import { projectPage } from './project.ts';
import { servicePage } from './service.ts';
import { topicPage } from './topic.ts';
import { videoPage } from './video.ts';

type PageOf<K extends Kind> = (source: Source, item: LiveItem<K>, path: PagePath) => readonly Output[];

const single =
  <K extends Kind>(page: (source: Source, item: LiveItem<K>, path: PagePath) => Output): PageOf<K> =>
  (...given) => [page(...given)];

const pages: { readonly [K in Kind]?: PageOf<K> } = {
  article: single(articlePage),
  policy: single(policyPage),
  interpretation: single(interpretationPage),
  service: single(servicePage),
  letter: single(letterPage),
  dataset: (source, item, path) => [datasetPage(source, item, path), ...datasetFiles(source, item, path)],
  leader: single(leaderPage),
  department: single(departmentPage),
  project: single(projectPage),
  gallery: single(galleryPage),
  video: single(videoPage),
  topic: single(topicPage),
};

/** Everything at the addresses of a document, the present one and the former ones. */
export function itemOutputs(source: Source, item: LiveItem): readonly Output[] {
  const { path } = item;
  const page = pages[item.kind] as PageOf<Kind> | undefined;
  if (path === null || !page) return [];
  const former = [...redirects(source, item.formerPaths, path), ...formerDatasetFiles(source, item, path)];
  if (item.state === 'withdrawn') return [...gonePage(source, item, path), ...former];
  return [...page(source, item, path), ...former];
}
