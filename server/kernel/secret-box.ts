import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Secrets that must be read again (webhook secrets, providers' credentials), encrypted at rest: AES-256-GCM under a key of
 * the deployment, with the owner as associated data, so that a ciphertext moved to another row does not open.
 */
export interface SecretBox {
  /** @param owner whose it is: `webhook_endpoint:<tenant>:<id>`, `provider:<tenant>:<name>` … */
  seal(plain: string, owner: string): string;
  /** @throws Error when it was tampered with, is another's, or its key is not at hand */
  open(sealed: string, owner: string): string;
  /** True when it was sealed under an older key: seal it anew at the next chance. */
  isStale(sealed: string): boolean;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LAYOUT = 'v1';

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * @param options.keys 32 bytes each in base64: the first seals, all open. Without any, one is made in a file of the data
 *   directory on first use, readable by its owner alone.
 */
export function openSecretBox(options: { keys: readonly string[]; dataDir: string }): SecretBox {
  let loaded: readonly Key[] | null = null;
  const keys = (): readonly Key[] => {
    loaded ??= (options.keys.length > 0 ? options.keys : [keyFromFile(options.dataDir)]).map(keyOf);
    return loaded;
  };
  return {
    seal: (plain, owner) => sealWith(keys()[0] as Key, plain, owner),
    open: (sealed, owner) => openWith(keys(), sealed, owner),
    isStale: (sealed) => sealed.split('.')[1] !== (keys()[0] as Key).id,
  };
}

export function makeSecretBoxKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

function keyOf(base64: string): Key {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== KEY_BYTES) throw new Error('An encryption key has 32 bytes in base64.');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 12), bytes };
}

function sealWith(key: Key, plain: string, owner: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv);
  cipher.setAAD(Buffer.from(`${LAYOUT}|${key.id}|${owner}`));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${LAYOUT}.${key.id}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')}`;
}

function openWith(keys: readonly Key[], sealed: string, owner: string): string {
  const [layout, keyId, base64] = sealed.split('.');
  const key = keys.find((one) => one.id === keyId);
  if (layout !== LAYOUT || base64 === undefined) throw new Error('This is no sealed secret.');
  if (key === undefined) throw new Error(`The encryption key ${keyId} is not at hand.`);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('This is no sealed secret.');
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(`${LAYOUT}|${key.id}|${owner}`));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}

function keyFromFile(dataDir: string): string {
  const file = path.join(dataDir, 'encryption-key');
  mkdirSync(dataDir, { recursive: true });
  try {
    // `wx`: of two processes that start at once one makes the key, the other reads it.
    writeFileSync(file, `${makeSecretBoxKey()}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
