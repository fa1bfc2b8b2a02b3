export { startPortal, type Portal, type PortalOptions } from './portal.ts';
export { readPortalSettings, type PortalSettings } from './settings.ts';
export {
  askSearch,
  type Asked,
  type Edition,
  type Hit,
  type SearchAnswer,
  type SearchProgress,
  type SearchRequest,
} from './search-port.ts';
export type { AccessRecord } from './access-record.ts';
export { accessRecords, isView } from './count-views.ts';
