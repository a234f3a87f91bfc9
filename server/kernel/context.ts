import type { Role } from '@/contracts/roles';
import type { Database } from '@/db/client';
import type { Ledger } from '@/server/ledger/ledger';
import type { Clock } from './clock';
import type { Problem } from './problem';
import type { SecretBox } from './secret-box';

/** Who acts, and on whose books. One authenticator yields it; one policy decides by it. */
export interface Principal {
  readonly kind: 'api_key' | 'login' | 'nobody';
  readonly tenantId: string;
  /** The client's public id. */
  readonly clientId: string;
  readonly mode: 'live' | 'test';
  /** Of the API key, or of the session of a log-in. */
  readonly credentialId: string;
  /** As journals and the audit log name it: `api_key:…`, `user:…`. */
  readonly actor: string;
  /** `*` or names such as `wallets:read`. */
  readonly scopes: readonly string[];
  /** Of a log-in. */
  readonly role: Role | null;
  /** One of the operator's own people: may act on any client (`server/clients/act-on.ts`). */
  readonly isOperator: boolean;
  /** True when they have named the client whose books these are. */
  readonly actsOnClient: boolean;
  /** Of a browser's session at the console; absent with keys and access tokens. */
  readonly console?: ConsoleSession;
}

export interface ConsoleSession {
  /** Password or code was given within the last ten minutes. */
  readonly isProved: boolean;
  readonly hasSecondFactor: boolean;
}

/** What a request answers with; `body` is JSON unless `contentType` says otherwise. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Set when the request carries an Idempotency-Key: the verb's transaction stores the rendered answer under it. */
export interface AnswerSlot {
  /** Whose key it is: the caller's own tenant, on whichever client's books the request acts. */
  readonly tenantId: string;
  readonly key: string;
  /** Hash of method, path and body. */
  readonly fingerprint: string;
  /** Renders the verb's result, or its refusal, exactly as the response will. Pure. */
  render(result: unknown): Reply;
  renderProblem(problem: Problem): Reply;
}

/**
 * Set where an act that waited for a second person runs again (`server/approvals/second-person.ts`): to be looked at, which
 * changes nothing, or because it was approved.
 */
export type ApprovalRun =
  | { readonly kind: 'look' }
  | {
      readonly kind: 'granted';
      readonly verb: string;
      readonly amountMinor: bigint | null;
      readonly currency: string | null;
      /** What the second person saw of its terms. */
      readonly termsSeen: string;
    };

/** What a verb is given: who asks, for which request, at which clock, on which books. */
export interface Context {
  readonly principal: Principal;
  readonly requestId: string;
  /** The caller's address, as far as it is known. */
  readonly address: string | null;
  readonly clock: Clock;
  readonly db: Database;
  readonly ledger: Ledger;
  readonly answer: AnswerSlot | null;
  /** Absent but where an act that waited runs again. */
  readonly approval?: ApprovalRun;
  /** Absent where no request asks: set-up. */
  readonly secretBox?: SecretBox;
  /** Hosts that webhooks may go to besides public ones; none when absent. */
  readonly webhookAllowedHosts?: readonly string[];
  /** What the deployment asks of people at the console. */
  readonly people?: { readonly idleMinutes: number; readonly secondFactor: 'operator' | 'everyone' | 'nobody' };
  /** Where this deployment is reached from outside, without a path. */
  readonly publicOrigin?: string;
}
