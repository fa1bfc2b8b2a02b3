export { createCounter, type CounterOptions } from './counter.ts';
export type { Furniture } from './pages.ts';
