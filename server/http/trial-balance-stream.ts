import type { TrialBalance, TrialLine } from '@/server/reports/trial-balance';
import { type TrialColumns, trialEvents } from '@/server/reports/trial-columns';
import { type ExactJson, exactJson } from './exact-json';
import { csvRow } from './v1/csv';

type Fields = Readonly<Record<string, ExactJson>>;

/** How a family writes a trial balance as JSON. */
export interface TrialBalanceWords {
  before(report: TrialBalance): Fields;
  /** An account, in detail. */
  account(line: TrialLine): Fields;
  /** What follows a currency's accounts: its types and totals. */
  sums(columns: TrialColumns): Fields;
  after(isBalanced: boolean): Fields;
}

/** `{ …before, currencies: [{ currency, accounts?, …sums }], …after }`, a page of lines at a time. */
export async function* trialBalanceJson(
  report: TrialBalance,
  words: TrialBalanceWords,
): AsyncGenerator<string, void, undefined> {
  const inDetail = report.detail === 'accounts';
  yield `${exactJson(words.before(report)).slice(0, -1)},"currencies":[`;
  let isBalanced = true;
  let separator = '';
  let lineSeparator = '';
  for await (const events of trialEvents(report.pages())) {
    let text = '';
    for (const event of events) {
      if (event.kind === 'begin') {
        text += `${separator}{"currency":"${event.columns.currency}"${inDetail ? ',"accounts":[' : ''}`;
        separator = ',';
        lineSeparator = '';
      } else if (event.kind === 'end') {
        isBalanced &&= event.columns.isBalanced;
        text += `${inDetail ? ']' : ''},${exactJson(words.sums(event.columns)).slice(1)}`;
      } else if (inDetail) {
        text += lineSeparator + exactJson(words.account(event.line));
        lineSeparator = ',';
      }
    }
    yield text;
  }
  yield `],${exactJson(words.after(isBalanced)).slice(1)}`;
}

const COLUMNS = {
  types: ['at', 'currency', 'account_type', 'accounts', 'debit', 'credit', 'balanced'],
  accounts: ['at', 'currency', 'account_type', 'account_number', 'account_name', 'debit', 'credit', 'balanced'],
} as const;

/**
 * A row for each type or account, and below each currency's a row `TOTAL` that says whether its columns agree.
 * @param major decimal text of major units
 * @param at the instant as the family writes times
 */
export async function* trialBalanceCsv(
  report: TrialBalance,
  major: (amountMinor: bigint, currency: string) => string,
  at: string,
): AsyncGenerator<string, void, undefined> {
  yield csvRow(COLUMNS[report.detail]);
  const name = ({ account, accounts }: TrialLine): readonly string[] =>
    account === null ? [String(accounts)] : [account.number, account.name];
  const unnamed = report.detail === 'accounts' ? ['', ''] : [''];
  for await (const events of trialEvents(report.pages())) {
    let text = '';
    for (const event of events) {
      if (event.kind === 'line') {
        const { line } = event;
        const { currency, type, debitMinor, creditMinor } = line;
        const sides = [major(debitMinor, currency), major(creditMinor, currency)];
        text += csvRow([at, currency, type, ...name(line), ...sides, '']);
      } else if (event.kind === 'end') {
        const { currency, debitMinor, creditMinor, isBalanced } = event.columns;
        const sums = [major(debitMinor, currency), major(creditMinor, currency)];
        text += csvRow([at, currency, 'TOTAL', ...unnamed, ...sums, String(isBalanced)]);
      }
    }
    yield text;
  }
}
