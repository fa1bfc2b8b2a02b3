export { longestBeacon } from './beacon.ts';
export { createCounter, type CounterOptions } from './counter.ts';
export type { Furniture } from './pages.ts';
export { createViewsServer, listenForViews, type ViewsServerOptions } from './views-server.ts';
