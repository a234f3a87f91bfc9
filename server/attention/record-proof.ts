import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { sqlNow } from '@/server/kernel/sql-time';
import { type Proof, proveBooks } from '@/server/ledger/books/prove';
import type { Ledger } from '@/server/ledger/ledger';

/** Those that ARCHITECTURE.md numbers. */
const INVARIANTS = 19;

/**
 * Proves all books and keeps what came of it, for people to read.
 * @param proving reads the books, which takes longer than any request may: a pool without a bound of time
 */
export async function proveAndRecord(
  parts: { readonly db: Database; readonly clock: Clock; readonly ledger: Pick<Ledger, 'nextId'> },
  proving: Database['pool'] = parts.db.pool,
): Promise<Proof> {
  const startedMs = performance.now();
  const proof = await proveBooks(proving);
  const { findings, counts } = proof;
  await parts.db.pool.query(
    `insert into books_proofs (id, proved_at, duration_ms, invariants, findings, broken, accounts, journals, entries)
     values ($2, ${sqlNow(1)}, $3, $4, $5, $6, $7, $8, $9)`,
    [
      parts.clock.fixedMs(),
      parts.ledger.nextId(),
      Math.round(performance.now() - startedMs),
      INVARIANTS,
      findings.length,
      [...new Set(findings.map(({ invariant }) => invariant))],
      counts.accounts,
      counts.journals,
      counts.entries,
    ],
  );
  return proof;
}

/** Whether anybody has proved the books within a day. */
export async function isLatelyProved(db: Database): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `select from books_proofs where proved_at > now() - interval '1 day' limit 1`,
  );
  return rowCount === 1;
}
