export * from './actors.ts';
export * from './errors.ts';
export * from './hash.ts';
export * from './ids.ts';
export * from './kinds.ts';
export * from './live.ts';
export * from './media-types.ts';
export * from './review.ts';
