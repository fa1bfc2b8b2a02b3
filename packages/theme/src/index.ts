export { bareGonePage } from './bare-gone-page.ts';
export { contrast } from './colour.ts';
export { createTheme } from './create-theme.ts';
export { accessibilityRecord } from './generated/accessibility-record.ts';
export { defaultHue, palette, type Palette, type PaletteName } from './tokens.ts';
