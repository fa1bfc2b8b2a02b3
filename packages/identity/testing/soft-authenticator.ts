import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const flag = { present: 1, verified: 4, attested: 64 };

/** What a test may get wrong on purpose. */
export interface Wrong {
  readonly origin?: string;
  readonly host?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly verified?: boolean;
  readonly signedBy?: SoftAuthenticator;
}

/** An authenticator in software: one passkey on P-256, which counts how often it is used. */
export interface SoftAuthenticator {
  readonly id: string;
  readonly key: KeyObject;
  counter: number;
  create(options: { readonly challenge: string }, wrong?: Wrong): unknown;
  get(options: { readonly challenge: string }, wrong?: Wrong): unknown;
}

export function softAuthenticator(origin: string, host: string): SoftAuthenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credential = randomBytes(16);
  const id = credential.toString('base64url');
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
  const clientData = (type: string, challenge: string, wrong: Wrong): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const head = (flags: number, wrong: Wrong): Buffer => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(authenticator.counter);
    const verified = wrong.verified === false ? 0 : flag.verified;
    return Buffer.concat([hash(wrong.host ?? host), Buffer.from([flags | flag.present | verified]), counter]);
  };
  const authenticator: SoftAuthenticator = {
    id,
    key: privateKey,
    counter: 1,
    create({ challenge }, wrong = {}) {
      const data = Buffer.concat([
        head(flag.attested, wrong),
        Buffer.alloc(16),
        Buffer.from([0, credential.length]),
        credential,
        cose,
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(data.length);
      // {fmt: "none", attStmt: {}, authData: …} in CBOR.
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
        length,
        data,
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, wrong).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    get({ challenge }, wrong = {}) {
      const client = clientData('webauthn.get', challenge, wrong);
      const data = head(0, wrong);
      const signature = sign('sha256', Buffer.concat([data, hash(client)]), (wrong.signedBy ?? authenticator).key);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      };
    },
  };
  return authenticator;
}

function hash(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
