export { excerptOf, hasAll, highlight, type Piece } from './excerpt.ts';
export { fold } from './fold.ts';
export { openIndex, type IndexChange, type IndexedPage, type SearchIndex } from './open-index.ts';
export { parseQuery, synonymsOf, type Synonyms, type Term } from './parse-query.ts';
export { readPage } from './read-page.ts';
export { search, type Found, type SearchFilters, type SearchOptions } from './search.ts';
export type { SearchPage } from './search-page.ts';
export { statement } from './statement.ts';
export { meant, suggest } from './suggest.ts';
