import { type ApiV1ErrorBody, ERRORS, type ErrorBody } from '@/contracts/errors';
import type { Reply } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlStateOf } from '@/server/kernel/transaction';
import { LedgerBusy, OutcomeUnknown } from '@/server/ledger/ledger';

/** `/v1` speaks as Stripe does; `/api/v1` (and the one path its document writes at the root) as its document's family. */
export type Family = 'v1' | 'api_v1';

export function familyOf(pathname: string): Family {
  return pathname.startsWith('/api/') || pathname.startsWith('/transactions') ? 'api_v1' : 'v1';
}

/** A refusal in the words of its family. */
export function renderProblem(
  problem: Problem,
  { requestId, family }: { readonly requestId: string; readonly family: Family },
  baseUrl: string | null,
): Reply {
  const { status, type } = ERRORS[problem.code];
  const body: ErrorBody = {
    error: {
      type,
      code: problem.code,
      message: problem.message,
      param: problem.param,
      request_id: requestId,
      doc_url: `${baseUrl ?? ''}/docs/errors#${problem.code}`,
      details: problem.details,
    },
  };
  if (family === 'v1') return { status, body };
  return { status, body: { status, message: problem.message, error: body.error } satisfies ApiV1ErrorBody };
}

/** Anything thrown as what the caller may hear of it; null for what nobody expected. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof LedgerBusy) {
    if (error.message === 'closing')
      return new Problem(
        'shutting_down',
        'This server is shutting down; nothing was done. Repeat on a new connection.',
        { retryAfterSeconds: 1 },
      );
    return new Problem('ledger_busy', 'The ledger has too much to do; nothing was done. Repeat shortly.', {
      retryAfterSeconds: error.retryAfterSeconds,
    });
  }
  if (error instanceof OutcomeUnknown) {
    return new Problem(
      'outcome_unknown',
      'The database stopped answering before the outcome was known. Repeat with the same reference or Idempotency-Key.',
      { retryAfterSeconds: 1 },
    );
  }
  if (isDatabaseDown(error)) {
    return new Problem('database_unavailable', 'The database cannot be reached. Repeat shortly.', {
      retryAfterSeconds: 2,
    });
  }
  return null;
}

/** Connection lost or refused (08, 57P), no room or no connection left (53), and what sockets say. */
function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const state = sqlStateOf(error);
  if (state !== null) return /^(08|53|57P)/.test(state) || state === 'EPIPE';
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string')
    return /^E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NOTFOUND|AI_AGAIN)$/.test(code);
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/.test(
    error.message,
  );
}

export const internalError = (): Problem =>
  new Problem('internal_error', 'Something went wrong on our side. It has been logged under this request id.');
