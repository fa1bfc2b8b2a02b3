export { examples, type Example } from '../examples/index.ts';
export { exampleBytes, exampleCity, exampleItems } from './example-city.ts';
export { foreignCity, foreignItems, foreignPaths } from './foreign-city.ts';
export { exampleTemplates, secondTemplates } from './example-templates.ts';
export { createMemorySource, live, type MemorySourceOptions } from './memory-source.ts';
export { renderAll } from './render-all.ts';
export { serveOutputs, strictPolicy, type ServedOutputs } from './serve-outputs.ts';
export { secondCity, secondItems } from './second-city.ts';
export { styleGuide, typeScale } from './style-guide.ts';
