import { z } from 'zod';
import { type Cursor, listOf } from '@/contracts/lists';
import { listLotsQuery, lotListSchema } from '@/contracts/lots';
import { statementQuery, walletParams } from '@/contracts/wallets';
import { readWallet } from '@/server/wallets/read';
import { type LotPosition, readOpenLots } from '@/server/wallets/read-lots';
import { readStatement } from '@/server/wallets/statement';
import { defineOperation } from '../operation';
import { foreignCursor, walletIdOf } from './arguments';
import { LOT, listExample } from './examples';
import { renderStatement } from './render-statement';
import { renderLot } from './render-wallet';
import { statementPdf } from './statement-pdf';

const tag = 'Wallets';

const listLots = defineOperation({
  operationId: 'listLots',
  method: 'get',
  path: '/v1/wallets/{id}/lots',
  tag,
  summary: 'List open lots',
  description:
    'The wallet’s promotional credits that have something left, in the order they will be spent: priority, then soonest expiry, then oldest. Paid money stands at priority 50, after credits of the same priority.',
  scope: 'wallets:read',
  params: walletParams,
  query: listLotsQuery,
  responses: { 200: { description: 'A page of lots.', schema: lotListSchema, example: listExample(LOT) } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { params, query }) => {
    const wallet = await readWallet(ctx, walletIdOf(params.id));
    const page = { limit: query.limit, after: lotPositionOf(query.after) };
    return { lots: await readOpenLots(ctx, wallet.id, page), limit: query.limit };
  },
  render: ({ lots, limit }) => ({
    status: 200,
    body: listOf(lots, limit, renderLot, (last) => [
      String(last.priority),
      String(last.expiresAtMs ?? 'never'),
      last.id,
    ]),
  }),
});

const getStatement = defineOperation({
  operationId: 'getStatement',
  method: 'get',
  path: '/v1/wallets/{id}/statement',
  tag,
  summary: 'Download a statement',
  description:
    'CSV (RFC 4180, UTF-8), oldest first, with an opening and a closing balance row: opening plus credits less debits is closing. `debit`, `credit` and `balance` are in major units; `amount_minor` (signed) and `balance_minor` in minor units. A cell that a spreadsheet would take for a formula begins with an apostrophe. Without the closing row a download was cut off.',
  scope: 'wallets:read',
  params: walletParams,
  query: statementQuery,
  pdfByAccept: true,
  responses: {
    200: {
      description: 'The statement.',
      contentType: 'text/csv',
      schema: z.string(),
      example:
        'date,transaction_id,type,description,reference,debit,credit,balance,currency,amount_minor,balance_minor\r\n2026-05-01T00:00:00Z,,opening_balance,,,,,150.00,GHS,,15000\r\n2026-05-24T10:05:00Z,txn_a1b2c3,debit,10 SMS messages sent,sms_batch_8821,5.00,,145.00,GHS,-500,14500\r\n2026-06-01T00:00:00Z,,closing_balance,,,,,145.00,GHS,,14500\r\n',
    },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: (ctx, { params, query }) =>
    readStatement(ctx, { walletId: walletIdOf(params.id), fromMs: query.from ?? null, toMs: query.to ?? null }).then(
      (statement) => ({ statement, format: query.format }),
    ),
  render: ({ statement, format }) => (format === 'pdf' ? statementPdf(statement) : renderStatement(statement)),
});

function lotPositionOf(cursor: Cursor | undefined): LotPosition | null {
  if (cursor === undefined) return null;
  const [priority = '', expiresAt = '', id = ''] = cursor;
  const wellFormed =
    cursor.length === 3 &&
    /^[0-9]{1,3}$/.test(priority) &&
    /^(never|-?[0-9]{1,15})$/.test(expiresAt) &&
    /^[0-9]{1,18}$/.test(id);
  if (!wellFormed) return foreignCursor();
  return { priority: Number(priority), expiresAtMs: expiresAt === 'never' ? null : Number(expiresAt), id };
}

export const walletDetailOperations = [listLots, getStatement];
