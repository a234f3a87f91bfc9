import type { ErrorCode } from '@/contracts/errors';
import { formatEntryId, formatId } from '@/contracts/ids';
import { formatMinor } from '@/contracts/money';
import { Problem } from '@/server/kernel/problem';
import type { Refusal, RefusalCode } from '@/server/ledger/core/types';

type Details = Refusal['details'];

interface Wording {
  readonly code: ErrorCode;
  readonly message: (details: Details) => string;
  readonly param?: string;
}

/** Every refusal of the ledger in the words of the API. */
const WORDINGS: Record<RefusalCode, Wording> = {
  account_not_found: { code: 'resource_missing', message: () => 'There is no such wallet.' },
  insufficient_funds: {
    code: 'insufficient_funds',
    message: (d) =>
      `The wallet has ${money(d, 'available')} available and this takes ${money(d, 'required')}: ${money(d, 'shortfall')} short.`,
    param: 'amount',
  },
  account_frozen: { code: 'wallet_frozen', message: () => 'The wallet is frozen: money may come in, none may go out.' },
  account_inactive: { code: 'wallet_inactive', message: () => 'The wallet is inactive: it moves no money in or out.' },
  account_closed: { code: 'wallet_closed', message: () => 'The wallet is closed.' },
  currency_mismatch: {
    code: 'currency_mismatch',
    message: (d) => `The wallet is in ${d['expected']}, the request in ${d['given']}.`,
    param: 'currency',
  },
  reference_conflict: {
    code: 'reference_conflict',
    message: (d) => `The reference ${d['reference']} was used on this wallet with another amount or other terms.`,
    param: 'reference',
  },
  balance_out_of_range: {
    code: 'balance_out_of_range',
    message: (d) => `The balance would pass the limit of ${d['limit']} minor units.`,
    param: 'amount',
  },
  expires_at_past: { code: 'expires_at_past', message: () => 'expires_at is in the past.', param: 'expires_at' },
  same_account: { code: 'same_wallet', message: () => 'Source and destination are the same wallet.' },
  holds_active: {
    code: 'holds_active',
    message: (d) => `Active holds set ${money(d, 'held')} aside: capture or void them first.`,
  },
  balance_negative: {
    code: 'balance_negative',
    message: (d) => `The wallet’s balance is ${money(d, 'balance')}: it must not owe money when it is closed.`,
  },
  already_reversed: { code: 'already_reversed', message: () => 'The transaction has been reversed already.' },
  not_reversible: { code: 'not_reversible', message: () => 'This kind of transaction cannot be reversed.' },
  hold_not_found: { code: 'resource_missing', message: () => 'There is no such hold.' },
  hold_not_active: { code: 'hold_not_active', message: (d) => `The hold is ${d['status'] ?? 'no longer active'}.` },
  capture_exceeds_hold: {
    code: 'capture_exceeds_hold',
    message: (d) => `The hold is of ${money(d, 'held')}; ${money(d, 'required')} cannot be captured from it.`,
    param: 'amount',
  },
  service_inactive: { code: 'service_inactive', message: () => 'The client service is inactive.' },
  service_type_not_allowed: {
    code: 'service_type_not_allowed',
    message: () => 'The client service does not allow this type of transaction.',
  },
  amount_below_minimum: {
    code: 'amount_below_minimum',
    message: () => 'The amount is below the client service’s minimum.',
    param: 'amount',
  },
  amount_above_maximum: {
    code: 'amount_above_maximum',
    message: () => 'The amount is above the client service’s maximum.',
    param: 'amount',
  },
  cap_exceeded: {
    code: 'cap_exceeded',
    message: () => 'The client service’s cap for the period is used up.',
    param: 'amount',
  },
};

/** The one place where the ledger's no becomes a Problem: its code, a message with the figures, public ids. */
export function problemOf(refusal: Refusal): Problem {
  const wording = WORDINGS[refusal.code];
  return new Problem(wording.code, wording.message(refusal.details), {
    param: wording.param ?? null,
    details: publicDetails(refusal.details),
  });
}

/** Amounts as the wire's integers, ids in their public form. */
function publicDetails(details: Details): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(details)) {
    if (value === null) continue;
    if (name === 'account_id') shown['wallet_id'] = formatId('wallet', String(value));
    else if (name === 'journal_id') shown['transaction_id'] = formatEntryId(String(value), 1);
    else if (name === 'hold_id') shown['hold_id'] = formatId('hold', String(value));
    else shown[name] = typeof value === 'bigint' ? Number(value) : value;
  }
  return shown;
}

function money(details: Details, name: string): string {
  const value = details[name];
  const currency = details['currency'];
  if (typeof value !== 'bigint') return 'an unknown amount';
  return typeof currency === 'string' ? formatMinor(value, currency) : `${value} minor units`;
}
