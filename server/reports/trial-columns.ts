import type { AccountType } from '@/server/ledger/core/types';
import type { TrialLine } from './trial-balance';

/** Where an accountant expects an account's balance to stand (../shared/design/postings.md says why of each). */
const DEBIT_BY_NATURE: ReadonlySet<string> = new Set<AccountType>([
  'PROMOTION_EXPENSE',
  'PROVIDER_CLEARING',
  'EXTERNAL_SETTLEMENT',
]);

export function normalSideOf(type: string): 'debit' | 'credit' {
  return DEBIT_BY_NATURE.has(type) ? 'debit' : 'credit';
}

export interface TypeSum {
  readonly type: string;
  accounts: number;
  debitMinor: bigint;
  creditMinor: bigint;
}

/** Both columns of one currency, as lines go by. */
export class TrialColumns {
  readonly currency: string;
  readonly types: TypeSum[] = [];
  debitMinor = 0n;
  creditMinor = 0n;

  constructor(currency: string) {
    this.currency = currency;
  }

  get isBalanced(): boolean {
    return this.debitMinor === this.creditMinor;
  }

  /** Lines come by type. */
  add({ type, accounts, debitMinor, creditMinor }: TrialLine): void {
    let sum = this.types.at(-1);
    if (sum?.type !== type) {
      sum = { type, accounts: 0, debitMinor: 0n, creditMinor: 0n };
      this.types.push(sum);
    }
    sum.accounts += accounts;
    sum.debitMinor += debitMinor;
    sum.creditMinor += creditMinor;
    this.debitMinor += debitMinor;
    this.creditMinor += creditMinor;
  }
}

export type TrialEvent =
  | { readonly kind: 'begin'; readonly columns: TrialColumns }
  | { readonly kind: 'line'; readonly line: TrialLine }
  | { readonly kind: 'end'; readonly columns: TrialColumns };

/** Lines with where each currency begins and, with its columns summed up, ends. A page at a time. */
export async function* trialEvents(
  pages: AsyncIterable<readonly TrialLine[]>,
): AsyncGenerator<readonly TrialEvent[], void, undefined> {
  let columns: TrialColumns | null = null;
  for await (const lines of pages) {
    const events: TrialEvent[] = [];
    for (const line of lines) {
      if (columns === null || columns.currency !== line.currency) {
        if (columns !== null) events.push({ kind: 'end', columns });
        columns = new TrialColumns(line.currency);
        events.push({ kind: 'begin', columns });
      }
      columns.add(line);
      events.push({ kind: 'line', line });
    }
    yield events;
  }
  if (columns !== null) yield [{ kind: 'end', columns }];
}
