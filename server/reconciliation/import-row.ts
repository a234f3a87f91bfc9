import { sqlMs } from '@/server/kernel/sql-time';
import type { ProviderName } from '@/server/providers/provider';
import type { Outcome } from './classify';
import type { LineKind, LineStatus } from './statement-formats';

/** A statement that was imported. */
export interface StatementImport {
  readonly id: string;
  readonly tenantId: string;
  readonly clientCode: string;
  readonly clientName: string;
  readonly provider: ProviderName;
  /** Of every client in the mode, as against one client's. */
  readonly coversAll: boolean;
  readonly providerAccount: string | null;
  readonly fileName: string;
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly timeZone: string;
  readonly periodFromMs: number | null;
  readonly periodToMs: number | null;
  readonly currencies: readonly string[];
  readonly lineCount: number;
  readonly breakCount: number;
  readonly openBreaks: number;
  readonly actor: string;
  readonly actorName: string | null;
  readonly createdAtMs: number;
  readonly livemode: boolean;
}

interface ImportRow {
  id: string;
  tenant_id: string;
  client_code: string;
  client_name: string;
  mode: 'live' | 'test';
  provider: ProviderName;
  covers_all: boolean;
  provider_account: string | null;
  file_name: string;
  file_hash: string;
  file_bytes: number;
  time_zone: string;
  period_from_ms: string | null;
  period_to_ms: string | null;
  currencies: string[];
  line_count: number;
  break_count: number;
  open_breaks: number;
  actor: string;
  actor_name: string | null;
  created_at_ms: string;
}

/** Of `reconciliation_imports i`, for `toImport`. */
export const IMPORT_COLUMNS = `i.id, i.tenant_id, c.code as client_code, c.name as client_name, t.mode, i.provider, i.covers_all,
  i.provider_account, i.file_name, encode(i.file_hash, 'hex') as file_hash, i.file_bytes, i.time_zone,
  ${sqlMs('i.period_from')} as period_from_ms, ${sqlMs('i.period_to')} as period_to_ms, i.currencies, i.line_count,
  i.break_count, i.open_breaks, i.actor, ${sqlMs('i.created_at')} as created_at_ms,
  (select u.name from users u where u.id = substring(i.actor from '^user:([0-9]{1,18}|[1-8][0-9]{18})$')::bigint) as actor_name`;

export const IMPORTS =
  'reconciliation_imports i join tenants t on t.id = i.tenant_id join clients c on c.id = t.client_id';

export type StoredImportRow = ImportRow;

export function toImport(row: ImportRow): StatementImport {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    clientCode: row.client_code,
    clientName: row.client_name,
    provider: row.provider,
    coversAll: row.covers_all,
    providerAccount: row.provider_account,
    fileName: row.file_name,
    fileHash: row.file_hash,
    fileBytes: row.file_bytes,
    timeZone: row.time_zone,
    periodFromMs: row.period_from_ms === null ? null : Number(row.period_from_ms),
    periodToMs: row.period_to_ms === null ? null : Number(row.period_to_ms),
    currencies: row.currencies,
    lineCount: row.line_count,
    breakCount: row.break_count,
    openBreaks: row.open_breaks,
    actor: row.actor,
    actorName: row.actor_name,
    createdAtMs: Number(row.created_at_ms),
    livemode: row.mode === 'live',
  };
}

export type LineOutcome = Outcome | 'unreadable';
export type Resolution = 'noted' | 'payment_resolved' | 'matched_later';

/** Outcomes that ask for a person. */
export const BREAKS: readonly LineOutcome[] = [
  'missing_here',
  'missing_there',
  'amount_differs',
  'status_differs',
  'unreadable',
];

/** What came of one line, or of one thing of ours that has none. */
export interface ComparedLine {
  readonly number: number;
  readonly outcome: LineOutcome;
  readonly kind: LineKind;
  readonly fileLine: number | null;
  readonly receipt: string | null;
  readonly reference: string | null;
  readonly payer: string | null;
  readonly status: LineStatus | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly occurredAtMs: number | null;
  readonly problemField: string | null;
  readonly problem: string | null;
  readonly raw: string | null;
  readonly theirsMinor: bigint;
  readonly matchedBy: 'receipt' | 'reference' | 'payer' | null;
  readonly ours: {
    readonly tenantId: string;
    readonly clientCode: string;
    readonly clientName: string;
    /** `pay_…`. */
    readonly paymentId: string | null;
    readonly storedPaymentId: string | null;
    readonly refundId: string | null;
    readonly reference: string | null;
    /** When the statement was imported, and as it is now. */
    readonly status: string;
    readonly currentStatus: string;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly atMs: number | null;
  } | null;
  readonly oursMinor: bigint;
  readonly resolution: {
    readonly action: Resolution;
    readonly reason: string | null;
    readonly by: string;
    readonly byName: string | null;
    readonly atMs: number;
  } | null;
}

interface LineRow {
  number: number;
  outcome: LineOutcome;
  kind: LineKind;
  file_line: number | null;
  receipt: string | null;
  reference: string | null;
  payer: string | null;
  status: LineStatus | null;
  amount_minor: string | null;
  currency: string | null;
  occurred_at_ms: string | null;
  problem_field: string | null;
  problem: string | null;
  raw: string | null;
  theirs_minor: string;
  matched_by: ComparedLine['matchedBy'];
  our_tenant_id: string | null;
  client_code: string | null;
  client_name: string | null;
  our_payment_id: string | null;
  public_hex: string | null;
  payment_reference: string | null;
  current_status: string | null;
  our_refund_id: string | null;
  our_status: string | null;
  our_amount_minor: string | null;
  our_currency: string | null;
  our_at_ms: string | null;
  ours_minor: string;
  resolution: Resolution | null;
  resolution_reason: string | null;
  resolved_by: string | null;
  resolved_by_name: string | null;
  resolved_at_ms: string | null;
}

export type StoredLineRow = LineRow;

/** Of `reconciliation_lines l`, for `toLine`. */
export const LINE_COLUMNS = `l.number, l.outcome, l.kind, l.file_line, l.receipt, l.reference, l.payer, l.status, l.amount_minor,
  l.currency, ${sqlMs('l.occurred_at')} as occurred_at_ms, l.problem_field, l.problem, l.raw, l.theirs_minor, l.matched_by,
  l.our_tenant_id, oc.code as client_code, oc.name as client_name, l.our_payment_id, p.public_hex,
  coalesce(p.reference, r.reference) as payment_reference, coalesce(p.state, r.state) as current_status, l.our_refund_id, l.our_status, l.our_amount_minor,
  l.our_currency, ${sqlMs('l.our_at')} as our_at_ms, l.ours_minor, l.resolution, l.resolution_reason, l.resolved_by,
  (select u.name from users u where u.id = substring(l.resolved_by from '^user:([0-9]{1,18}|[1-8][0-9]{18})$')::bigint)
    as resolved_by_name, ${sqlMs('l.resolved_at')} as resolved_at_ms`;

export const LINES = `reconciliation_lines l
  left join tenants ot on ot.id = l.our_tenant_id
  left join clients oc on oc.id = ot.client_id
  left join payments p on p.tenant_id = l.our_tenant_id and p.id = l.our_payment_id
  left join refunds r on r.tenant_id = l.our_tenant_id and r.id = l.our_refund_id`;

export function toLine(row: LineRow): ComparedLine {
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    number: row.number,
    outcome: row.outcome,
    kind: row.kind,
    fileLine: row.file_line,
    receipt: row.receipt,
    reference: row.reference,
    payer: row.payer,
    status: row.status,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    currency: row.currency,
    occurredAtMs: ms(row.occurred_at_ms),
    problemField: row.problem_field,
    problem: row.problem,
    raw: row.raw,
    theirsMinor: BigInt(row.theirs_minor),
    matchedBy: row.matched_by,
    ours:
      row.our_tenant_id === null
        ? null
        : {
            tenantId: row.our_tenant_id,
            clientCode: row.client_code ?? '',
            clientName: row.client_name ?? '',
            paymentId: row.public_hex === null ? null : `pay_${row.public_hex}`,
            storedPaymentId: row.our_payment_id,
            refundId: row.our_refund_id,
            reference: row.payment_reference,
            status: row.our_status ?? '',
            currentStatus: row.current_status ?? row.our_status ?? '',
            amountMinor: BigInt(row.our_amount_minor ?? '0'),
            currency: row.our_currency ?? '',
            atMs: ms(row.our_at_ms),
          },
    oursMinor: BigInt(row.ours_minor),
    resolution:
      row.resolution === null
        ? null
        : {
            action: row.resolution,
            reason: row.resolution_reason,
            by: row.resolved_by ?? '',
            byName: row.resolved_by_name,
            atMs: Number(row.resolved_at_ms),
          },
  };
}
