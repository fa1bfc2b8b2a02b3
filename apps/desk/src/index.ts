export { createDesk, type DeskOptions } from './desk.ts';
export type { Preview } from './previews.ts';
