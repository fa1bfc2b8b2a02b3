import type { SiteId } from '@chengmen/model';

/** The site an installation begins with. Its data stands in the data folder itself, as it did before there were others. */
export const firstSite: SiteId = 'linjiang';

/** First line of its checkpoints and name of its key: a URL without scheme. */
export const firstOrigin = 'www.linjiang.example/chengmen';
