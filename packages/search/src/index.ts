export { excerptOf, hasAll, highlight, type Piece } from './excerpt.ts';
export { fold } from './fold.ts';
export {
  indexVersion,
  openIndex,
  type IndexChange,
  type IndexedPage,
  type OpenIndexOptions,
  type SearchIndex,
} from './open-index.ts';
export { longestQuery, parseQuery, synonymsOf, type ParsedQuery, type Synonyms, type Term } from './parse-query.ts';
export { readPage } from './read-page.ts';
export { search, type Found, type SearchFilters, type SearchOptions } from './search.ts';
export type { SearchPage } from './search-page.ts';
export { meant, suggest } from './suggest.ts';
