export { openSearchService, type SearchService, type SearchServiceOptions } from './search-service.ts';
export { serveSearch, type SearchServer } from './serve-search.ts';
export type { SelfTestOptions, SelfTestReport } from './self-test.ts';
