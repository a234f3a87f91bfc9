import { formatMajor4 } from '@/contracts/money';
import type { ReportFormat } from '@/contracts/reports';
import { entryId } from '@/server/ledger/ids';
import type { Statement } from '@/server/reports/account-statement';
import type { StatementLine } from '@/server/reports/statement-lines';
import type { TrialBalance } from '@/server/reports/trial-balance';
import { normalSideOf } from '@/server/reports/trial-columns';
import {
  type Cells,
  type StatementCsvWords,
  type StatementJsonWords,
  statementCsv,
  statementJson,
} from '../statement-stream';
import { csvHeaders, JSON_HEADERS, textStream } from '../text-stream';
import { type TrialBalanceWords, trialBalanceCsv, trialBalanceJson } from '../trial-balance-stream';
import { fileTime } from '../v1/render-trial-balance';
import { NOT_APPLICABLE } from './render-transaction';

/** The fields that a transaction of this family has, so far as a statement's line has them. */
function fieldsOf(line: StatementLine) {
  const { amountMinor, balanceAfterMinor, currency } = line;
  const major = (minor: bigint): string => formatMajor4(minor, currency);
  return {
    transaction_id: entryId(line.journalId, line.leg),
    transaction_type: amountMinor > 0n ? 'CREDIT' : 'DEBIT',
    currency,
    transaction_amount: major(amountMinor < 0n ? -amountMinor : amountMinor),
    previous_balance: major(balanceAfterMinor - amountMinor),
    current_balance: major(balanceAfterMinor),
    other_party_account: line.otherNumber ?? NOT_APPLICABLE,
    source_transaction_id: line.sourceId ?? NOT_APPLICABLE,
    transaction_narration: line.description ?? '',
    transaction_date: time(line.businessAtMs),
    transaction_kind: line.kind,
    entry: line.part,
    created_at: time(line.postedAtMs),
  };
}

const STATEMENT_JSON: StatementJsonWords = {
  list: 'transactions',
  before: ({ account, fromMs, toMs, openingMinor }) => ({
    account_id: account.id,
    account_number: account.number,
    account_name: account.name,
    account_type_code: account.type,
    currency: account.currency,
    from: time(fromMs),
    to: time(toMs),
    opening_balance: formatMajor4(openingMinor, account.currency),
  }),
  line: fieldsOf,
  after: ({ account: { currency }, closingMinor }, { inMinor, outMinor, count }) => ({
    closing_balance: formatMajor4(closingMinor, currency),
    total_in: formatMajor4(inMinor, currency),
    total_out: formatMajor4(outMinor, currency),
    transaction_count: count,
  }),
};

/** Money out and money in apart, as people read a statement. */
const STATEMENT_CSV: StatementCsvWords = {
  columns: [
    'created_at',
    'transaction_date',
    'transaction_id',
    'transaction_type',
    'entry',
    'transaction_narration',
    'source_transaction_id',
    'other_party_account',
    'debit',
    'credit',
    'current_balance',
    'currency',
  ],
  opening: ({ account, fromMs, openingMinor }) => balanceCells(account, 'OPENING_BALANCE', fromMs, openingMinor),
  line: (line) => {
    const fields = fieldsOf(line);
    return { ...fields, [fields.transaction_type === 'DEBIT' ? 'debit' : 'credit']: fields.transaction_amount };
  },
  totals: ({ account: { currency }, toMs }, { inMinor, outMinor }) => ({
    created_at: time(toMs),
    transaction_type: 'TOTALS',
    debit: formatMajor4(outMinor, currency),
    credit: formatMajor4(inMinor, currency),
    currency,
  }),
  closing: ({ account, toMs, closingMinor }) => balanceCells(account, 'CLOSING_BALANCE', toMs, closingMinor),
};

function balanceCells({ currency }: { currency: string }, type: string, atMs: number, balanceMinor: bigint): Cells {
  return {
    created_at: time(atMs),
    transaction_type: type,
    current_balance: formatMajor4(balanceMinor, currency),
    currency,
  };
}

export function renderStatement({
  statement,
  format,
}: {
  readonly statement: Statement;
  readonly format: ReportFormat;
}): Response {
  if (format === 'json') return textStream(statementJson(statement, STATEMENT_JSON), JSON_HEADERS);
  const name = `statement-${statement.account.number}.csv`;
  return textStream(statementCsv(statement, STATEMENT_CSV), csvHeaders(name));
}

export function renderTrialBalance({
  report,
  clientCode,
  format,
}: {
  readonly report: TrialBalance;
  readonly clientCode: string;
  readonly format: ReportFormat;
}): Response {
  const { stop } = report;
  if (format === 'json') return textStream(trialBalanceJson(report, trialBalanceWords(clientCode)), JSON_HEADERS, stop);
  const name = `trial-balance-${clientCode}-${fileTime(report.atMs)}.csv`;
  return textStream(trialBalanceCsv(report, formatMajor4, time(report.atMs)), csvHeaders(name), stop);
}

const trialBalanceWords = (clientCode: string): TrialBalanceWords => ({
  before: ({ atMs }) => ({ client_code: clientCode, at: time(atMs) }),
  account: ({ account, currency, type, debitMinor, creditMinor }) => ({
    account_id: account?.id ?? null,
    account_number: account?.number ?? null,
    account_name: account?.name ?? null,
    account_type_code: type,
    debit: formatMajor4(debitMinor, currency),
    credit: formatMajor4(creditMinor, currency),
  }),
  sums: ({ currency, types, debitMinor, creditMinor, isBalanced }) => ({
    account_types: types.map((sum) => ({
      account_type_code: sum.type,
      normal_side: normalSideOf(sum.type),
      accounts: sum.accounts,
      debit: formatMajor4(sum.debitMinor, currency),
      credit: formatMajor4(sum.creditMinor, currency),
    })),
    total_debit: formatMajor4(debitMinor, currency),
    total_credit: formatMajor4(creditMinor, currency),
    is_balanced: isBalanced,
  }),
  after: (isBalanced) => ({ is_balanced: isBalanced }),
});

function time(ms: number): string {
  return new Date(ms).toISOString();
}
