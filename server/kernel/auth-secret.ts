import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the console's cookies are encrypted with: as given, or made once in a file of the data directory that its owner
 * alone may read. Asked when the first cookie is made or read, so that a server without a console leaves no file.
 */
export function openAuthSecret(options: { secret: string | null; dataDir: string }): () => string {
  let loaded = options.secret;
  return () => {
    loaded ??= secretFromFile(options.dataDir);
    return loaded;
  };
}

function secretFromFile(dataDir: string): string {
  const file = path.join(dataDir, 'auth-secret');
  mkdirSync(dataDir, { recursive: true });
  try {
    // `wx`: of two processes that start at once one makes the secret, the other reads it.
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
