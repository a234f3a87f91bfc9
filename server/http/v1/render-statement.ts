import { formatEntryId, formatId } from '@/contracts/ids';
import { formatMajor } from '@/contracts/money';
import type { StatementFormat } from '@/contracts/reports';
import type { Statement } from '@/server/reports/account-statement';
import type { StatementLine } from '@/server/reports/statement-lines';
import {
  type Cells,
  type StatementCsvWords,
  type StatementJsonWords,
  statementCsv,
  statementJson,
} from '../statement-stream';
import { csvHeaders, JSON_HEADERS, textStream } from '../text-stream';
import { renderExactTime, renderTime } from './render-time';
import { transactionTypeOf } from './render-transaction';
import { statementPdf } from './statement-pdf';

/**
 * What finance reads: money out and money in apart, in major units, and the running balance; the signed minor units
 * beside them for machines.
 */
const WALLET_CSV: StatementCsvWords = {
  columns: [
    'date',
    'transaction_id',
    'type',
    'description',
    'reference',
    'debit',
    'credit',
    'balance',
    'currency',
    'amount_minor',
    'balance_minor',
  ],
  opening: (statement) => balanceCells(statement, 'opening_balance', statement.fromMs, statement.openingMinor),
  line: (line) => {
    const out = line.amountMinor < 0n;
    const amount = formatMajor(out ? -line.amountMinor : line.amountMinor, line.currency);
    return {
      date: renderTime(line.postedAtMs),
      transaction_id: formatEntryId(line.journalId, line.leg),
      type: transactionTypeOf(line),
      part: partOf(line),
      description: line.description ?? '',
      reference: line.reference ?? '',
      other_party_account: line.otherNumber ?? '',
      [out ? 'debit' : 'credit']: amount,
      balance: formatMajor(line.balanceAfterMinor, line.currency),
      currency: line.currency,
      amount_minor: String(line.amountMinor),
      balance_minor: String(line.balanceAfterMinor),
    };
  },
  closing: (statement) => balanceCells(statement, 'closing_balance', statement.toMs, statement.closingMinor),
};

const ACCOUNT_CSV: StatementCsvWords = {
  ...WALLET_CSV,
  columns: [
    'date',
    'transaction_id',
    'type',
    'part',
    'description',
    'reference',
    'other_party_account',
    'debit',
    'credit',
    'balance',
    'currency',
    'amount_minor',
    'balance_minor',
  ],
  totals: ({ account: { currency }, toMs }, { inMinor, outMinor }) => ({
    date: renderTime(toMs),
    type: 'totals',
    debit: formatMajor(outMinor, currency),
    credit: formatMajor(inMinor, currency),
    currency,
    amount_minor: String(inMinor - outMinor),
  }),
};

const ACCOUNT_JSON: StatementJsonWords = {
  list: 'entries',
  before: ({ account, livemode, fromMs, toMs, openingMinor }) => ({
    object: 'account_statement',
    account_id: formatId('account', account.id),
    account_number: account.number,
    account_name: account.name,
    account_type: account.type,
    currency: account.currency,
    livemode,
    from: renderExactTime(fromMs),
    to: renderExactTime(toMs),
    opening_balance: openingMinor,
  }),
  line: (line) => ({
    id: formatEntryId(line.journalId, line.leg),
    type: transactionTypeOf(line),
    part: partOf(line),
    amount: line.amountMinor,
    balance_before: line.balanceAfterMinor - line.amountMinor,
    balance_after: line.balanceAfterMinor,
    reference: line.reference,
    description: line.description,
    other_party_account: line.otherNumber,
    created_at: renderTime(line.postedAtMs),
  }),
  after: ({ closingMinor }, { inMinor, outMinor, count }) => ({
    closing_balance: closingMinor,
    total_in: inMinor,
    total_out: outMinor,
    entry_count: count,
  }),
};

/** As the wallet's own route has always had it. */
export function renderStatement(statement: Statement): Response {
  const name = `statement-${formatId('wallet', statement.account.id)}.csv`;
  return textStream(statementCsv(statement, WALLET_CSV), csvHeaders(name));
}

export function renderAccountStatement({
  statement,
  format,
}: {
  readonly statement: Statement;
  readonly format: StatementFormat;
}): Response {
  if (format === 'pdf') return statementPdf(statement);
  return format === 'json'
    ? textStream(statementJson(statement, ACCOUNT_JSON), JSON_HEADERS)
    : textStream(statementCsv(statement, ACCOUNT_CSV), csvHeaders(`statement-${statement.account.number}.csv`));
}

function balanceCells({ account: { currency } }: Statement, type: string, atMs: number, balanceMinor: bigint): Cells {
  return {
    date: renderTime(atMs),
    type,
    balance: formatMajor(balanceMinor, currency),
    currency,
    balance_minor: String(balanceMinor),
  };
}

function partOf({ part }: StatementLine): string {
  return part.toLowerCase();
}
