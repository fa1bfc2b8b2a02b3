export * from './cheap-passwords.ts';
export * from './open-providers.ts';
export * from './soft-authenticator.ts';
