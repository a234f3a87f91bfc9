import { APPLICATION_ROLE, openDatabase } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { Batcher } from '@/server/ledger/batcher';
import type { Command, Outcome } from '@/server/ledger/core/types';
import { idSource } from '@/server/ledger/ids';
import type { GroupOutcome, Ledger, LedgerAnswer } from '@/server/ledger/ledger';

/** Nothing here is told to anybody before all of it is there, so nothing waits for the disk: the end does. */
export const UNHURRIED = { synchronous_commit: 'off' } as const;

/** The ledger of a story: what is posted is posted at the story's times, one thing after another. */
export interface SimulatedLedger {
  /** The ledger for what happens at a moment. Times never go back: who comes late is posted at the latest so far. */
  at(ms: number): Ledger;
  close(): Promise<void>;
}

export async function openSimulatedLedger(url: string, startMs: number): Promise<SimulatedLedger> {
  const { pool } = openDatabase({
    url,
    maxConnections: 3,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa-demo-ledger',
    settings: { lock_timeout: '5s', idle_in_transaction_session_timeout: '5s', ...UNHURRIED },
    queryTimeoutMs: 10_000,
    pipeline: true,
  });
  const { rows } = await pool.query<{ worker: string }>("select nextval('id_workers') as worker");
  let nowMs = startMs;
  // Ids sort by age, so they are made of the story's time too.
  let heardMs = startMs;
  const nextId = idSource(Number(rows[0]?.worker), () => heardMs);
  const batcher = new Batcher({
    pool,
    nowMs: () => nowMs,
    nextId,
    queueMax: 4_000,
    batchMax: 256,
    patienceMs: 8_000,
  });
  let last: Promise<unknown> = Promise.resolve();
  /** One batch has one time: whoever has another waits for the one before. */
  const inTurn = <R>(ms: number, post: () => Promise<R>): Promise<R> => {
    const turn = last.then(() => {
      nowMs = Math.max(nowMs, ms);
      return post();
    });
    last = turn.catch(() => {});
    return turn;
  };
  const at = (ms: number): Ledger => {
    heardMs = Math.max(heardMs, ms);
    return {
      nextId,
      queue: batcher.queue,
      submit: (command: Command, answer: LedgerAnswer | null = null): Promise<Outcome> =>
        inTurn(ms, () => batcher.submit(command, answer)),
      submitAll: (commands: readonly Command[], answer: LedgerAnswer<GroupOutcome> | null = null) =>
        inTurn(ms, () => batcher.submitAll(commands, answer)),
      submitEach: (commands: readonly Command[], answer: LedgerAnswer<readonly Outcome[]> | null = null) =>
        inTurn(ms, () => batcher.submitEach(commands, answer)),
      preview: (command: Command) => inTurn(ms, () => batcher.preview(command)),
      close: async () => {},
    };
  };
  return {
    at,
    close: async () => {
      await last;
      await batcher.close();
      await pool.end();
    },
  };
}

/** A clock that stands at one moment. */
export function standingClock(ms: number): Clock {
  return { fixedMs: () => ms };
}
