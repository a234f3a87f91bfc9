import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeSecretBoxKey, openSecretBox } from './secret-box';

const [first, second] = [makeSecretBoxKey(), makeSecretBoxKey()];
const boxOf = (...keys: string[]) => openSecretBox({ keys, dataDir: '/nowhere' });

it('opens what it sealed, for the owner alone', () => {
  const sealed = boxOf(first).seal('whsec_ñ', 'webhook_endpoint:1:2');
  expect(sealed).not.toContain('whsec');
  expect(boxOf(first).open(sealed, 'webhook_endpoint:1:2')).toBe('whsec_ñ');
  expect(() => boxOf(first).open(sealed, 'webhook_endpoint:1:3')).toThrow();
});

it('seals the same differently each time', () => {
  const box = boxOf(first);
  expect(box.seal('same', 'a')).not.toBe(box.seal('same', 'a'));
});

it('opens nothing that was changed', () => {
  const sealed = boxOf(first).seal('secret', 'a');
  const [layout, keyId, text = ''] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64');
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes);
    changed[i] = (changed[i] as number) ^ 1;
    expect(() => boxOf(first).open(`${layout}.${keyId}.${changed.toString('base64')}`, 'a')).toThrow();
  }
  for (const broken of ['', 'v1', `v2.${keyId}.${text}`, `v1.${keyId}.AAAA`]) {
    expect(() => boxOf(first).open(broken, 'a')).toThrow();
  }
});

it('reads under an older key and seals under the newest', () => {
  const sealed = boxOf(first).seal('secret', 'a');
  const both = boxOf(second, first);
  expect(both.open(sealed, 'a')).toBe('secret');
  expect(both.isStale(sealed)).toBe(true);
  expect(both.isStale(both.seal('secret', 'a'))).toBe(false);
  expect(() => boxOf(second).open(sealed, 'a')).toThrow(/not at hand/);
});

it('makes a key file for its owner alone, once', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pesewa-box-'));
  try {
    const sealed = openSecretBox({ keys: [], dataDir }).seal('secret', 'a');
    expect(openSecretBox({ keys: [], dataDir }).open(sealed, 'a')).toBe('secret');
    expect(readdirSync(dataDir)).toEqual(['encryption-key']);
    expect(statSync(path.join(dataDir, 'encryption-key')).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
