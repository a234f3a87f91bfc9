import { formatId } from '@/contracts/ids';
import type {
  ReconciliationDetailObject,
  ReconciliationLineObject,
  ReconciliationObject,
} from '@/contracts/reconciliation';
import { actorOf } from '@/server/audit/names';
import { BREAKS, type ComparedLine, type StatementImport } from '@/server/reconciliation/import-row';
import type { ImportTotals } from '@/server/reconciliation/read';
import { csvRow } from './csv';
import { renderTime } from './render-time';

export function renderReconciliation(imported: StatementImport): ReconciliationObject {
  return {
    id: formatId('reconciliation', imported.id),
    object: 'reconciliation',
    provider: imported.provider,
    provider_account: imported.providerAccount,
    client: { code: imported.clientCode, name: imported.clientName },
    covers: imported.coversAll ? 'all' : 'client',
    file_name: imported.fileName,
    file_bytes: imported.fileBytes,
    file_hash: imported.fileHash,
    time_zone: imported.timeZone,
    period_start: imported.periodFromMs === null ? null : renderTime(imported.periodFromMs),
    period_end: imported.periodToMs === null ? null : renderTime(imported.periodToMs),
    currencies: [...imported.currencies],
    lines: imported.lineCount,
    breaks: imported.breakCount,
    open_breaks: imported.openBreaks,
    imported_by: { id: actorOf(imported.actor).id, name: imported.actorName },
    created_at: renderTime(imported.createdAtMs),
    livemode: imported.livemode,
  };
}

export function renderReconciliationDetail(
  imported: StatementImport,
  { outcomes, currencies }: ImportTotals,
): ReconciliationDetailObject {
  const figures = ({ theirsMinor, oursMinor }: { theirsMinor: bigint; oursMinor: bigint }) => ({
    theirs: Number(theirsMinor),
    ours: Number(oursMinor),
    difference: Number(theirsMinor - oursMinor),
  });
  return {
    ...renderReconciliation(imported),
    outcomes: outcomes.map(({ outcome, count, open }) => ({ outcome, lines: count, open })),
    totals: currencies.map((total) => ({
      currency: total.currency,
      ...figures(total),
      explained_by: total.byOutcome.map((one) => ({ outcome: one.outcome, lines: one.count, ...figures(one) })),
    })),
  };
}

export function renderReconciliationLine(importId: string, line: ComparedLine): ReconciliationLineObject {
  const { ours, resolution } = line;
  const isOneCurrency = line.currency === null || ours === null || line.currency === ours.currency;
  return {
    object: 'reconciliation_line',
    reconciliation_id: formatId('reconciliation', importId),
    number: line.number,
    outcome: line.outcome,
    is_break: BREAKS.includes(line.outcome),
    kind: line.kind,
    theirs: renderTheirs(line),
    ours: ours && {
      client: { code: ours.clientCode, name: ours.clientName },
      payment_id: ours.paymentId,
      refund_id: ours.refundId === null ? null : formatId('refund', ours.refundId),
      reference: ours.reference,
      status: ours.status,
      current_status: ours.currentStatus,
      amount: Number(ours.amountMinor),
      currency: ours.currency,
      at: ours.atMs === null ? null : renderTime(ours.atMs),
      matched_by: line.matchedBy,
    },
    counted_theirs: Number(line.theirsMinor),
    counted_ours: Number(line.oursMinor),
    difference: isOneCurrency ? Number(line.theirsMinor - line.oursMinor) : null,
    can_resolve_payment:
      resolution === null &&
      line.outcome === 'status_differs' &&
      line.kind === 'payment' &&
      line.status === 'succeeded' &&
      ours?.currentStatus === 'in_reconciliation' &&
      ours.amountMinor === line.amountMinor &&
      ours.currency === line.currency,
    resolution: resolution && {
      action: resolution.action,
      reason: resolution.reason,
      by: { id: actorOf(resolution.by).id, name: resolution.byName },
      at: renderTime(resolution.atMs),
    },
  };
}

function renderTheirs(line: ComparedLine): ReconciliationLineObject['theirs'] {
  if (line.fileLine === null) return null;
  return {
    line: line.fileLine,
    receipt: line.receipt,
    reference: line.reference,
    payer: line.payer,
    status: line.status,
    amount: line.amountMinor === null ? null : Number(line.amountMinor),
    currency: line.currency,
    occurred_at: line.occurredAtMs === null ? null : renderTime(line.occurredAtMs),
    problem: line.problem === null ? null : { field: line.problemField ?? '', reason: line.problem },
    raw: line.raw,
  };
}

const HEADER = [
  'number',
  'outcome',
  'kind',
  'file_line',
  'receipt',
  'reference',
  'payer',
  'status',
  'amount',
  'currency',
  'occurred_at',
  'problem_field',
  'problem',
  'client_code',
  'payment_id',
  'our_reference',
  'our_status',
  'our_amount',
  'our_currency',
  'our_time',
  'counted_theirs',
  'counted_ours',
  'resolution',
  'resolution_reason',
  'resolved_at',
];

/** RFC 4180; amounts are minor units. */
export async function* reconciliationCsv(
  importId: string,
  pages: AsyncGenerator<readonly ComparedLine[]>,
): AsyncGenerator<string, void, undefined> {
  yield csvRow(HEADER);
  for await (const page of pages)
    yield page.map((line) => csvRow(cellsOf(renderReconciliationLine(importId, line)))).join('');
}

function cellsOf({ theirs, ours, ...line }: ReconciliationLineObject): string[] {
  return [
    line.number,
    line.outcome,
    line.kind,
    theirs?.line,
    theirs?.receipt,
    theirs?.reference,
    theirs?.payer,
    theirs?.status,
    theirs?.amount,
    theirs?.currency,
    theirs?.occurred_at,
    theirs?.problem?.field,
    theirs?.problem?.reason,
    ours?.client.code,
    ours?.payment_id ?? ours?.refund_id,
    ours?.reference,
    ours?.status,
    ours?.amount,
    ours?.currency,
    ours?.at,
    line.counted_theirs,
    line.counted_ours,
    line.resolution?.action,
    line.resolution?.reason,
    line.resolution?.at,
  ].map((cell) => String(cell ?? ''));
}
