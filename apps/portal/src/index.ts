export { startPortal, type Portal, type PortalOptions } from './portal.ts';
export { readPortalSettings, type PortalSettings } from './settings.ts';
