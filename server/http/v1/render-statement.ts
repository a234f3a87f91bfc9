import { formatId } from '@/contracts/ids';
import { formatMajor } from '@/contracts/money';
import type { Statement } from '@/server/wallets/statement';
import type { TransactionView } from '@/server/wallets/transaction-view';
import { csvRow } from './csv';
import { renderTime } from './render-time';
import { renderTransaction } from './render-transaction';

/**
 * What finance reads: money out and money in apart, in major units, and the running balance; the signed minor units
 * beside them for machines. The last row is the closing balance, so a file without it is not whole.
 */
const HEADER = [
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
] as const;

export function renderStatement(statement: Statement): Response {
  const lines = linesOf(statement);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  const name = `statement-${formatId('wallet', statement.wallet.id)}.csv`;
  return new Response(body, {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
}

/** A page of lines at a time. */
async function* linesOf(statement: Statement): AsyncGenerator<string, void, undefined> {
  yield csvRow(HEADER) + balanceRow(statement, 'opening_balance', statement.fromMs, statement.openingMinor);
  for await (const page of statement.pages()) {
    yield page.map((view) => transactionRow(view)).join('');
  }
  yield balanceRow(statement, 'closing_balance', statement.toMs, statement.closingMinor);
}

function balanceRow(statement: Statement, type: string, atMs: number, balanceMinor: bigint): string {
  const { currency } = statement.wallet;
  const balance = formatMajor(balanceMinor, currency);
  return csvRow([renderTime(atMs), '', type, '', '', '', '', balance, currency, '', String(balanceMinor)]);
}

function transactionRow(view: TransactionView): string {
  const { id, type } = renderTransaction(view);
  const out = view.amountMinor < 0n;
  const amount = formatMajor(out ? -view.amountMinor : view.amountMinor, view.currency);
  return csvRow([
    renderTime(view.postedAtMs),
    id,
    type,
    view.description ?? '',
    view.reference ?? '',
    out ? amount : '',
    out ? '' : amount,
    formatMajor(view.balanceAfterMinor, view.currency),
    view.currency,
    String(view.amountMinor),
    String(view.balanceAfterMinor),
  ]);
}
