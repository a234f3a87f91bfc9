import { APPLICATION_ROLE, openDatabase } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { Batcher } from './batcher';
import { idSource } from './ids';
import type { Ledger } from './ledger';

export interface LedgerOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly queueMax?: number;
  readonly batchMax?: number;
  readonly patienceMs?: number;
}

/** Opens the posting path on connections of its own: they lock, so they wait for nobody else's work. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { pool } = openDatabase({
    url: options.url,
    // One batch in flight, and a little room for previews.
    maxConnections: 3,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa-ledger',
    settings: { lock_timeout: '5s', idle_in_transaction_session_timeout: '5s' },
    queryTimeoutMs: 10_000,
    pipeline: true,
  });
  const { rows } = await pool.query<{ worker: string }>("select nextval('id_workers') as worker");
  const batcher = new Batcher({
    pool,
    nowMs: () => options.clock.fixedMs(),
    nextId: idSource(Number(rows[0]?.worker)),
    queueMax: options.queueMax ?? 4_000,
    batchMax: options.batchMax ?? 256,
    patienceMs: options.patienceMs ?? 8_000,
  });
  const closeBatcher = batcher.close.bind(batcher);
  return Object.assign(batcher, {
    close: async (): Promise<void> => {
      await closeBatcher();
      await pool.end();
    },
  });
}
