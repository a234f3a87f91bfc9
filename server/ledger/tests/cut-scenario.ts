import type pg from 'pg';
import { APPLICATION_ROLE, openDatabase } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { Batcher } from '../batcher';
import type { Command, Outcome, PostedJournal } from '../core/types';
import { idSource } from '../ids';
import type { LedgerHarness } from '../testing';

/** Every kind of command whose effect must be there exactly once, however its connection dies. */
export const CUT_KINDS = [
  'debit with a reference',
  'debit without a reference',
  'promotional credit',
  'paid credit',
  'transfer',
  'reversal',
  'hold with a reference',
  'hold without a reference',
  'capture',
  'void',
  'freeze',
  'limits',
  'close',
  'expiry by sweep',
] as const;
export type CutKind = (typeof CUT_KINDS)[number];

export interface CutCase {
  readonly command: Command;
  /** The same request as a caller who lost track would send it: another command id and reference. */
  readonly fresh: () => Command;
  /** How often the books show its effect. */
  readonly effects: () => Promise<number>;
}

const HOUR = 3_600_000;

/** Fresh wallets and a command on them, with a count of its effects straight from the tables. */
export async function makeCutCase(
  h: LedgerHarness,
  admin: pg.Pool,
  clock: Clock,
  kind: CutKind,
  n: number,
): Promise<CutCase> {
  const wallet = await h.openWallet();
  const other = await h.openWallet();
  const nowMs = clock.fixedMs() ?? 0;
  await succeed(h, h.fund(wallet, 10_000n));
  const reference = `cut_${n}`;
  const fresh = <C extends Command>(command: C): C => ({
    ...command,
    id: h.ledger.nextId(),
    ...('reference' in command && { reference: `again_${n}` }),
  });
  const count = (sql: string) => async (): Promise<number> => {
    const { rows } = await admin.query<{ n: string }>(`select count(*) as n from ${sql}`, [wallet]);
    return Number(rows[0]?.n);
  };
  const journals = (operation: string) => count(`journals where account_id = $1 and operation = '${operation}'`);
  const events = (type: string) => count(`events where account_id = $1 and type = '${type}'`);
  const of = (command: Command, effects: () => Promise<number>): CutCase => ({
    command,
    effects,
    fresh: () => fresh(command),
  });
  switch (kind) {
    case 'debit with a reference':
      return of(h.debit(wallet, 100n, reference), journals('debit'));
    case 'debit without a reference':
      return of(h.debit(wallet, 100n), journals('debit'));
    case 'promotional credit':
      return of(h.promote(wallet, 100n, { expiresAtMs: nowMs + HOUR, reference }), count('lots where account_id = $1'));
    case 'paid credit':
      return of(h.fund(wallet, 100n, reference), count("journals where account_id = $1 and reference like '%\\_%'"));
    case 'transfer':
      return of(h.transfer(wallet, other, 100n, reference), journals('transfer'));
    case 'reversal':
      return of(h.reverse(await posted(h, h.debit(wallet, 100n))), journals('reversal'));
    case 'hold with a reference':
      return of(h.hold(wallet, 100n, nowMs + HOUR, reference), count('holds where account_id = $1'));
    case 'hold without a reference':
      return of(h.hold(wallet, 100n, nowMs + HOUR), count('holds where account_id = $1'));
    case 'capture':
      return of(h.capture(wallet, await holdOn(h, wallet, nowMs)), journals('capture'));
    case 'void':
      return of(h.voidHold(wallet, await holdOn(h, wallet, nowMs)), events('hold.voided'));
    case 'freeze':
      return of(h.setStatus(wallet, 'frozen'), events('wallet.frozen'));
    case 'close':
      return of(h.setStatus(wallet, 'closed'), journals('close'));
    case 'limits':
      return of(h.change(wallet, { minimumBalanceMinor: 7n }), events('wallet.updated'));
    case 'expiry by sweep':
      await succeed(h, h.hold(wallet, 100n, nowMs + 1));
      return of(h.sweep(wallet), events('hold.expired'));
  }
}

async function succeed(h: LedgerHarness, command: Command): Promise<Extract<Outcome, { ok: true }>> {
  const outcome = await h.ledger.submit(command);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome;
}

async function posted(h: LedgerHarness, command: Command): Promise<PostedJournal> {
  const { posted: journal } = await succeed(h, command);
  if (journal === null) throw new Error('Nothing was posted.');
  return journal;
}

async function holdOn(h: LedgerHarness, wallet: string, nowMs: number): Promise<string> {
  const { hold } = await succeed(h, h.hold(wallet, 300n, nowMs + HOUR));
  return hold?.id ?? '';
}

/** A batcher as `openLedger` makes it, but through the proxy and with little patience, so that stalls end soon. */
export function batcherThrough(
  url: string,
  port: number,
  clock: Clock,
  patienceMs: number,
  applicationName = 'pesewa-cut',
) {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  const { pool } = openDatabase({
    url: through.href,
    maxConnections: 3,
    role: APPLICATION_ROLE,
    applicationName,
    settings: { lock_timeout: '2s', idle_in_transaction_session_timeout: '300ms' },
    queryTimeoutMs: 400,
    pipeline: true,
  });
  const batcher = new Batcher({
    pool,
    nowMs: () => clock.fixedMs(),
    nextId: idSource(127),
    queueMax: 1_000,
    batchMax: 256,
    patienceMs,
  });
  return {
    batcher,
    close: async () => {
      await batcher.close();
      await pool.end();
    },
  };
}
