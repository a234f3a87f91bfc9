import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';

/** The portal shows its public key as base64 of the DER alone. @throws for anything but an RSA public key */
export function portalKey(base64: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'rsa') throw new TypeError('Not an RSA key.');
  return key;
}

export function isPortalKey(base64: string): boolean {
  try {
    portalKey(base64);
    return true;
  } catch {
    return false;
  }
}

/** What goes after `Bearer`: the API key, or the session that it was exchanged for, encrypted with the portal's key. */
export function bearerOf(secret: string, key: KeyObject): string {
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(secret, 'utf8')).toString('base64');
}
