export { openBackOffice, siteId, type BackOffice, type BackOfficeOptions } from './back-office.ts';
