import type { SiteId } from '@chengmen/model';

/** The one site this installation serves for now; every row and folder already carries its name. */
export const siteId: SiteId = 'linjiang';
