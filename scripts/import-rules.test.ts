import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Each row of the table of layers: what a file there must not import, and what it may. */
const rows = [
  {
    file: 'contracts/wallets.ts',
    refused: ['@/server/kernel/clock', '../server/kernel/clock', '@/db/client', 'hono', '@hono/zod-openapi', 'node:fs'],
    allowed: ['zod', './money', '@/contracts/money'],
  },
  {
    file: 'server/ledger/core/decide.ts',
    refused: ['@/server/kernel/clock', '../store', '@/db/client', 'drizzle-orm', 'hono', 'next', 'node:fs', 'zod'],
    allowed: ['./types', '@/contracts/money', '@/contracts/ids', 'node:crypto'],
  },
  {
    file: 'server/wallets/freeze-wallet.ts',
    refused: ['@/server/http/app', '../http/app', '@/app/layout', '../../app/layout', '@/components/ui/button'],
    allowed: [
      '@/server/ledger/ledger',
      '@/server/kernel/context',
      '@/contracts/ids',
      '@/db/client',
      '@/server/audit/record',
    ],
  },
  {
    file: 'server/http/v1/wallets.ts',
    refused: ['@/app/layout', '@/components/ui/button', '../../../app/layout'],
    allowed: ['@/server/wallets/freeze-wallet', '@/server/kernel/context', '@/contracts/ids', '../operation'],
  },
  {
    file: 'app/page.tsx',
    refused: ['@/db/client', '../db/client', '@/server/wallets/store', '@/server/ledger/ledger', 'pg', 'drizzle-orm'],
    allowed: ['@/contracts/ids', '@/server/wallets/read', '@/components/ui/button', '@/server/http/openapi'],
  },
  {
    file: 'app/v1/[[...path]]/route.ts',
    refused: ['@/db/client', '@/server/ledger/ledger', '@/server/wallets/store'],
    allowed: ['@/server/http/mount'],
  },
  {
    file: 'components/money/amount.tsx',
    refused: ['@/db/client', '../../db/client', '@/server/wallets/store', '@/server/ledger/ledger'],
    allowed: ['@/contracts/money', '@/components/ui/button'],
  },
  {
    file: 'simulator/providers/daraja.ts',
    refused: ['@/server/kernel/clock', '../../server/providers/provider', '@/db/client', '@/app/layout', 'pg'],
    allowed: ['@/contracts/money', '../simulator', './wire', 'hono', 'node:crypto'],
  },
  {
    file: 'db/schema/wallets.ts',
    refused: ['@/server/kernel/clock', '../../server/kernel/clock', '@/app/layout', '@/components/ui/button'],
    allowed: ['drizzle-orm', 'drizzle-orm/pg-core', './accounts', '@/contracts/ids'],
  },
];

const root = path.resolve(import.meta.dirname, '..');
const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
let copy: string;
let refusedLines: Set<string>;

const importsOf = (row: (typeof rows)[number]) => [...row.refused, ...row.allowed];

/** One import to a line, so that the line says which was refused. */
beforeAll(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), 'pesewa-import-rules-'));
  const { vcs: _, $schema: __, ...configuration } = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8'));
  writeFileSync(path.join(copy, 'biome.json'), JSON.stringify(configuration));
  for (const row of rows) {
    const file = path.join(copy, row.file);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      importsOf(row)
        .map((name, index) => `export { hash as x${index} } from '${name}';\n`)
        .join(''),
    );
  }
  refusedLines = refusalsIn(copy);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function refusalsIn(directory: string): Set<string> {
  const args = [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none', '.'];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const matches = output.matchAll(/title=lint\/style\/noRestrictedImports,file=(.+?),line=(\d+)/g);
  return new Set(
    [...matches].map(([, file = '', line]) => `${path.relative(directory, path.resolve(directory, file))}:${line}`),
  );
}

describe.each(rows)('$file', (row) => {
  const isRefused = (name: string) => refusedLines.has(`${row.file}:${importsOf(row).indexOf(name) + 1}`);

  it.each(row.refused)('may not import %s', (name) => expect(isRefused(name)).toBe(true));
  it.each(row.allowed)('may import %s', (name) => expect(isRefused(name)).toBe(false));
});
