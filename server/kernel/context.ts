import type { Database } from '@/db/client';
import type { Ledger } from '@/server/ledger/ledger';
import type { Clock } from './clock';
import type { Problem } from './problem';

/** Who acts. One authenticator yields it; one policy decides by it. */
export interface Principal {
  readonly kind: 'api_key';
  readonly tenantId: string;
  readonly clientId: string;
  readonly mode: 'live' | 'test';
  readonly keyId: string;
  /** `*` or names such as `wallets:read`. */
  readonly scopes: readonly string[];
}

/** What a request answers with; `body` is JSON unless `contentType` says otherwise. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Set when the request carries an Idempotency-Key: the verb's transaction stores the rendered answer under it. */
export interface AnswerSlot {
  readonly key: string;
  /** Hash of method, path and body. */
  readonly fingerprint: string;
  /** Renders the verb's result, or its refusal, exactly as the response will. Pure. */
  render(result: unknown): Reply;
  renderProblem(problem: Problem): Reply;
}

/** What a verb is given: who asks, for which request, at which clock, on which books. */
export interface Context {
  readonly principal: Principal;
  readonly requestId: string;
  readonly clock: Clock;
  readonly db: Database;
  readonly ledger: Ledger;
  readonly answer: AnswerSlot | null;
}
