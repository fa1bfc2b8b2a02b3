export { smallCommand, smallCommands } from './small-commands.ts';
export { smallTheme } from './small-theme.ts';
export { createSmallWorld, type SmallCommand, type SmallWorld } from './small-world.ts';
