import { freePaidMinor } from './lots';
import type { LedgerState } from './state';
import type { Account, Outcome, Refusal, RefusalCode } from './types';
import type { Work } from './work';

/** Thrown inside the core before anything is changed; `decide` turns it into an outcome. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

export function refuse(code: RefusalCode, details: Refusal['details'] = {}): never {
  throw new Refused({ code, details });
}

export const refused = (refusal: Refusal): Outcome => ({ ok: false, refusal });

/** Largest balance an account of the wire's integer families can show: 2^53 − 1. Others go to the column's bound. */
const SAFE_INTEGER_MAX = 9_007_199_254_740_991n;
const COLUMN_MAX = 9_223_372_036_854_775_807n;

export function requireMoneyOut(account: Account): void {
  if (account.status === 'active') return;
  refuse(
    account.status === 'frozen'
      ? 'account_frozen'
      : account.status === 'closed'
        ? 'account_closed'
        : 'account_inactive',
    {
      account_id: account.id,
      status: account.status,
    },
  );
}

export function requireMoneyIn(account: Account): void {
  if (account.status === 'active' || account.status === 'frozen') return;
  refuse(account.status === 'closed' ? 'account_closed' : 'account_inactive', {
    account_id: account.id,
    status: account.status,
  });
}

export function requireCurrency(account: Account, currency: string | null): void {
  if (currency !== null && currency !== account.currency) {
    refuse('currency_mismatch', { expected: account.currency, given: currency });
  }
}

/** A business date may lie a day ahead: clocks differ, and so do the days of zones. */
const BUSINESS_DATE_AHEAD_MS = 86_400_000;

/** The caller's own date of the event; long past is fine (spec decision 26). */
export function requireBusinessDate(work: Work, command: { readonly businessAtMs: number | null }): void {
  const { businessAtMs } = command;
  if (businessAtMs === null || businessAtMs <= work.nowMs + BUSINESS_DATE_AHEAD_MS) return;
  refuse('business_date_future', { latest_ms: work.nowMs + BUSINESS_DATE_AHEAD_MS });
}

/** What may be spent now: balance less holds less the minimum balance. */
export function availableMinor(account: Account): bigint {
  return account.balanceMinor - account.heldMinor - account.minimumBalanceMinor;
}

export function requireFunds(account: Account, requiredMinor: bigint): void {
  if (account.canOverdraw) return;
  const available = availableMinor(account);
  if (available >= requiredMinor) return;
  refuse('insufficient_funds', insufficiency(account, available > 0n ? available : 0n, requiredMinor));
}

/** Beside `requireFunds`: what came in as paid money goes back as paid money. */
export function requirePaidFunds(state: LedgerState, account: Account, requiredMinor: bigint): void {
  if (account.canOverdraw) return;
  const paid = freePaidMinor(account, state.openLots(account.id));
  if (paid < requiredMinor) refuse('insufficient_funds', insufficiency(account, paid > 0n ? paid : 0n, requiredMinor));
}

function insufficiency(account: Account, available: bigint, required: bigint): Refusal['details'] {
  return {
    account_id: account.id,
    currency: account.currency,
    available,
    required,
    shortfall: required - available,
  };
}

export function requireRoom(account: Account, changeMinor: bigint): void {
  const max = account.isSystem ? COLUMN_MAX : SAFE_INTEGER_MAX;
  const balance = account.balanceMinor + changeMinor;
  if (balance > max || balance < -max)
    refuse('balance_out_of_range', { account_id: account.id, limit: max, currency: account.currency });
}
