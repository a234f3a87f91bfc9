import { formatId } from '@/contracts/ids';
import { formatMajor } from '@/contracts/money';
import type {
  PromotionImportObject,
  PromotionImportRowObject,
  PromotionLotObject,
  PromotionObject,
} from '@/contracts/promotions';
import { rowReference } from '@/server/promotions/create-import';
import type { PromotionImport } from '@/server/promotions/import-row';
import type { Promotion } from '@/server/promotions/promotion-row';
import type { ImportedRow, ImportView } from '@/server/promotions/read-import';
import type { PromotionLot } from '@/server/promotions/read-lots';
import type { PromotionFigures } from '@/server/promotions/read-promotions';
import { csvHeaders, textStream } from '../text-stream';
import { csvRow } from './csv';
import { renderExactTime, renderTime } from './render-time';

const timeOrNull = (ms: number | null): string | null => (ms === null ? null : renderTime(ms));
const exactOrNull = (ms: number | null): string | null => (ms === null ? null : renderExactTime(ms));
const numberOrNull = (minor: bigint | null): number | null => (minor === null ? null : Number(minor));

const NOTHING: PromotionFigures = {
  lots: 0,
  issuedMinor: 0n,
  usedMinor: 0n,
  expiredMinor: 0n,
  forfeitedMinor: 0n,
  takenBackMinor: 0n,
};

export function renderPromotion(
  promotion: Promotion & { readonly figures: PromotionFigures | null; readonly countedUntilMs: number | null },
): PromotionObject {
  const figures = promotion.figures ?? NOTHING;
  const { issuedMinor, usedMinor, expiredMinor, forfeitedMinor, takenBackMinor } = figures;
  return {
    id: formatId('promotion', promotion.id),
    object: 'promotion',
    client_code: promotion.clientCode,
    code: promotion.code,
    name: promotion.name,
    currency: promotion.currency,
    amount: numberOrNull(promotion.amountMinor),
    expires_at: exactOrNull(promotion.expiresAtMs),
    priority: promotion.priority,
    budget: numberOrNull(promotion.budgetMinor),
    committed: Number(promotion.reservedMinor),
    status: promotion.status,
    lots: figures.lots,
    issued: Number(issuedMinor),
    used: Number(usedMinor),
    expired: Number(expiredMinor),
    forfeited: Number(forfeitedMinor),
    taken_back: Number(takenBackMinor),
    open: Number(issuedMinor - usedMinor - expiredMinor - forfeitedMinor - takenBackMinor),
    counted_until: exactOrNull(promotion.countedUntilMs),
    created_at: renderTime(promotion.createdAtMs),
    updated_at: renderTime(promotion.updatedAtMs),
    livemode: promotion.livemode,
  };
}

export function renderImport(view: ImportView): PromotionImportObject {
  const { rowCount, refusedCount, readyCount, issuedCount, failedCount } = view;
  return {
    id: formatId('promotionImport', view.id),
    object: 'promotion_import',
    client_code: view.clientCode,
    promotion_id: view.promotionId === null ? null : formatId('promotion', view.promotionId),
    promotion_code: view.promotionCode,
    file_name: view.fileName,
    description: view.description,
    state: view.state,
    counts: {
      total: rowCount,
      refused: refusedCount,
      ready: readyCount,
      issued: issuedCount,
      failed: failedCount,
      left_out: rowCount - refusedCount - readyCount - issuedCount - failedCount,
    },
    totals: view.totals.map((total) => ({
      currency: total.currency,
      rows: total.rows,
      amount: Number(total.amountMinor),
      smallest: Number(total.smallestMinor),
      largest: Number(total.largestMinor),
      issued: Number(total.issuedMinor),
      expense_now: -Number(total.expenseMinor),
      expense_after: Number(total.readyMinor - total.expenseMinor),
    })),
    expiries: view.expiries.map(({ date, currency, rows, amountMinor }) => ({
      date,
      currency,
      rows,
      amount: Number(amountMinor),
    })),
    repeated_recipients: view.repeatedRecipients,
    events: { type: 'wallet.credited', endpoints: view.endpoints },
    approval_id: view.approvalId === null ? null : formatId('approval', view.approvalId),
    created_by: view.createdByName,
    issued_by: view.issuedByName,
    created_at: renderTime(view.createdAtMs),
    started_at: timeOrNull(view.startedAtMs),
    ended_at: timeOrNull(view.endedAtMs),
    livemode: view.mode === 'live',
  };
}

export function renderImportRow(row: ImportedRow): PromotionImportRowObject {
  return {
    object: 'promotion_import_row',
    line: row.line,
    given: { ...row.given },
    customer: row.customerId === null ? null : { id: row.customerId, name: row.customerName },
    wallet_id: row.accountId === null ? null : formatId('wallet', row.accountId),
    currency: row.currency,
    amount: numberOrNull(row.amountMinor),
    expires_at: exactOrNull(row.expiresAtMs),
    note: row.note,
    reference: rowReference(row.importId, row.line),
    state: row.state,
    problem: row.problem,
    journal_id: row.journalId === null ? null : formatId('journal', row.journalId),
    handled_at: timeOrNull(row.handledAtMs),
  };
}

const COLUMNS = [
  'line',
  'customer_id',
  'customer_name',
  'wallet_id',
  'amount',
  'currency',
  'expires_at',
  'note',
  'reference',
  'result',
  'problem',
  'field',
  'value',
  'message',
  'journal_id',
];
const PAGE_SIZE = 1_000;

/** Every row, a page at a time. */
export function rowsCsv(
  { id }: Pick<PromotionImport, 'id'>,
  read: (afterLine: number, size: number) => Promise<ImportedRow[]>,
): Response {
  async function* chunks(): AsyncGenerator<string, void, undefined> {
    yield csvRow(COLUMNS);
    for (let after = 0; ; ) {
      const rows = await read(after, PAGE_SIZE);
      const page = rows.slice(0, PAGE_SIZE);
      yield page.map(rowCells).map(csvRow).join('');
      const last = page.at(-1);
      if (rows.length <= PAGE_SIZE || last === undefined) return;
      after = last.line;
    }
  }
  return textStream(chunks(), csvHeaders(`${formatId('promotionImport', id)}.csv`));
}

function rowCells(row: ImportedRow): string[] {
  const { problem, currency, amountMinor } = row;
  const amount =
    currency === null || amountMinor === null ? (row.given['amount'] ?? '') : formatMajor(amountMinor, currency);
  return [
    String(row.line),
    row.customerId ?? row.given['customer_id'] ?? '',
    row.customerName ?? '',
    row.accountId === null ? (row.given['wallet_id'] ?? '') : formatId('wallet', row.accountId),
    amount,
    currency ?? '',
    exactOrNull(row.expiresAtMs) ?? '',
    row.note ?? '',
    rowReference(row.importId, row.line),
    row.state,
    problem?.code ?? '',
    problem?.field ?? '',
    problem?.value ?? '',
    problem?.message ?? '',
    row.journalId === null ? '' : formatId('journal', row.journalId),
  ];
}

export function renderPromotionLot(lot: PromotionLot): PromotionLotObject {
  return {
    id: formatId('lot', lot.id),
    object: 'lot',
    client_code: lot.clientCode,
    wallet_id: formatId('wallet', lot.accountId),
    currency: lot.currency,
    customer: lot.customerId === null ? null : { id: lot.customerId, name: lot.customerName },
    promotion_code: lot.promotionCode,
    granted: Number(lot.grantedMinor),
    remaining: Number(lot.remainingMinor),
    held: Number(lot.heldMinor),
    used: Number(lot.usedMinor),
    expired: Number(lot.expiredMinor),
    forfeited: Number(lot.forfeitedMinor),
    state: lot.remainingMinor + lot.heldMinor > 0n ? 'open' : 'ended',
    priority: lot.priority,
    expires_at: exactOrNull(lot.expiresAtMs),
    description: lot.description,
    reference: lot.reference,
    created_at: renderTime(lot.createdAtMs),
    journal_id: formatId('journal', lot.id),
  };
}
