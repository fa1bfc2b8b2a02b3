import type { LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { beside } from '../parts/blocks.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

export function articlePage(source: Source, item: LiveItem<'article'>, path: PagePath): Output {
  const t = wordsOf(source);
  return documentPage(source, item, path, { beside: beside(t, t('相关项目'), source.related(item.id, 'relatedTo')) });
}
