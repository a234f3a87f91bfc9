import pg from 'pg';
import { proveBooks } from '@/server/ledger/books/prove';
import type { LoadResult, Until } from '../load/jobs';
import type { LoadGenerator } from '../load/load-generator';
import type { ApiServer } from '../stage/api-server';
import { type BenchDatabase, onServer } from '../stage/bench-database';
import { cpuMs } from '../stage/process-usage';

export interface DebitSlice extends LoadResult {
  /** Where a request carries many: `perSecond` and `answers` are of requests. */
  readonly debitsPerSecond: number;
  /** CPU time a debit took, by process; NaN where the system does not say. */
  readonly microsecondsPerDebit: { readonly server: number; readonly postgres: number; readonly generator: number };
}

export interface DebitLoad {
  readonly wallets: readonly string[];
  readonly connections: number;
  readonly until: Until;
  /** A request of its own for each, or batches of as many. */
  readonly batchOf?: number | null;
  readonly serviceCode?: string | null;
}

const PROOF_STATEMENT_TIMEOUT_MS = 300_000;

/** Debits over HTTP on one database, each acknowledgement kept to be held against the books. */
export class Debits {
  readonly #acknowledged = new Map<string, number>();

  constructor(
    private readonly generator: LoadGenerator,
    readonly database: BenchDatabase,
    readonly server: ApiServer,
    /** In the books before the first debit here, by reference prefix. */
    before: Readonly<Record<string, number>> = {},
  ) {
    for (const [prefix, count] of Object.entries(before)) this.#acknowledged.set(prefix, count);
  }

  async run({ wallets, connections, until, batchOf = null, serviceCode = null }: DebitLoad): Promise<DebitSlice> {
    const prefix = `d${this.#acknowledged.size}`;
    const backends = await this.#backends();
    const serverBefore = cpuMs(this.server.pid);
    const backendsBefore = backends.map(cpuMs);
    const { secret } = this.database;
    const target = { kind: 'debit' as const, wallets, prefix, secret, batchOf, serviceCode };
    const result = await this.generator.run({ kind: 'http', port: this.server.port, connections, until, target });
    const size = batchOf ?? 1;
    this.#acknowledged.set(prefix, result.answers * size);
    const each = (ms: number): number => (ms * 1_000) / (result.answers * size);
    return {
      ...result,
      debitsPerSecond: result.perSecond * size,
      microsecondsPerDebit: {
        server: each(cpuMs(this.server.pid) - serverBefore),
        postgres: each(total(backends.map((pid, i) => cpuMs(pid) - (backendsBefore[i] as number)))),
        generator: each(result.cpuMs),
      },
    };
  }

  /** As many journals as acknowledged answers, slice by slice, and none besides. */
  async checkAcknowledged(): Promise<void> {
    const { rows } = await onServer(this.database.url, (client) =>
      client.query<{ prefix: string; count: string }>(
        `select split_part(reference, '-', 1) as prefix, count(*) as count
         from journals where tenant_id = $1 and kind = 'debit' group by 1`,
        [this.database.tenantId],
      ),
    );
    const posted = new Map(rows.map((row) => [row.prefix, Number(row.count)]));
    for (const prefix of new Set([...this.#acknowledged.keys(), ...posted.keys()])) {
      const answers = this.#acknowledged.get(prefix) ?? 0;
      const journals = posted.get(prefix) ?? 0;
      if (answers !== journals)
        throw new Error(`Slice ${prefix}: ${answers} debits acknowledged, ${journals} in the books.`);
    }
  }

  /** Backends of the server's connections; PostgreSQL's own processes (WAL, checkpoints) are not among them. */
  async #backends(): Promise<number[]> {
    const { rows } = await onServer(this.database.url, (client) =>
      client.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name like 'pesewa%'`,
      ),
    );
    return rows.map((row) => row.pid);
  }
}

/** Without the backends that ended meanwhile: the pool closes those that nobody needs. */
function total(eachMs: readonly number[]): number {
  return eachMs.filter(Number.isFinite).reduce((sum, ms) => sum + ms, 0);
}

/** @returns what was proved, as counts */
export async function requireProof(url: string): Promise<{ readonly journals: number; readonly entries: number }> {
  // A bench that waits for ever says less than one that fails: no statement of a proof may take this long.
  const pool = new pg.Pool({ connectionString: url, max: 1, statement_timeout: PROOF_STATEMENT_TIMEOUT_MS });
  try {
    const { findings, counts } = await proveBooks(pool);
    if (findings.length > 0) throw new Error(`The books are broken:\n${JSON.stringify(findings, null, 2)}`);
    return { journals: counts.journals, entries: counts.entries };
  } finally {
    await pool.end();
  }
}
