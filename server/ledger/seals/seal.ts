import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** The head of one account at the moment of a seal, or, as account 0, of the tenant's audit log. */
export interface SealedHead {
  readonly accountId: string;
  readonly sequence: number;
  /** Hex SHA-256 of the entry, or the audit log's link, with that sequence. */
  readonly hash: string;
}

/**
 * A signed statement of where a tenant's chains stood: the heads that moved since the seal before it. Whoever holds it
 * and the public key can tell later that history was rewritten, without asking us.
 */
export interface Seal {
  readonly version: 1;
  readonly tenantId: string;
  readonly sealId: string;
  readonly sealedAtMs: number;
  /** Digest of the tenant's seal before, or 64 zeros. */
  readonly previousDigest: string;
  /** In account order. */
  readonly heads: readonly SealedHead[];
  readonly digest: string;
  /** Base64 Ed25519 signature of the digest's text. */
  readonly signature: string;
  readonly keyId: string;
}

export const FIRST_SEAL = '0'.repeat(64);

type SealContent = Omit<Seal, 'digest' | 'signature' | 'keyId'>;

export function sealDigest(content: SealContent): string {
  return hash(
    'sha256',
    JSON.stringify([
      content.version,
      content.tenantId,
      content.sealId,
      content.sealedAtMs,
      content.previousDigest,
      content.heads.map((head) => [head.accountId, head.sequence, head.hash]),
    ]),
  );
}

export interface SealKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKeyPem: string;
}

export function sealKeyFrom(privateKeyPem: string): SealKey {
  const privateKey = createPrivateKey(privateKeyPem);
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Error('The seal key must be an Ed25519 private key in PEM form.');
  const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { id: keyIdOf(publicKeyPem), privateKey, publicKeyPem };
}

export function newSealKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A key's id is its own fingerprint, so it can be checked against the key in hand. */
export function keyIdOf(publicKeyPem: string): string {
  const der = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' });
  return `sealkey_${hash('sha256', der).slice(0, 24)}`;
}

export function signSeal(content: SealContent, key: SealKey): Seal {
  const digest = sealDigest(content);
  return {
    ...content,
    digest,
    signature: sign(null, Buffer.from(digest), key.privateKey).toString('base64'),
    keyId: key.id,
  };
}

/** What is wrong with a seal, or null. Needs the public key and nothing else. */
export function sealFault(seal: Seal, publicKeyPem: string): string | null {
  if (seal.version !== 1) return `the seal has version ${String(seal.version)}, which this verifier does not know`;
  if (keyIdOf(publicKeyPem) !== seal.keyId)
    return `the seal names key ${seal.keyId}, the key given is ${keyIdOf(publicKeyPem)}`;
  if (sealDigest(seal) !== seal.digest) return 'the digest does not match the content';
  const signed = verify(
    null,
    Buffer.from(seal.digest),
    createPublicKey(publicKeyPem),
    Buffer.from(seal.signature, 'base64'),
  );
  return signed ? null : 'the signature does not match the digest';
}
