import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/**
 * A way to sign notes. Everything that signs or verifies takes the suite from here by the algorithm byte in the key,
 * so another one can stand beside Ed25519 without a change to callers.
 */
export interface SignatureSuite {
  readonly name: string;
  /** Signature type identifier, c2sp.org/signed-note “Signature types”. */
  readonly algorithm: number;
  /** Lengths of keys. */
  readonly secretBytes: number;
  readonly publicBytes: number;
  /** `secret` is the private key as the key text holds it. */
  sign(secret: Uint8Array, text: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean;
  publicKey(secret: Uint8Array): Uint8Array;
}

// The fixed DER before the 32 bytes of an Ed25519 key (RFC 8410).
const privateDer = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicDer = Buffer.from('302a300506032b6570032100', 'hex');

/** Ed25519, RFC 8032; secret = the 32-byte seed, public key = 32 bytes. */
export const ed25519: SignatureSuite = {
  name: 'ed25519',
  algorithm: 0x01,
  secretBytes: 32,
  publicBytes: 32,
  sign: (secret, text) => sign(null, text, privateKeyOf(secret)),
  verify: (publicKey, text, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const key = createPublicKey({ key: Buffer.concat([publicDer, publicKey]), format: 'der', type: 'spki' });
    return verify(null, text, key, signature);
  },
  publicKey: (secret) =>
    createPublicKey(privateKeyOf(secret)).export({ format: 'der', type: 'spki' }).subarray(publicDer.length),
};

function privateKeyOf(secret: Uint8Array): KeyObject {
  if (secret.length !== 32) throw new RangeError('an Ed25519 secret has 32 bytes');
  return createPrivateKey({ key: Buffer.concat([privateDer, secret]), format: 'der', type: 'pkcs8' });
}

/** The suites keys may name. */
export const suites: readonly SignatureSuite[] = [ed25519];
