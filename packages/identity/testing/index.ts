export * from './open-providers.ts';
export * from './soft-authenticator.ts';
