import type { ErrorCode } from '@/contracts/errors';
import { formatEntryId, formatId } from '@/contracts/ids';
import { formatMajor4, formatMinor } from '@/contracts/money';
import { Problem } from '@/server/kernel/problem';
import type { Refusal, RefusalCode } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';

type Details = Refusal['details'];

/** How a family of the API speaks: its noun, its codes and fields where they differ, its amounts and its ids. */
export interface RefusalWords {
  readonly noun: 'wallet' | 'account';
  readonly codes: Partial<Record<RefusalCode, ErrorCode>>;
  /** The field at fault. */
  readonly fields: Readonly<Record<'amount' | 'currency' | 'reference' | 'businessDate', string | null>>;
  amount(minor: bigint, currency: string | null): string | number;
  /** Null where it would say nothing. */
  account(id: string): readonly [name: string, value: string] | null;
  transaction(journalId: string): string;
}

/** `/v1`: wallets, integers of minor units, public ids. */
export const WALLET_WORDS: RefusalWords = {
  noun: 'wallet',
  codes: {
    account_frozen: 'wallet_frozen',
    account_inactive: 'wallet_inactive',
    account_closed: 'wallet_closed',
    same_account: 'same_wallet',
  },
  fields: { amount: 'amount', currency: 'currency', reference: 'reference', businessDate: null },
  amount: (minor) => Number(minor),
  account: (id) => ['wallet_id', formatId('wallet', id)],
  transaction: (journalId) => formatEntryId(journalId, 1),
};

/**
 * `/api/v1`: accounts by their numbers, four decimals of major units, ids as decimal text.
 * @param numbers of the accounts that the request may name, by id
 */
export function accountWords(numbers: ReadonlyMap<string, string>): RefusalWords {
  return {
    noun: 'account',
    codes: {
      account_frozen: 'account_frozen',
      account_inactive: 'account_inactive',
      account_closed: 'account_closed',
      same_account: 'same_account',
    },
    fields: {
      amount: 'transaction_amount',
      currency: null,
      reference: 'source_transaction_id',
      businessDate: 'transaction_date',
    },
    amount: (minor, currency) => (currency === null ? String(minor) : formatMajor4(minor, currency)),
    account: (id) => {
      const number = numbers.get(id);
      return number === undefined ? null : ['account_number', number];
    },
    transaction: (journalId) => entryId(journalId, 1),
  };
}

interface Wording {
  readonly code: ErrorCode;
  readonly message: (details: Details, words: RefusalWords) => string;
  readonly field?: keyof RefusalWords['fields'];
  /** Where every family has one name for it. */
  readonly param?: string;
}

/** Every refusal of the ledger in the words of the API. */
const WORDINGS: Record<RefusalCode, Wording> = {
  account_not_found: { code: 'resource_missing', message: (_, { noun }) => `There is no such ${noun}.` },
  insufficient_funds: {
    code: 'insufficient_funds',
    message: (d, { noun }) =>
      `The ${noun} has ${money(d, 'available')} available and this takes ${money(d, 'required')}: ${money(d, 'shortfall')} short.`,
    field: 'amount',
  },
  account_frozen: {
    code: 'account_frozen',
    message: (_, { noun }) => `The ${noun} is frozen: money may come in, none may go out.`,
  },
  account_inactive: {
    code: 'account_inactive',
    message: (_, { noun }) => `The ${noun} is inactive: it moves no money in or out.`,
  },
  account_closed: { code: 'account_closed', message: (_, { noun }) => `The ${noun} is closed.` },
  currency_mismatch: {
    code: 'currency_mismatch',
    message: (d, { noun }) => `The ${noun} is in ${d['expected']}, the request in ${d['given']}.`,
    field: 'currency',
  },
  reference_conflict: {
    code: 'reference_conflict',
    message: (d, { noun }) =>
      `The reference ${d['reference']} was used on this ${noun} with another amount or other terms.`,
    field: 'reference',
  },
  balance_out_of_range: {
    code: 'balance_out_of_range',
    message: (d) => `The balance would pass the limit of ${money(d, 'limit')}.`,
    field: 'amount',
  },
  expires_at_past: { code: 'expires_at_past', message: () => 'expires_at is in the past.', param: 'expires_at' },
  business_date_future: {
    code: 'parameter_invalid',
    message: (d, { fields }) =>
      `\`${fields.businessDate ?? 'The business date'}\` may lie a day ahead at the most: ${isoOf(d, 'latest_ms')} at the latest.`,
    field: 'businessDate',
  },
  same_account: {
    code: 'same_account',
    message: (_, { noun }) => `Source and destination are the same ${noun}.`,
  },
  holds_active: {
    code: 'holds_active',
    message: (d) => `Active holds set ${money(d, 'held')} aside: capture or void them first.`,
  },
  balance_negative: {
    code: 'balance_negative',
    message: (d, { noun }) =>
      `The ${noun}’s balance is ${money(d, 'balance')}: it must not owe money when it is closed.`,
  },
  balance_not_zero: {
    code: 'balance_not_zero',
    message: (d, { noun }) => `The ${noun}’s balance is ${money(d, 'balance')}: empty it before it is closed.`,
  },
  minimum_balance_not_met: {
    code: 'minimum_balance_not_met',
    message: (d, { noun }) =>
      `The ${noun} would be under its minimum balance of ${money(d, 'minimum')}: it has ${money(d, 'available')} that no hold sets aside.`,
    param: 'minimum_balance',
  },
  account_is_system: {
    code: 'account_is_system',
    message: (_, { noun }) => `The ${noun} is one of those the system made for itself: it stays as it is.`,
  },
  already_reversed: {
    code: 'already_reversed',
    message: (d, words) =>
      typeof d['journal_id'] === 'string'
        ? `The transaction has been reversed already, by ${words.transaction(d['journal_id'])}.`
        : 'The transaction has been reversed already.',
  },
  not_reversible: { code: 'not_reversible', message: () => 'This kind of transaction cannot be reversed.' },
  hold_not_found: { code: 'resource_missing', message: () => 'There is no such hold.' },
  hold_not_active: { code: 'hold_not_active', message: (d) => `The hold is ${d['status'] ?? 'no longer active'}.` },
  capture_exceeds_hold: {
    code: 'capture_exceeds_hold',
    message: (d) => `The hold is of ${money(d, 'held')}; ${money(d, 'required')} cannot be captured from it.`,
    field: 'amount',
  },
  service_inactive: {
    code: 'service_inactive',
    message: () => 'The client service is inactive.',
    param: 'client_service_code',
  },
  service_type_not_allowed: {
    code: 'service_type_not_allowed',
    message: (d) =>
      d['type'] === undefined
        ? 'The client service does not allow this type of transaction.'
        : `The client service does not allow the transaction type ${d['type']}.`,
    param: 'client_service_code',
  },
  amount_below_minimum: {
    code: 'amount_below_minimum',
    message: (d) => `The amount is below the client service’s minimum of ${money(d, 'minimum')}.`,
    field: 'amount',
  },
  amount_above_maximum: {
    code: 'amount_above_maximum',
    message: (d) => `The amount is above the client service’s maximum of ${money(d, 'maximum')}.`,
    field: 'amount',
  },
  cap_exceeded: {
    code: 'cap_exceeded',
    message: () => 'The client service’s cap for the period is used up.',
    field: 'amount',
  },
};

/** The one place where the ledger's no becomes a Problem: its code, a message with the figures, public ids. */
export function problemOf(refusal: Refusal, words: RefusalWords = WALLET_WORDS): Problem {
  const wording = WORDINGS[refusal.code];
  const param = wording.field === undefined ? (wording.param ?? null) : words.fields[wording.field];
  return new Problem(words.codes[refusal.code] ?? wording.code, wording.message(refusal.details, words), {
    param,
    details: publicDetails(refusal.details, words),
  });
}

/** Amounts and ids as the family writes them. */
function publicDetails(details: Details, words: RefusalWords): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  const currency = typeof details['currency'] === 'string' ? details['currency'] : null;
  for (const [name, value] of Object.entries(details)) {
    if (value === null) continue;
    if (name === 'account_id') {
      const named = words.account(String(value));
      if (named !== null) shown[named[0]] = named[1];
    } else if (name === 'journal_id') shown['transaction_id'] = words.transaction(String(value));
    else if (name === 'hold_id') shown['hold_id'] = formatId('hold', String(value));
    else if (name === 'latest_ms') shown['latest'] = isoOf(details, name);
    else shown[name] = typeof value === 'bigint' ? words.amount(value, currency) : value;
  }
  return shown;
}

function money(details: Details, name: string): string {
  const value = details[name];
  const currency = details['currency'];
  if (typeof value !== 'bigint') return 'an unknown amount';
  return typeof currency === 'string' ? formatMinor(value, currency) : `${value} minor units`;
}

function isoOf(details: Details, name: string): string {
  return new Date(Number(details[name])).toISOString();
}
