import type pg from 'pg';
import { AccountMemory } from './account-memory';
import { type AnswerRow, sendAppend, sendAppendAlone } from './append';
import { answersOf, asGroup, type Group, giveUp, groupOutcome, type Item } from './batch-items';
import { type Decision, decide, decideTogether } from './core/decide';
import type { LedgerState } from './core/state';
import type { Command, Outcome } from './core/types';
import { DecisionFault, failureOf, isDatabaseError, isUnique, STALE } from './failures';
import { AnswerExists, GROUP_MAX, type GroupOutcome, type Ledger, type LedgerAnswer, LedgerBusy } from './ledger';
import { sendLoad, toState } from './load';
import { sent } from './pipelined';

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

/**
 * Group commit: whatever arrives while one batch commits goes into the next; no timer. One batch in flight a process.
 */
export class Batcher implements Ledger {
  private readonly waiting: Item[] = [];
  private client: pg.PoolClient | null = null;
  private running: Promise<void> | null = null;
  private closing = false;
  private readonly memory = new AccountMemory();

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
      this.waiting.push({ command, answer, group: null, resolve, reject, retried: false });
      this.start();
    });
  }

  async submitAll(
    commands: readonly Command[],
    answer: LedgerAnswer<GroupOutcome> | null = null,
  ): Promise<GroupOutcome> {
    const results = await this.submitGroup(commands, true, answer && asGroup(answer));
    const outcomes: Outcome[] = [];
    for (const result of results) {
      // They failed together: one error is every one's.
      if (result instanceof Error) throw result;
      outcomes.push(result);
    }
    return groupOutcome(outcomes);
  }

  async submitEach(
    commands: readonly Command[],
    answer: LedgerAnswer<readonly Outcome[]> | null = null,
  ): Promise<readonly (Outcome | Error)[]> {
    const results = await this.submitGroup(commands, false, answer);
    const [first] = results;
    if (first instanceof Error && results.every((result) => result instanceof Error)) throw first;
    return results;
  }

  private submitGroup(
    commands: readonly Command[],
    atomic: boolean,
    answer: LedgerAnswer<readonly Outcome[]> | null,
  ): Promise<(Outcome | Error)[]> {
    const size = commands.length;
    if (size < 1 || size > GROUP_MAX) return Promise.reject(new RangeError(`A group has 1 to ${GROUP_MAX} commands.`));
    if (this.closing) return Promise.reject(new LedgerBusy('closing'));
    // One that is larger than the bound itself is taken when nothing waits, or it never would be.
    if (this.waiting.length > 0 && this.waiting.length + size > this.options.queueMax) {
      return Promise.reject(new LedgerBusy('queue_full'));
    }
    return new Promise((resolve) => {
      const group: Group = { size, atomic, answer };
      const results = new Array<Outcome | Error>(size);
      let left = size;
      commands.forEach((command, i) => {
        const settle = (result: Outcome | Error): void => {
          results[i] = result;
          if (--left === 0) resolve(results);
        };
        this.waiting.push({ command, answer: null, group, resolve: settle, reject: settle, retried: false });
      });
      this.start();
    });
  }

  private start(): void {
    // After this turn of the event loop: what arrived in the same turn rides along.
    this.running ??= new Promise((done) => setImmediate(() => void this.run().then(done)));
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
      const items = this.nextBatch();
      // The next batch's first message goes out before the last one's answers are rendered: PostgreSQL works meanwhile.
      const settling = this.settle(items);
      if (this.client !== null) await Promise.race([sent(this.client), settling]);
      answerLast();
      answerLast = await settling;
    }
    this.running = null;
    answerLast();
  }

  /** The group that waits longest, or what came by itself before the next group. */
  private nextBatch(): Item[] {
    const group = this.waiting[0]?.group ?? null;
    if (group !== null) return this.waiting.splice(0, group.size);
    const most = Math.min(this.waiting.length, this.options.batchMax);
    let count = 0;
    while (count < most && this.waiting[count]?.group === null) count++;
    return this.waiting.splice(0, count);
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

  /**
   * The batch was rolled back by one of its members: halves find it, so that it fails alone. What stands or falls
   * together fails together, and so does a group whose answer is there already.
   */
  private async bisect(items: Item[], failure: Error): Promise<() => void> {
    const answerExists = isUnique(failure, 'answers_pkey');
    const group = items[0]?.group ?? null;
    if (items.length === 1 || (group !== null && (group.atomic || answerExists))) {
      const cause = failure instanceof DecisionFault && failure.cause instanceof Error ? failure.cause : failure;
      const error = answerExists ? new AnswerExists() : cause;
      return () => {
        for (const item of items) item.reject(error);
      };
    }
    const middle = Math.ceil(items.length / 2);
    const first = await this.settle(items.slice(0, middle));
    const second = await this.settle(items.slice(middle));
    return () => {
      first();
      second();
    };
  }

  /** One attempt. Plain movements of remembered accounts take one trip; everything else is decided under locks. */
  private async post(items: Item[]): Promise<readonly Outcome[]> {
    const client = this.client ?? (await this.connect());
    try {
      return (await this.postFromMemory(client, items)) ?? (await this.postUnderLocks(client, items));
    } catch (error) {
      await this.abandon(client, error);
      throw error;
    }
  }

  /** Null when memory does not do: nothing was written then, and the batch is to be decided under locks. */
  private async postFromMemory(client: pg.PoolClient, items: Item[]): Promise<readonly Outcome[] | null> {
    const recalled = this.memory.recall(items);
    if (recalled === null) return null;
    const { state, versions } = recalled;
    const { outcomes, work, answers } = this.decide(items, state, this.options.nowMs() ?? recalled.nowMs);
    // A refusal writes nothing, so no fence would notice that it was decided on what is no longer so.
    if (!outcomes.every((outcome) => outcome.ok)) return null;
    for (const item of items) item.retried = true;
    try {
      await sendAppendAlone(client, work, versions, answers);
    } catch (error) {
      if (!isDatabaseError(error) || !STALE.has(error.code)) throw error;
      this.memory.forget(recalled);
      for (const item of items) item.retried = false;
      return null;
    }
    this.memory.committed(work, versions);
    return outcomes;
  }

  /** Two trips: lock and read, then append and commit. */
  private async postUnderLocks(client: pg.PoolClient, items: Item[]): Promise<readonly Outcome[]> {
    const fixedNowMs = this.options.nowMs();
    const loaded = await toState(client, await sendLoad(client, items, fixedNowMs));
    this.memory.clockSeen(loaded);
    const { outcomes, work, answers } = this.decide(items, loaded.state, fixedNowMs ?? loaded.databaseNowMs);
    for (const item of items) item.retried = true;
    await sendAppend(client, work, loaded.versions, answers);
    this.memory.committed(work, loaded.versions);
    return outcomes;
  }

  private decide(items: readonly Item[], state: LedgerState, nowMs: number): Decision & { answers: AnswerRow[] } {
    const decideBatch = items[0]?.group?.atomic === true ? decideTogether : decide;
    try {
      const decision = decideBatch(
        state,
        items.map((item) => item.command),
        nowMs,
        this.options.nextId,
      );
      return { ...decision, answers: answersOf(items, decision.outcomes) };
    } catch (error) {
      throw new DecisionFault(error);
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
    // PostgreSQL answered with an error, or we did: rolled back for certain, and the connection is good.
    const alive = isDatabaseError(error) || error instanceof DecisionFault;
    const clean = alive && (await succeeds(client.query('rollback')));
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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
