import type { SiteId } from '@chengmen/model';

/** The one site this installation serves for now; every row and folder already carries its name. */
export const siteId: SiteId = 'linjiang';

/** First line of the site's checkpoints and name of its key: a URL without scheme. */
export const origin = 'www.linjiang.example/chengmen';
