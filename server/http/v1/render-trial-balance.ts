import { formatId } from '@/contracts/ids';
import { formatMajor } from '@/contracts/money';
import type { ReportFormat } from '@/contracts/reports';
import type { TrialBalance } from '@/server/reports/trial-balance';
import { normalSideOf } from '@/server/reports/trial-columns';
import { csvHeaders, JSON_HEADERS, textStream } from '../text-stream';
import { type TrialBalanceWords, trialBalanceCsv, trialBalanceJson } from '../trial-balance-stream';
import { renderExactTime } from './render-time';

const JSON_WORDS: TrialBalanceWords = {
  before: ({ clientId, atMs, livemode }) => ({
    object: 'trial_balance',
    client_id: clientId,
    at: renderExactTime(atMs),
    livemode,
  }),
  account: ({ account, type, debitMinor, creditMinor }) => ({
    id: account === null ? null : formatId('account', account.id),
    account_number: account?.number ?? null,
    name: account?.name ?? null,
    type,
    debit: debitMinor,
    credit: creditMinor,
  }),
  sums: ({ types, debitMinor, creditMinor, isBalanced }) => ({
    types: types.map((sum) => ({
      type: sum.type,
      normal_side: normalSideOf(sum.type),
      accounts: sum.accounts,
      debit: sum.debitMinor,
      credit: sum.creditMinor,
    })),
    total_debit: debitMinor,
    total_credit: creditMinor,
    balanced: isBalanced,
  }),
  after: (isBalanced) => ({ balanced: isBalanced }),
};

export function renderTrialBalance({
  report,
  format,
}: {
  readonly report: TrialBalance;
  readonly format: ReportFormat;
}): Response {
  const { stop } = report;
  if (format === 'json') return textStream(trialBalanceJson(report, JSON_WORDS), JSON_HEADERS, stop);
  const at = renderExactTime(report.atMs);
  const name = `trial-balance-${report.clientId}-${fileTime(report.atMs)}.csv`;
  return textStream(trialBalanceCsv(report, formatMajor, at), csvHeaders(name), stop);
}

/** `20260531T235959Z`: a colon is nothing for a file's name. */
export function fileTime(ms: number): string {
  return `${new Date(ms)
    .toISOString()
    .slice(0, 19)
    .replace(/[^0-9T]/g, '')}Z`;
}
