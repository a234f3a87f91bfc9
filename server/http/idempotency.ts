import { createHash } from 'node:crypto';
import type { Database } from '@/db/client';
import { Problem } from '@/server/kernel/problem';

const KEY = /^[\x20-\x7e]{1,128}$/;

export interface StoredAnswer {
  readonly status: number;
  /** JSON text exactly as it was sent. */
  readonly body: string;
}

/** @throws Problem idempotency_key_invalid */
export function requireKey(key: string): string {
  if (KEY.test(key)) return key;
  throw new Problem('idempotency_key_invalid', 'Idempotency-Key must have 1 to 128 printable ASCII characters.');
}

/** What makes two requests the same: method, path, query and the JSON value of the body, whatever its spacing. */
export function fingerprintOf(method: string, pathname: string, search: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${pathname}?${search}\n${canonical(body)}`)
    .digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Answers by Idempotency-Key: those stored with their effects, and the keys whose request runs in this process. */
export class Idempotency {
  readonly #running = new Map<string, string>();

  constructor(private readonly db: Database) {}

  /**
   * Runs `work` unless the key has an answer, which comes back instead.
   * @throws Problem idempotency_key_reused, idempotency_in_progress
   */
  async once<R>(
    tenantId: string,
    key: string,
    fingerprint: string,
    work: () => Promise<R>,
  ): Promise<{ stored: StoredAnswer } | { result: R }> {
    // Across processes the primary key of `answers` decides; within one this map saves the attempt.
    const slot = `${tenantId}|${key}`;
    const running = this.#running.get(slot);
    if (running !== undefined) throw running === fingerprint ? inProgress() : reused();
    this.#running.set(slot, fingerprint);
    try {
      const stored = await this.find(tenantId, key, fingerprint);
      return stored === null ? { result: await work() } : { stored };
    } finally {
      this.#running.delete(slot);
    }
  }

  /** @throws Problem idempotency_key_reused */
  async find(tenantId: string, key: string, fingerprint: string): Promise<StoredAnswer | null> {
    const { rows } = await this.db.pool.query<StoredAnswer & { fingerprint: string }>({
      name: 'find_answer',
      text: 'select fingerprint, status, body from answers where tenant_id = $1 and key = $2',
      values: [tenantId, key],
    });
    const row = rows[0];
    if (row === undefined) return null;
    if (row.fingerprint !== fingerprint) throw reused();
    return row;
  }
}

function inProgress(): Problem {
  return new Problem('idempotency_in_progress', 'The request with this Idempotency-Key is still running.', {
    retryAfterSeconds: 1,
  });
}

function reused(): Problem {
  return new Problem('idempotency_key_reused', 'This Idempotency-Key was used with another request; nothing was done.');
}
