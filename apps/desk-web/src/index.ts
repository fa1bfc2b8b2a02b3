export { bundleDesk, type DeskBundle } from './bundle-desk.ts';
