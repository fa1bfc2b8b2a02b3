export { exampleCity, exampleItems } from './example-city.ts';
export { exampleTemplates } from './example-templates.ts';
export { createMemorySource, live, type MemorySourceOptions } from './memory-source.ts';
export { renderAll } from './render-all.ts';
export { serveOutputs, strictPolicy, type ServedOutputs } from './serve-outputs.ts';
