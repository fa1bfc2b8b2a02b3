/** What stands before the addresses of this site's desk: nothing for the first one's. The desk's answers name its pages without it. */
export const base = /^\/s\/[^/]+/.exec(location.pathname)?.[0] ?? '';
