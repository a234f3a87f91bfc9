import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Figure } from './figures';
import type { Sizes } from './options';
import { onServer } from './stage/bench-database';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  readonly postgresql: string;
  readonly settings: Readonly<Record<string, string>>;
}

export interface Run {
  readonly date: string;
  /** Null outside a repository or before its first commit; with `+` when the tree differs from it. */
  readonly commit: string | null;
  readonly machine: Machine;
  readonly command: string;
  readonly rivals: Readonly<Record<string, string>>;
  readonly sizes: Sizes;
  readonly figures: readonly Figure[];
  /** Every round's figure, in order. */
  readonly series: Readonly<Record<string, readonly number[]>>;
  /** What proveBooks went through without a finding. */
  readonly proved: Readonly<Record<string, { readonly journals: number; readonly entries: number }>>;
}

const SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'max_wal_size',
  'wal_compression',
  'jit',
];

export async function describeMachine(serverUrl: string): Promise<Machine> {
  const { rows } = await onServer(serverUrl, (client) =>
    client.query<{ name: string; setting: string }>(
      'select name, current_setting(name) as setting from pg_settings where name = any ($1)',
      [[...SETTINGS, 'server_version']],
    ),
  );
  const { server_version: postgresql = 'unknown', ...settings } = Object.fromEntries(
    rows.map((row) => [row.name, row.setting]),
  );
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    kernel: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.versions.node,
    postgresql,
    settings,
  };
}

export function currentCommit(): string | null {
  try {
    const head = git('rev-parse', '--short=12', 'HEAD');
    return git('status', '--porcelain', '--untracked-files=no') === '' ? head : `${head}+`;
  } catch {
    return null;
  }
}

function git(...args: string[]): string {
  return execFileSync('git', ['--no-optional-locks', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** @returns the file, as a path in the checkout */
export function keep(run: Run): string {
  const directory = path.join('bench', 'results');
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, `${run.date.slice(0, 19).replaceAll(':', '-')}Z.generated.json`);
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`);
  return file;
}
