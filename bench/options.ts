import { parseArgs } from 'node:util';

export const USAGE = `npm run bench                     every figure, at sizes that take about five minutes
npm run bench -- --full           the sizes the bars speak of: five million entries, a million debits
npm run bench -- --assert         exit 1 when a bar is missed
npm run bench -- --only <part>    one of: throughput, batches, fees, table-size, memory, at-rest, payments
                                  (repeatable)
npm run bench -- --profile        only throughput's cold debits, with a CPU profile of the server in .build/bench-profile;
                                  with --only batches, only batches of debits
npm run bench -- --no-build       measure .build/ as it is`;

export const PARTS = ['throughput', 'batches', 'fees', 'table-size', 'memory', 'at-rest', 'payments'] as const;
export type Part = (typeof PARTS)[number];

export interface Sizes {
  readonly coldWallets: number;
  /** How often each comparison is repeated, A B A B …; figures are medians over them. */
  readonly rounds: number;
  readonly sliceMs: number;
  readonly warmUpMs: number;
  /** Journals in the large table; each has two entries. */
  readonly historyJournals: number;
  /** Wallets of the table-size comparison, and the journals of each in its small table. */
  readonly historyWallets: number;
  readonly journalsPerWallet: number;
  readonly memoryDebits: number;
  /** How long each slice of payments is; every one is then waited for. */
  readonly paymentsMs: number;
}

const DEFAULT_SIZES: Sizes = {
  coldWallets: 100_000,
  rounds: 3,
  sliceMs: 4_000,
  warmUpMs: 3_000,
  historyJournals: 250_000,
  historyWallets: 500,
  journalsPerWallet: 30,
  memoryDebits: 150_000,
  paymentsMs: 8_000,
};

const FULL_SIZES: Sizes = {
  ...DEFAULT_SIZES,
  rounds: 5,
  sliceMs: 8_000,
  warmUpMs: 5_000,
  historyJournals: 2_500_000,
  memoryDebits: 1_000_000,
  paymentsMs: 20_000,
};

export interface Options {
  readonly full: boolean;
  readonly assert: boolean;
  readonly profile: boolean;
  readonly build: boolean;
  readonly parts: ReadonlySet<Part>;
  readonly sizes: Sizes;
}

/** Null when only the usage was asked for. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      full: { type: 'boolean', default: false },
      assert: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const parts = values.only ?? PARTS;
  for (const part of parts) {
    if (!isPart(part)) throw new Error(`There is no part "${part}".\n${USAGE}`);
  }
  return {
    full: values.full,
    assert: values.assert,
    profile: values.profile,
    build: !values['no-build'],
    parts: new Set(parts.filter(isPart)),
    sizes: values.full ? FULL_SIZES : DEFAULT_SIZES,
  };
}

function isPart(text: string): text is Part {
  return (PARTS as readonly string[]).includes(text);
}
