import { type ApiV1ErrorBody, ERRORS, type ErrorBody, type ErrorCode, type FieldProblem } from '@/contracts/errors';
import type { PaymentErrorBody } from '@/contracts/payments';
import type { Reply } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlStateOf } from '@/server/kernel/transaction';
import { LedgerBusy, OutcomeUnknown } from '@/server/ledger/ledger';

/**
 * `/v1` speaks as Stripe does; `/v1/payments` and `/api/v1` (and the one path its document writes at the root) as their
 * documents' families.
 */
export type Family = 'v1' | 'api_v1' | 'payments';

export function familyOf(pathname: string): Family {
  if (pathname.startsWith('/v1/payments')) return 'payments';
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
  if (family === 'payments') return { status: statusOf(problem.code, family), body: paymentError(problem) };
  return { status, body: { status, message: problem.message, error: body.error } satisfies ApiV1ErrorBody };
}

/**
 * The payments document's codes by what they ask of the caller (spec decision 22). Its list ends with 4103; 5000 is ours,
 * for what no request of theirs caused.
 */
function paymentError(problem: Problem): PaymentErrorBody {
  const { fields } = problem.details as { fields?: readonly FieldProblem[] };
  const errors = (fields ?? (problem.param === null ? [] : [{ param: problem.param, message: problem.message }])).map(
    ({ param, message }) => ({ field: param, message }),
  );
  return { success: false, responseCode: responseCodeOf(problem.code), message: problem.message, errors };
}

/** The HTTP status of a code: in the payments family everything that the gateway declines is 422 (spec decision 22). */
export function statusOf(code: ErrorCode, family: Family): number {
  return family === 'payments' && responseCodeOf(code) === '4070' ? 422 : ERRORS[code].status;
}

function responseCodeOf(code: ErrorCode): PaymentErrorBody['responseCode'] {
  const { status } = ERRORS[code];
  if (code === 'payer_not_allowed') return '4103';
  if (code === 'provider_unavailable' || code === 'amount_below_minimum' || code === 'amount_above_maximum')
    return '4070';
  if (status === 401 || status === 403) return '4101';
  if (status === 422 || status === 429) return '4070';
  return status >= 500 ? '5000' : '4000';
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
