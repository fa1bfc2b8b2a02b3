export { openBackOffice, siteId, type BackOffice } from './back-office.ts';
