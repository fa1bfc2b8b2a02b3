export { exampleCity, exampleItems } from './example-city.ts';
export { createMemorySource, live, type MemorySourceOptions } from './memory-source.ts';
export { renderAll } from './render-all.ts';
