import type { Database } from '@/db/client';
import { int4Array, int8Array, textArray } from '@/server/kernel/wire-arrays';

export interface LoggedRequest {
  readonly tenantId: string;
  readonly id: string;
  readonly requestId: string;
  readonly keyId: string | null;
  readonly userId: string | null;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  readonly errorCode: string | null;
  readonly address: string | null;
  readonly atMs: number;
}

const FLUSH_EVERY_MS = 1_000;
/** About two seconds of the greatest load: a database that is away costs log rows, never memory. */
const WAITING_MAX = 20_000;
const PATH_LENGTH_MAX = 256;

/** Requests as tenants may read them back: kept in memory for a second, written with one statement. */
export class RequestLog {
  #waiting: LoggedRequest[] = [];
  #writing: Promise<void> | null = null;
  #dropped = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly db: Database) {
    this.#timer = setInterval(() => void this.flush(), FLUSH_EVERY_MS);
    this.#timer.unref();
  }

  get dropped(): number {
    return this.#dropped;
  }

  add(request: LoggedRequest): void {
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(request);
    else this.#dropped += 1;
  }

  flush(): Promise<void> {
    if (this.#waiting.length === 0 || this.#writing !== null) return this.#writing ?? Promise.resolve();
    const batch = this.#waiting;
    this.#waiting = [];
    this.#writing = this.#write(batch)
      .catch(() => {
        this.#dropped += batch.length;
      })
      .finally(() => {
        this.#writing = null;
      });
    return this.#writing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.flush();
  }

  async #write(batch: readonly LoggedRequest[]): Promise<void> {
    await this.db.pool.query({
      name: 'write_request_log',
      text: `insert into request_log (tenant_id, id, request_id, api_key_id, user_id, method, path, status, duration_ms, error_code, address, created_at)
             select l.tenant_id, l.id, l.request_id, l.api_key_id, l.user_id, l.method, l.path, l.status, l.duration_us / 1000.0, l.error_code,
                    l.address, to_timestamp(l.at_ms / 1000.0)
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $12::bigint[], $5::text[], $6::text[], $7::integer[], $8::integer[],
                         $9::text[], $10::text[], $11::bigint[])
               as l (tenant_id, id, request_id, api_key_id, user_id, method, path, status, duration_us, error_code, address, at_ms)
             on conflict do nothing`,
      values: [
        int8Array(batch.map((row) => row.tenantId)),
        int8Array(batch.map((row) => row.id)),
        textArray(batch.map((row) => row.requestId)),
        int8Array(batch.map((row) => row.keyId)),
        textArray(batch.map((row) => row.method)),
        // A path that no text column takes must not cost its neighbours their rows.
        textArray(batch.map((row) => row.path.slice(0, PATH_LENGTH_MAX))),
        int4Array(batch.map((row) => row.status)),
        int4Array(batch.map((row) => Math.round(row.durationMs * 1_000))),
        textArray(batch.map((row) => row.errorCode)),
        textArray(batch.map((row) => row.address)),
        int8Array(batch.map((row) => row.atMs)),
        int8Array(batch.map((row) => row.userId)),
      ],
    });
  }
}
