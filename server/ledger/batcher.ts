import type pg from 'pg';
import { type AnswerRow, sendAppend } from './append';
import { decide } from './core/decide';
import type { Command, Outcome } from './core/types';
import { AnswerExists, type Ledger, type LedgerAnswer, LedgerBusy, OutcomeUnknown } from './ledger';
import { sendLoad, toState } from './load';

export interface BatcherOptions {
  /** A pool of the application's role, for the batcher alone. */
  readonly pool: pg.Pool;
  /** Null lets the database's clock decide. */
  readonly nowMs: () => number | null;
  readonly nextId: () => string;
  readonly queueMax: number;
  readonly batchMax: number;
  /** How long a batch is tried again while the database is away. */
  readonly patienceMs: number;
}

interface Item {
  readonly command: Command;
  readonly answer: LedgerAnswer | null;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  /** True once COMMIT may have been sent: from then on the item's own effect is looked for. */
  retried: boolean;
}

/**
 * Group commit: whatever arrives while one batch commits goes into the next; no timer. One batch in flight a process.
 */
export class Batcher implements Ledger {
  private readonly waiting: Item[] = [];
  private client: pg.PoolClient | null = null;
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(private readonly options: BatcherOptions) {}

  get queue(): { length: number; max: number } {
    return { length: this.waiting.length, max: this.options.queueMax };
  }

  nextId(): string {
    return this.options.nextId();
  }

  submit(command: Command, answer: LedgerAnswer | null = null): Promise<Outcome> {
    if (this.closing) return Promise.reject(new LedgerBusy('closing'));
    if (this.waiting.length >= this.options.queueMax) return Promise.reject(new LedgerBusy('queue_full'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ command, answer, resolve, reject, retried: false });
      // After this turn of the event loop: what arrived in the same turn rides along.
      this.running ??= new Promise((done) => setImmediate(() => void this.run().then(done)));
    });
  }

  async preview(command: Command): Promise<Outcome> {
    const client = await this.options.pool.connect();
    try {
      const nowMs = this.options.nowMs();
      const results = await sendLoad(client, [{ command, retried: false }], nowMs);
      const { state, databaseNowMs } = await toState(client, results);
      const { outcomes } = decide(state, [command], nowMs ?? databaseNowMs, this.options.nextId);
      await client.query('rollback');
      client.release();
      return outcomes[0] as Outcome;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.running;
    this.client?.release();
    this.client = null;
  }

  private async run(): Promise<void> {
    let answerLast = (): void => {};
    while (this.waiting.length > 0) {
      const items = this.waiting.splice(0, this.options.batchMax);
      // The next batch's first message goes out before the last one's answers are rendered: PostgreSQL works meanwhile.
      const settling = this.settle(items);
      answerLast();
      answerLast = await settling;
    }
    this.running = null;
    answerLast();
  }

  /** Brings every item to an end and returns what tells their callers. Never throws. */
  private async settle(items: Item[]): Promise<() => void> {
    const startedAt = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        const outcomes = await this.post(items);
        return () => {
          for (let i = 0; i < items.length; i++) (items[i] as Item).resolve(outcomes[i] as Outcome);
        };
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        const kind = failureOf(failure);
        if (kind === 'statement') return this.bisect(items, failure);
        if (performance.now() - startedAt > this.options.patienceMs) return () => giveUp(items, failure);
        await pause(kind === 'conflict' ? 5 * attempt : Math.min(50 * 2 ** attempt, 1_000));
      }
    }
  }

  /** The batch was rolled back by one of its members: halves find it, so that it fails alone. */
  private async bisect(items: Item[], failure: Error): Promise<() => void> {
    if (items.length === 1) {
      const error = isUnique(failure, 'answers_pkey') ? new AnswerExists() : failure;
      return () => (items[0] as Item).reject(error);
    }
    const middle = Math.ceil(items.length / 2);
    const first = await this.settle(items.slice(0, middle));
    const second = await this.settle(items.slice(middle));
    return () => {
      first();
      second();
    };
  }

  /** One attempt: load and lock, decide, append and commit: two messages to the database. */
  private async post(items: Item[]): Promise<readonly Outcome[]> {
    const client = this.client ?? (await this.connect());
    try {
      const fixedNowMs = this.options.nowMs();
      const loaded = await toState(client, await sendLoad(client, items, fixedNowMs));
      const commands = items.map((item) => item.command);
      const { outcomes, work } = decide(
        loaded.state,
        commands,
        fixedNowMs ?? loaded.databaseNowMs,
        this.options.nextId,
      );
      const answers = answersOf(items, outcomes);
      for (const item of items) item.retried = true;
      await sendAppend(client, work, loaded, answers);
      return outcomes;
    } catch (error) {
      await this.abandon(client, error);
      throw error;
    }
  }

  private async connect(): Promise<pg.PoolClient> {
    const client = await this.options.pool.connect();
    this.client = client;
    // A connection that dies between two batches says so here, and would end the process if nobody listened.
    client.on('error', () => this.drop(client));
    return client;
  }

  private async abandon(client: pg.PoolClient, error: unknown): Promise<void> {
    // PostgreSQL answered with an error: the transaction is rolled back for certain and the connection is good.
    const clean = isDatabaseError(error) && (await succeeds(client.query('rollback')));
    if (!clean) this.drop(client);
  }

  private drop(client: pg.PoolClient): void {
    if (this.client !== client) return;
    this.client = null;
    client.release(true);
  }
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Answers of Idempotency-Keys, rendered before they are certain and committed with what they say. */
function answersOf(items: readonly Item[], outcomes: readonly Outcome[]): AnswerRow[] {
  const rows: AnswerRow[] = [];
  for (let i = 0; i < items.length; i++) {
    const { command, answer, retried } = items[i] as Item;
    const outcome = outcomes[i] as Outcome;
    if (answer === null) continue;
    // Its first attempt committed: the answer stands beside the journal already.
    if (retried && outcome.ok && outcome.replayed && outcome.posted?.journal.id === command.id) continue;
    const { status, body } = answer.render(outcome);
    const journal = outcome.ok ? (outcome.posted?.journal.id ?? null) : null;
    rows.push({ tenant: command.tenantId, key: answer.key, fingerprint: answer.fingerprint, status, body, journal });
  }
  return rows;
}

type Failure = 'statement' | 'conflict' | 'connection';

/** Serialization failure, deadlock, lock timeout: rolled back through nobody's fault, worth the same batch again. */
const CONFLICTS = new Set(['40001', '40P01', '55P03']);
/** Shutdown and start-up of the database, idle timeout: as good as a lost connection. */
const AWAY = new Set(['57P01', '57P02', '57P03', '57P05', '53300', '25P03', '57014']);

function failureOf(error: Error): Failure {
  if (!isDatabaseError(error)) return 'connection';
  if (CONFLICTS.has(error.code)) return 'conflict';
  return AWAY.has(error.code) || error.code.startsWith('08') ? 'connection' : 'statement';
}

function isDatabaseError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

function isUnique(error: Error, constraint: string): boolean {
  return isDatabaseError(error) && error.code === '23505' && 'constraint' in error && error.constraint === constraint;
}

function giveUp(items: readonly Item[], cause: Error): void {
  for (const item of items) item.reject(item.retried ? new OutcomeUnknown(cause) : new LedgerBusy('database_away'));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
