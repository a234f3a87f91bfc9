import { formatMajor } from '@/contracts/money';
import type { Charge } from '../charges';
import { networkOf, type ProviderName } from '../networks';

/**
 * What the simulated provider says of a day, as its portal would export it: its names of columns, its wall clock, its words
 * for how things ended. The truth, whatever a plan made the provider tell merchants. For reconciling by hand.
 */
interface Portal {
  /** What its clocks show, in hours ahead of UTC. None of these countries changes them. */
  readonly hoursAhead: number;
  readonly header: readonly string[];
  /** Lines above the header. */
  readonly preamble?: readonly (readonly string[])[];
  readonly day: 'year first' | 'day first';
  cells(charge: Charge, at: string, words: { readonly amount: string; readonly receipt: string }): readonly string[];
  /** The line of a payment that was taken back; absent where the portal changes the payment's own line. */
  reversal?(
    charge: Charge,
    at: string,
    words: { readonly amount: string; readonly receipt: string },
  ): readonly string[];
}

const MPESA_HEADER = [
  'Receipt No.',
  'Completion Time',
  'Initiation Time',
  'Details',
  'Transaction Status',
  'Paid In',
  'Withdrawn',
  'Reason Type',
  'Other Party Info',
  'Linked Transaction ID',
  'A/C No.',
];

const PORTALS: Readonly<Record<ProviderName, Portal>> = {
  'mtn-momo': {
    hoursAhead: 0,
    day: 'year first',
    header: ['Id', 'External Transaction Id', 'Date', 'Status', 'Type', 'From', 'Amount', 'Currency'],
    cells: (charge, at, { amount, receipt }) => [
      receipt,
      charge.reference,
      at,
      wordOf(charge, 'Successful', 'Failed', 'Reversed'),
      'Debit',
      charge.phone ?? '',
      amount,
      charge.currency,
    ],
  },
  daraja: {
    hoursAhead: 3,
    day: 'day first',
    preamble: [['Short Code:', '174379']],
    header: MPESA_HEADER,
    cells: (charge, at, words) => mpesa(charge, at, words, 'Pay Bill Online'),
    reversal: (charge, at, words) => mpesaReversal(charge, at, words),
  },
  hubtel: {
    hoursAhead: 0,
    day: 'year first',
    header: [
      'Date',
      'Transaction Id',
      'External Transaction Id',
      'Client Reference',
      'Customer Mobile Number',
      'Channel',
      'Amount',
      'Status',
    ],
    cells: (charge, at, { amount, receipt }) => [
      at,
      String(charge.details['transactionId'] ?? ''),
      receipt,
      charge.reference,
      charge.phone ?? '',
      charge.network ?? networkOf(charge.phone ?? ''),
      amount,
      wordOf(charge, 'Success', 'Failed', 'Refunded'),
    ],
  },
  paystack: {
    hoursAhead: 0,
    day: 'year first',
    header: ['Reference', 'Amount', 'Currency', 'Status', 'Channel', 'Transaction Date', 'Customer Phone'],
    cells: (charge, at, { amount }) => [
      charge.merchantReference,
      amount,
      charge.currency,
      wordOf(charge, 'success', 'failed', 'reversed'),
      charge.method === 'phone' ? 'mobile_money' : charge.method,
      `${at.replace(' ', 'T')}Z`,
      charge.phone ?? '',
    ],
  },
  'vodacom-tz': {
    hoursAhead: 3,
    day: 'year first',
    header: [...MPESA_HEADER.slice(0, -1), 'Third Party Conversation ID'],
    cells: (charge, at, words) => mpesa(charge, at, words, 'Customer Merchant Payment'),
    reversal: (charge, at, words) => mpesaReversal(charge, at, words),
  },
};

/** @param day as `2026-06-06`, by the portal's clock; today there when null */
export function statementOf(
  provider: ProviderName,
  charges: readonly Charge[],
  day: string | null,
  nowMs: number,
): { readonly day: string; readonly csv: string } {
  const portal = PORTALS[provider];
  const wall = (ms: number): string => new Date(ms + portal.hoursAhead * 3_600_000).toISOString();
  const wanted = day ?? wall(nowMs).slice(0, 10);
  const rows = charges
    .filter((charge) => charge.provider === provider && charge.state !== 'waiting')
    .flatMap((charge) => rowsOf(portal, charge, (ms) => shownAt(portal, wall(ms))))
    .filter(({ atMs }) => wall(atMs).slice(0, 10) === wanted)
    .sort((a, b) => a.atMs - b.atMs);
  const lines = [...(portal.preamble ?? []), portal.header, ...rows.map(({ cells }) => cells)];
  return { day: wanted, csv: lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('') };
}

interface Row {
  readonly atMs: number;
  readonly cells: readonly string[];
}

function rowsOf(portal: Portal, charge: Charge, shown: (ms: number) => string): Row[] {
  const atMs = charge.settledAt ?? charge.createdAt;
  const words = { amount: formatMajor(charge.amountMinor, charge.currency), receipt: charge.receipt ?? '' };
  const paid = { atMs, cells: portal.cells(charge, shown(atMs), words) };
  if (charge.state !== 'reversed' || portal.reversal === undefined) return [paid];
  return [paid, { atMs, cells: portal.reversal(charge, shown(atMs), words) }];
}

function mpesa(
  charge: Charge,
  at: string,
  { amount, receipt }: { readonly amount: string; readonly receipt: string },
  type: string,
): string[] {
  const details = `${type} from ${charge.phone ?? ''} Acc. ${charge.merchantReference}`;
  // What was taken back has a line of its own below.
  const status = charge.state === 'failed' ? 'Failed' : 'Completed';
  return [
    receipt,
    at,
    at,
    details,
    status,
    amount,
    '',
    type,
    `${charge.phone ?? ''} - CUSTOMER`,
    '',
    accountOf(charge),
  ];
}

function mpesaReversal(
  charge: Charge,
  at: string,
  { amount, receipt }: { readonly amount: string; readonly receipt: string },
): string[] {
  const type = 'Organization Reversal';
  const details = `${type} of ${receipt}`;
  return [
    `${receipt}R`,
    at,
    at,
    details,
    'Completed',
    '',
    `-${amount}`,
    type,
    `${charge.phone ?? ''} - CUSTOMER`,
    receipt,
    accountOf(charge),
  ];
}

/** On Safaricom's the account that the payer saw; on Vodacom's the merchant's own conversation. */
function accountOf(charge: Charge): string {
  return charge.provider === 'daraja' ? charge.merchantReference : charge.reference;
}

function wordOf({ state }: Charge, paid: string, failed: string, reversed: string): string {
  if (state === 'paid') return paid;
  return state === 'reversed' ? reversed : failed;
}

function shownAt({ day }: Portal, iso: string): string {
  const [date = '', time = ''] = iso.slice(0, 19).split('T');
  return day === 'year first' ? `${date} ${time}` : `${date.split('-').reverse().join('-')} ${time}`;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
