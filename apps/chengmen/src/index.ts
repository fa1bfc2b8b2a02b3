export {
  houseMigrations,
  openBackOffice,
  openHouse,
  type BackOffice,
  type BackOfficeOptions,
  type House,
} from './back-office.ts';
export { firstSite as siteId } from './site-id.ts';
export { addSite, sitesOf } from './sites.ts';
