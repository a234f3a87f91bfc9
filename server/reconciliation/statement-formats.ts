import { PROVIDER_NAMES, type ProviderName } from '@/server/providers/provider';

/** What a line of a statement may say, in our words. */
export const STATEMENT_FIELDS = [
  'receipt',
  'reference',
  'amount',
  'paid_in',
  'withdrawn',
  'currency',
  'status',
  'occurred_at',
  'kind',
  'payer',
  'linked_receipt',
] as const;
export type StatementField = (typeof STATEMENT_FIELDS)[number];

export const STATEMENT_PROVIDERS = [...PROVIDER_NAMES, 'generic'] as const;
export type StatementProvider = ProviderName | 'generic';

/**
 * How a provider writes its statements: the names of columns that people have met in its exports, the first that is there
 * counting. Portals rename columns now and then, so an import may name them itself (`columns`).
 */
export interface StatementFormat {
  readonly columns: Readonly<Partial<Record<StatementField, readonly string[]>>>;
  /** For lines without a currency of their own; null where the import has to say it. */
  readonly currency: string | null;
  /** What its times are in where they name no zone (IANA). */
  readonly timeZone: string;
}

const MPESA: StatementFormat['columns'] = {
  receipt: ['Receipt No.', 'Receipt No', 'Receipt', 'Transaction ID'],
  reference: ['Third Party Conversation ID', 'Third Party Reference', 'A/C No.', 'Account Number'],
  amount: ['Amount'],
  paid_in: ['Paid In'],
  withdrawn: ['Withdrawn'],
  currency: ['Currency'],
  status: ['Transaction Status', 'Status'],
  occurred_at: ['Completion Time', 'Initiation Time', 'Date'],
  kind: ['Reason Type', 'Transaction Type', 'Details'],
  payer: ['Other Party Info', 'MSISDN', 'Customer MSISDN'],
  linked_receipt: ['Linked Transaction ID'],
};

export const STATEMENT_FORMATS: Readonly<Record<StatementProvider, StatementFormat>> = {
  'mtn-momo': {
    columns: {
      receipt: ['Financial Transaction Id', 'Id', 'Transaction Id'],
      reference: ['External Transaction Id', 'External Id', 'Reference Id'],
      amount: ['Amount'],
      currency: ['Currency'],
      status: ['Status'],
      occurred_at: ['Date', 'Transaction Date', 'Date / Time'],
      kind: ['Type', 'Transaction Type'],
      payer: ['From', 'From Account', 'From Account Holder', 'Payer'],
      linked_receipt: ['Original Transaction Id'],
    },
    currency: null,
    timeZone: 'Africa/Accra',
  },
  daraja: { columns: MPESA, currency: 'KES', timeZone: 'Africa/Nairobi' },
  hubtel: {
    columns: {
      receipt: ['External Transaction Id', 'Network Transaction Id'],
      reference: ['Client Reference', 'Transaction Id'],
      amount: ['Amount Charged', 'Amount'],
      currency: ['Currency'],
      status: ['Status', 'Transaction Status'],
      occurred_at: ['Date', 'Transaction Date', 'Payment Date'],
      kind: ['Transaction Type', 'Type'],
      payer: ['Customer Mobile Number', 'Mobile Number', 'Customer Number'],
      linked_receipt: ['Original Transaction Id'],
    },
    currency: 'GHS',
    timeZone: 'Africa/Accra',
  },
  paystack: {
    columns: {
      receipt: ['Transaction ID', 'Id'],
      reference: ['Reference', 'Transaction Reference'],
      amount: ['Amount Paid', 'Amount'],
      currency: ['Currency'],
      status: ['Status'],
      occurred_at: ['Paid At', 'Transaction Date', 'Date', 'Created At'],
      kind: ['Type', 'Transaction Type'],
      payer: ['Customer Phone', 'Mobile Money Number'],
      linked_receipt: ['Original Transaction ID'],
    },
    currency: null,
    timeZone: 'UTC',
  },
  'vodacom-tz': { columns: MPESA, currency: 'TZS', timeZone: 'Africa/Dar_es_Salaam' },
  generic: {
    columns: {
      receipt: ['receipt'],
      reference: ['reference'],
      amount: ['amount'],
      currency: ['currency'],
      status: ['status'],
      occurred_at: ['occurred_at', 'date'],
      kind: ['type', 'kind'],
      payer: ['payer', 'phone'],
      linked_receipt: ['linked_receipt'],
    },
    currency: null,
    timeZone: 'UTC',
  },
};

export type LineStatus = 'succeeded' | 'failed' | 'pending' | 'reversed';
export type LineKind = 'payment' | 'refund' | 'reversal' | 'other';

const STATUSES: readonly (readonly [LineStatus, RegExp])[] = [
  ['succeeded', /^(?:completed?|success|succeeded|successful|paid|processed|settled)$/],
  ['failed', /^(?:failed|failure|declined|cancell?ed|expired|abandoned|rejected|unpaid|timed ?out|attempted)$/],
  ['reversed', /^(?:reversed|refunded|charged ?back)$/],
  ['pending', /^(?:pending|processing|ongoing|initiated|queued|authori[sz]ed)$/],
];

/** A status that nobody knows is a problem of the line, never a guess. */
export function statusOf(text: string): LineStatus | null {
  const word = text.trim().toLowerCase();
  return STATUSES.find(([, words]) => words.test(word))?.[0] ?? null;
}

/** What moves the merchant's own money (a charge, a settlement to the bank, an opening balance) has no payment behind it. */
const OTHER =
  /\b(?:charges?|fees?|commission|tax|settlement|withdrawal|sweep|utility to organi[sz]ation|organi[sz]ation (?:settlement|withdrawal)|transfer to bank|opening balance|closing balance|cash ?in|cash ?out)\b/;

/** @param isOut whether the money left the merchant */
export function kindOf(text: string, isOut: boolean): LineKind {
  const words = text.toLowerCase();
  if (/revers|charge ?back/.test(words)) return 'reversal';
  if (/refund/.test(words)) return 'refund';
  if (OTHER.test(words)) return 'other';
  return isOut ? 'other' : 'payment';
}

/** Of two names one: case, spaces and signs do not count. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
