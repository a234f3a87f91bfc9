import { exponentOf } from '@/contracts/money';
import type { AnswerOf, RequestOf } from '@/server/http/api-types';

export type Service = AnswerOf<'get', '/api/v1/client-services/{client_service_code}'>;
export type Version = AnswerOf<'get', '/api/v1/client-services/{client_service_code}/versions'>['data'][number];
export type Changes = NonNullable<
  RequestOf<'post', '/api/v1/client-services/{client_service_code}/preview'>['body']['changes']
>;
export type TransactionType = 'CREDIT' | 'DEBIT' | 'TRANSFER';

/** Rules as the API tells them, of a service or of one of its versions. */
export type Rules = Pick<
  Version,
  | 'has_transaction_fee'
  | 'transaction_fee_type'
  | 'transaction_fee'
  | 'minimum_transaction_amount'
  | 'maximum_transaction_amount'
  | 'is_active'
  | 'transaction_types'
  | 'fee_bearer'
  | 'minimum_transaction_fee'
  | 'maximum_transaction_fee'
  | 'tax_on_fee_percentage'
  | 'daily_cap'
  | 'monthly_cap'
  | 'refund_fees_on_reversal'
>;

/** The same as a form has them: figures are what somebody typed, an empty one is none. */
export interface Draft {
  readonly charged: 'PERCENTAGE' | 'FIXED' | 'NONE';
  readonly rate: string;
  readonly fixed: string;
  readonly leastFee: string;
  readonly greatestFee: string;
  readonly bearer: 'client' | 'customer';
  readonly tax: string;
  readonly givesBack: boolean;
  readonly smallest: string;
  readonly largest: string;
  readonly dayCap: string;
  readonly monthCap: string;
  readonly types: readonly TransactionType[];
  readonly active: boolean;
}

export const NEW_DRAFT: Draft = {
  charged: 'PERCENTAGE',
  rate: '',
  fixed: '',
  leastFee: '',
  greatestFee: '',
  bearer: 'client',
  tax: '0.00',
  givesBack: true,
  smallest: '',
  largest: '',
  dayCap: '',
  monthCap: '',
  types: ['CREDIT', 'DEBIT', 'TRANSFER'],
  active: true,
};

/** @param currency the service's only one, whose decimals amounts are then written with; or null */
export function draftOf(rules: Rules, currency: string | null): Draft {
  const amount = (value: number | null): string => (value === null ? '' : amountText(value, currency));
  const isPercentage = rules.transaction_fee_type === 'PERCENTAGE';
  return {
    charged: rules.has_transaction_fee ? (rules.transaction_fee_type ?? 'NONE') : 'NONE',
    rate: isPercentage ? percentText(rules.transaction_fee) : '',
    fixed: rules.transaction_fee_type === 'FIXED' ? amount(rules.transaction_fee) : '',
    leastFee: amount(rules.minimum_transaction_fee),
    greatestFee: amount(rules.maximum_transaction_fee),
    bearer: rules.fee_bearer,
    tax: percentText(rules.tax_on_fee_percentage),
    givesBack: rules.refund_fees_on_reversal,
    smallest: amount(rules.minimum_transaction_amount),
    largest: amount(rules.maximum_transaction_amount),
    dayCap: amount(rules.daily_cap),
    monthCap: amount(rules.monthly_cap),
    types: rules.transaction_types,
    active: rules.is_active === 1,
  };
}

/** A decimal as JSON has it, in the currency's digits, thousands apart: `5000` as `5,000.00`. */
export function amountText(value: number, currency: string | null): string {
  const [whole = '0', fraction = ''] = String(value).split('.');
  const digits = currency === null ? 2 : exponentOf(currency);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const padded = fraction.padEnd(digits, '0');
  return padded === '' ? grouped : `${grouped}.${padded}`;
}

export function percentText(value: number): string {
  const [whole = '0', fraction = ''] = String(value).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** What was typed without grouping and needless zeros, so that `5,000.00` and `5000` are the same. */
export function plain(text: string): string {
  const trimmed = text.replaceAll(/[,\s]/g, '');
  if (!/^\d+(\.\d+)?$/.test(trimmed)) return trimmed;
  const [whole = '0', fraction = ''] = trimmed.split('.');
  const rest = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`;
}

/** What an update would have to name. Empty where nothing differs. */
export function changesOf(base: Draft, draft: Draft): Changes {
  const changes: Changes = {};
  const feeOf = ({ charged, rate, fixed }: Draft): string => plain(charged === 'FIXED' ? fixed : rate);
  const optional = (text: string): string | null => (plain(text) === '' ? null : plain(text));
  if (draft.charged !== base.charged) {
    changes.has_transaction_fee = draft.charged !== 'NONE';
  }
  if (draft.charged !== 'NONE' && (draft.charged !== base.charged || feeOf(draft) !== feeOf(base))) {
    changes.transaction_fee_type = draft.charged;
    changes.transaction_fee = feeOf(draft);
  }
  if (plain(draft.leastFee) !== plain(base.leastFee)) changes.minimum_transaction_fee = optional(draft.leastFee);
  if (plain(draft.greatestFee) !== plain(base.greatestFee)) {
    changes.maximum_transaction_fee = optional(draft.greatestFee);
  }
  if (draft.bearer !== base.bearer) changes.fee_bearer = draft.bearer;
  if (plain(draft.tax) !== plain(base.tax)) changes.tax_on_fee_percentage = plain(draft.tax) || '0';
  if (draft.givesBack !== base.givesBack) changes.refund_fees_on_reversal = draft.givesBack;
  if (plain(draft.smallest) !== plain(base.smallest)) changes.minimum_transaction_amount = plain(draft.smallest);
  if (plain(draft.largest) !== plain(base.largest)) changes.maximum_transaction_amount = plain(draft.largest);
  if (plain(draft.dayCap) !== plain(base.dayCap)) changes.daily_cap = optional(draft.dayCap);
  if (plain(draft.monthCap) !== plain(base.monthCap)) changes.monthly_cap = optional(draft.monthCap);
  if (draft.types.toSorted().join() !== base.types.toSorted().join()) {
    changes.transaction_types = [...draft.types];
  }
  if (draft.active !== base.active) changes.is_active = draft.active ? 1 : 0;
  return changes;
}

export interface Difference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const TYPE_WORDS: Readonly<Record<TransactionType, string>> = {
  CREDIT: 'Credit',
  DEBIT: 'Debit',
  TRANSFER: 'Transfer',
};

/** Two sets of rules beside each other, in the form's words; what is the same is left out. */
export function differences(
  base: Draft,
  draft: Draft,
  names: { readonly currency: string | null; readonly client: string },
): Difference[] {
  const money = (text: string): string => (plain(text) === '' ? 'none' : withUnit(text, names.currency));
  const percent = (text: string): string => (plain(text) === '' ? 'none' : `${text} %`);
  const bearer = (value: Draft['bearer']): string => (value === 'client' ? names.client : 'The customer');
  const yes = (value: boolean): string => (value ? 'yes' : 'no');
  const charged = { PERCENTAGE: 'Percentage', FIXED: 'Fixed', NONE: 'Nothing' } as const;
  const types = (of: Draft): string =>
    (['CREDIT', 'DEBIT', 'TRANSFER'] as const)
      .filter((type) => of.types.includes(type))
      .map((t) => TYPE_WORDS[t])
      .join(', ') || 'nothing';
  const rows: readonly (readonly [string, (of: Draft) => string, ((of: Draft) => string)?])[] = [
    ['Switched on', (of) => yes(of.active)],
    ['Charged as', (of) => charged[of.charged]],
    [
      'Rate',
      (of) => (of.charged === 'PERCENTAGE' ? percent(of.rate) : 'none'),
      (of) => plain(of.charged === 'PERCENTAGE' ? of.rate : ''),
    ],
    [
      'Fee',
      (of) => (of.charged === 'FIXED' ? money(of.fixed) : 'none'),
      (of) => plain(of.charged === 'FIXED' ? of.fixed : ''),
    ],
    ['At least', (of) => money(of.leastFee), (of) => plain(of.leastFee)],
    ['At most', (of) => money(of.greatestFee), (of) => plain(of.greatestFee)],
    ['Borne by', (of) => bearer(of.bearer)],
    ['Tax on the fee', (of) => percent(of.tax), (of) => plain(of.tax)],
    ['Fee given back on reversal', (of) => yes(of.givesBack)],
    ['Smallest amount', (of) => money(of.smallest), (of) => plain(of.smallest)],
    ['Largest amount', (of) => money(of.largest), (of) => plain(of.largest)],
    ['An account, a day', (of) => money(of.dayCap), (of) => plain(of.dayCap)],
    ['An account, a month', (of) => money(of.monthCap), (of) => plain(of.monthCap)],
    ['Allowed', types],
  ];
  return rows
    .filter(([, words, key = words]) => key(base) !== key(draft))
    .map(([field, words]) => ({ field, before: words(base), after: words(draft) }));
}

function withUnit(text: string, currency: string | null): string {
  const number = Number(plain(text));
  const shown = Number.isNaN(number) ? text : amountText(number, currency);
  return currency === null ? shown : `${currency} ${shown}`;
}

/** `1.5 %, 1.00 to 25.00`, `GHS 2.00 fixed`, `none`. */
export function feeWords(rules: Rules, currency: string | null): string {
  if (!rules.has_transaction_fee || rules.transaction_fee_type === null) return 'none';
  const amount = (value: number): string => amountText(value, currency);
  if (rules.transaction_fee_type === 'FIXED') {
    return `${currency === null ? '' : `${currency} `}${amount(rules.transaction_fee)} fixed`;
  }
  const { minimum_transaction_fee: least, maximum_transaction_fee: greatest } = rules;
  const bounds =
    least !== null && greatest !== null
      ? `, ${amount(least)} to ${amount(greatest)}`
      : least !== null
        ? `, ${amount(least)} or more`
        : greatest !== null
          ? `, ${amount(greatest)} at most`
          : '';
  return `${rules.transaction_fee} %${bounds}`;
}
