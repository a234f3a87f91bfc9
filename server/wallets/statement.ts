import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { originOf } from './origin';
import { readWallet, type WalletView } from './read';
import { type TransactionRow, toTransaction, transactionSql } from './read-transactions';
import { problemOf } from './refusal';
import type { TransactionView } from './transaction-view';

export interface Statement {
  readonly wallet: WalletView;
  readonly fromMs: number;
  readonly toMs: number;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  /** Oldest first, a page at a time; opening + the sum of amounts = closing. */
  readonly pages: () => AsyncGenerator<readonly TransactionView[]>;
}

const PAGE_SIZE = 500;

/**
 * A wallet's entries with `from ≤ posted < to`, in the order of the books. Bounds become sequences once, at the start:
 * neighbouring statements share their boundary, and what arrives while it is read is not in it.
 * @throws Problem resource_missing, parameter_invalid
 */
export async function readStatement(
  ctx: Context,
  input: { readonly walletId: string; readonly fromMs: number | null; readonly toMs: number | null },
): Promise<Statement> {
  const wallet = await readWallet(ctx, input.walletId);
  const fromMs = input.fromMs ?? wallet.createdAtMs;
  const toMs = input.toMs ?? wallet.asOfMs + 1;
  if (fromMs > toMs) throw new Problem('parameter_invalid', 'from must not lie after to.', { param: 'from' });
  // A statement shows entries; what has expired gets its entry first, so that closing and balance agree.
  if (wallet.unpostedExpiryMinor > 0n) await postExpired(ctx, wallet);

  const firstSequence = await firstSequenceAt(ctx, wallet.id, fromMs);
  // Whatever `to` was, nothing posted after this moment belongs to a statement that ends now.
  const endSequence = await firstSequenceAt(ctx, wallet.id, input.toMs);
  const openingMinor = await balanceBefore(ctx, wallet.id, firstSequence);
  const closingMinor = await balanceBefore(ctx, wallet.id, endSequence);
  return {
    wallet,
    fromMs,
    toMs,
    openingMinor,
    closingMinor,
    pages: () => pagesOf(ctx, wallet.id, firstSequence, endSequence),
  };
}

async function postExpired(ctx: Context, wallet: WalletView): Promise<void> {
  const outcome = await ctx.ledger.submit({
    kind: 'sweep',
    accountType: 'CUSTOMER_WALLET',
    tenantId: ctx.principal.tenantId,
    id: ctx.ledger.nextId(),
    origin: originOf(ctx),
    accountId: wallet.id,
  });
  if (!outcome.ok) throw problemOf(outcome.refusal);
}

/**
 * First sequence posted at or after an instant, or one past the last: a binary search, since time rises with the
 * sequence and entries have no index of their own by time. Null asks for one past the last as of now.
 */
async function firstSequenceAt(ctx: Context, walletId: string, atMs: number | null): Promise<bigint> {
  const { rows } = await ctx.db.pool.query<{ sequence: string }>(
    `with recursive search (low, high) as (
       select case when $3::bigint is null then a.sequence + 1 else 1 end, a.sequence + 1
       from accounts a where a.tenant_id = $1 and a.id = $2
       union all
       select case when j.earlier then s.middle + 1 else s.low end, case when j.earlier then s.high else s.middle end
       from (select low, high, (low + high) / 2 as middle from search where low < high) s
       cross join lateral (
         select x.posted_at < timestamptz 'epoch' + $3::bigint * interval '1 millisecond' as earlier
         from entries e
         cross join lateral (select * from journals y where y.tenant_id = e.tenant_id and y.id = e.journal_id limit 1) x
         where e.tenant_id = $1 and e.account_id = $2 and e.sequence = s.middle
       ) j
     )
     select low as sequence from search where low >= high limit 1`,
    [ctx.principal.tenantId, walletId, atMs],
  );
  return BigInt(rows[0]?.sequence ?? '1');
}

async function balanceBefore(ctx: Context, walletId: string, sequence: bigint): Promise<bigint> {
  if (sequence <= 1n) return 0n;
  const { rows } = await ctx.db.pool.query<{ balance_after_minor: string }>(
    'select balance_after_minor from entries where tenant_id = $1 and account_id = $2 and sequence = $3',
    [ctx.principal.tenantId, walletId, String(sequence - 1n)],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`Entry ${sequence - 1n} of account ${walletId} is not there.`);
  return BigInt(row.balance_after_minor);
}

const PAGE = `${transactionSql(`
  select * from entries x
  where x.tenant_id = $1 and x.account_id = $2 and x.sequence >= $3 and x.sequence < $4
  order by x.sequence limit $5`)}
  order by e.sequence`;

async function* pagesOf(
  ctx: Context,
  walletId: string,
  first: bigint,
  end: bigint,
): AsyncGenerator<readonly TransactionView[]> {
  let next = first;
  while (next < end) {
    const values = [ctx.principal.tenantId, walletId, String(next), String(end), PAGE_SIZE];
    const { rows } = await ctx.db.pool.query<TransactionRow>(PAGE, values);
    const last = rows.at(-1);
    // Sequences have no gap, so an empty page here means that the books are damaged; a short statement must not look whole.
    if (last === undefined) throw new Error(`Entries ${next} to ${end} of account ${walletId} are not there.`);
    yield rows.map((row) => toTransaction(ctx, row));
    next = BigInt(last.sequence) + 1n;
  }
}
