export { createDesk, type DeskOptions } from './desk.ts';
