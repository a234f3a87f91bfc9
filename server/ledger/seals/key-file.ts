import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newSealKeyPem, type SealKey, sealKeyFrom } from './seal';

/** The signing key: from the environment, or a file of the data directory made on first use, readable by its owner alone. */
export function openSealKey(options: { privateKeyPem: string | null; dataDir: string }): SealKey {
  if (options.privateKeyPem !== null) return sealKeyFrom(options.privateKeyPem);
  const file = path.join(options.dataDir, 'seal-key.pem');
  try {
    return sealKeyFrom(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  mkdirSync(options.dataDir, { recursive: true });
  try {
    // `wx`: of two processes that start at once one makes the key, the other reads it.
    writeFileSync(file, newSealKeyPem(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return sealKeyFrom(readFileSync(file, 'utf8'));
}
