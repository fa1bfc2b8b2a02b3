import { ReleaseError } from '@chengmen/release';

/** Names come from lists and logs: none may lead out of the store. Throws `invalid`. */
export function checkStoreName(name: string): void {
  if (name === '' || /(?:^|\/)(?:\.{0,2})(?:\/|$)|[\\\0]/.test(name))
    throw new ReleaseError('invalid', name, 'not a name a store can hold');
}
