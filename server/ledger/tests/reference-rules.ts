import type { RefusalCode, ServiceVersion } from '../core/types';
import type { AccountFact, ReferenceBooks } from './reference-books';

/**
 * Why the reference ledger refuses. Every reason that applies is gathered: the documents do not say which of several
 * goes first, so the ledger may answer with any of them, but must answer with one.
 */
export type Reasons = RefusalCode[];

/** 2^53 − 1: what a wallet may hold (spec decision 8). */
const LARGEST = 9_007_199_254_740_991n;

/** Spec decision 7: frozen refuses money out, inactive both ways, closed everything. */
export function moneyOut(books: ReferenceBooks, account: AccountFact): Reasons {
  const status = books.status(account.id);
  return status === 'active' ? [] : [`account_${status}`];
}

export function moneyIn(books: ReferenceBooks, account: AccountFact): Reasons {
  const status = books.status(account.id);
  return status === 'closed' || status === 'inactive' ? [`account_${status}`] : [];
}

export function currency(account: AccountFact, given: string | null): Reasons {
  return given === null || given === account.currency ? [] : ['currency_mismatch'];
}

export function funds(books: ReferenceBooks, account: AccountFact, required: bigint): Reasons {
  return account.canOverdraw || books.available(account) >= required ? [] : ['insufficient_funds'];
}

export function paidFunds(books: ReferenceBooks, account: AccountFact, required: bigint): Reasons {
  return account.canOverdraw || books.freePaid(account.id) >= required ? [] : ['insufficient_funds'];
}

export function room(books: ReferenceBooks, account: AccountFact, coming: bigint): Reasons {
  const balance = books.balance(account.id) + coming;
  return !account.isSystem && (balance > LARGEST || balance < -LARGEST) ? ['balance_out_of_range'] : [];
}

export function service(
  books: ReferenceBooks,
  version: ServiceVersion | null,
  type: 'CREDIT' | 'DEBIT' | 'TRANSFER',
  account: AccountFact,
  amount: bigint,
  nowMs: number,
): Reasons {
  if (version === null) return [];
  const reasons: Reasons = [];
  if (!version.active) reasons.push('service_inactive');
  if (!version.transactionTypes.includes(type)) reasons.push('service_type_not_allowed');
  if (amount < version.minimumAmountMinor) reasons.push('amount_below_minimum');
  if (amount > version.maximumAmountMinor) reasons.push('amount_above_maximum');
  const overDay =
    version.dailyCapMinor !== null && books.used(version, account.id, nowMs, 'day') + amount > version.dailyCapMinor;
  const overMonth =
    version.monthlyCapMinor !== null &&
    books.used(version, account.id, nowMs, 'month') + amount > version.monthlyCapMinor;
  if (overDay || overMonth) reasons.push('cap_exceeded');
  return reasons;
}

/** Fee and tax on the fee, each half up to the minor unit by long division. */
export function charges(version: ServiceVersion | null, amount: bigint): { fee: bigint; tax: bigint } {
  if (version === null || version.fee.type === 'NONE') return { fee: 0n, tax: 0n };
  const asked =
    version.fee.type === 'FIXED' ? version.fee.amountMinor : millionthsHalfUp(amount, version.fee.partsPerMillion);
  const fee = clamp(asked, version.minimumFeeMinor, version.maximumFeeMinor);
  return { fee, tax: millionthsHalfUp(fee, version.taxPartsPerMillion) };
}

export function millionthsHalfUp(amount: bigint, parts: bigint): bigint {
  const whole = (amount * parts) / 1_000_000n;
  const rest = (amount * parts) % 1_000_000n;
  return rest * 2n >= 1_000_000n ? whole + 1n : whole;
}

function clamp(amount: bigint, least: bigint | null, greatest: bigint | null): bigint {
  const raised = least !== null && least > amount ? least : amount;
  return greatest !== null && greatest < raised ? greatest : raised;
}
