/** What a policy may ask a second person for. */
export const APPROVAL_VERBS = [
  'credit',
  'reversal',
  'refund',
  'promotion',
  'service_change',
  'payout_destination',
  'policy_change',
] as const;
export type ApprovalVerb = (typeof APPROVAL_VERBS)[number];

/** Those that move an amount, which a limit can be set for. */
export const AMOUNT_VERBS: ReadonlySet<ApprovalVerb> = new Set(['credit', 'reversal', 'refund', 'promotion']);

/**
 * `approved`: decided, its effect not known yet, which a job sees to. `executed`: done as it was asked. `failed`: approved,
 * and no longer possible.
 */
export const APPROVAL_STATUSES = [
  'pending',
  'approved',
  'executed',
  'failed',
  'rejected',
  'canceled',
  'expired',
] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];
