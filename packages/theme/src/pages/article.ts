import type { LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { beside } from '../parts/blocks.ts';
import { documentPage } from './document.ts';

export function articlePage(source: Source, item: LiveItem<'article'>, path: PagePath): Output {
  return documentPage(source, item, path, { beside: beside('相关项目', source.related(item.id, 'relatedTo')) });
}
