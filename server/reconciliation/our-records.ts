import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';
import { idOfHex, publicHexOf } from '@/server/payments/ids';
import { chargedOf } from '@/server/payments/payment-row';
import type { PaymentState } from '@/server/payments/types';
import type { ProviderName } from '@/server/providers/provider';
import type { StatementLine } from './parse-statement';

/** A payment or a refund of ours as reconciliation looks at it. */
export interface OurMovement {
  readonly type: 'payment' | 'refund';
  /** Unique over all clients. */
  readonly key: string;
  readonly tenantId: string;
  readonly id: string;
  readonly state: PaymentState | RefundState;
  /** What the payer paid or was asked for, charges on top included; what is given back. Never negative. */
  readonly chargedMinor: bigint;
  readonly currency: string;
  readonly receipt: string | null;
  readonly attemptReference: string | null;
  readonly providerReference: string | null;
  readonly publicHex: string | null;
  readonly reference: string;
  readonly phone: string | null;
  readonly createdAtMs: number;
  readonly paidAtMs: number | null;
  /** Of a refund: the key of the payment it gives back. */
  readonly ofPayment: string | null;
}

type RefundState = 'pending' | 'submitted' | 'succeeded' | 'failed' | 'in_reconciliation';

/** Whose payments a statement can be about. */
export interface Coverage {
  readonly provider: ProviderName;
  readonly providerAccount: string | null;
}

interface Row {
  tenant_id: string;
  id: string;
  state: PaymentState;
  amount_minor: string;
  fee_minor: string;
  tax_minor: string;
  fee_bearer: 'client' | 'customer';
  currency: string;
  receipt: string | null;
  attempt_reference: string;
  provider_reference: string | null;
  public_hex: string;
  reference: string;
  phone: string | null;
  created_at_ms: string;
  paid_at_ms: string | null;
}

const COLUMNS = `p.tenant_id, p.id, p.state, p.amount_minor, p.fee_minor, p.tax_minor, p.fee_bearer, p.currency, p.receipt,
  p.attempt_reference, p.provider_reference, p.public_hex, p.reference, p.phone,
  ${sqlMs('p.created_at')} as created_at_ms, ${sqlMs('p.paid_at')} as paid_at_ms`;

/** Every payment that the lines may name, by whatever they name it: a few statements, however many lines. */
export async function findNamed(
  ctx: Context,
  coverage: Coverage,
  lines: readonly StatementLine[],
): Promise<OurMovement[]> {
  const receipts = distinct(lines.flatMap(({ receipt, linkedReceipt }) => [receipt, linkedReceipt]));
  const references = distinct(lines.map(({ reference }) => reference));
  const attempts = distinct(references.map(attemptOf));
  const hexes = distinct(references.map(publicHexOf));
  const found = [
    await select(ctx, coverage, 'p.receipt = any ($1)', receipts),
    await select(ctx, coverage, 'p.attempt_reference = any ($1::uuid[])', attempts),
    await select(ctx, coverage, 'p.provider_reference = any ($1)', references),
    await select(ctx, coverage, 'p.id = any ($1::bigint[])', distinct(hexes.map(idOf))),
    await select(ctx, coverage, 'p.reference = any ($1)', references),
  ];
  return unique(found.flat());
}

/** Payments of these payers without a receipt: where the provider told us none, who paid what and when has to do. */
export async function findByPayer(
  ctx: Context,
  coverage: Coverage,
  lines: readonly StatementLine[],
): Promise<OurMovement[]> {
  const phones = distinct(lines.map(({ payer }) => payer));
  if (phones.length === 0) return [];
  const times = lines.map(({ occurredAtMs }) => occurredAtMs);
  const [from, to] = [Math.min(...bounded(times)) - PAYER_BEFORE_MS, Math.max(...bounded(times)) + PAYER_AFTER_MS];
  const found = await select(ctx, coverage, 'p.receipt is null and p.phone = any ($1)', phones);
  return found.filter(({ createdAtMs }) => createdAtMs >= from && createdAtMs <= to);
}

/** How long before it was paid a payment may have been asked for, and how far the two clocks may be apart. */
export const PAYER_BEFORE_MS = 30 * 60_000;
export const PAYER_AFTER_MS = 5 * 60_000;

/** What we say succeeded in the period. @param currencies those of the statement: it says nothing of others */
export async function findPaid(
  ctx: Context,
  coverage: Coverage,
  period: { readonly fromMs: number; readonly toMs: number },
  currencies: readonly string[],
): Promise<OurMovement[]> {
  const instant = (parameter: string): string =>
    `timestamptz 'epoch' + ${parameter}::bigint * interval '1 millisecond'`;
  const visible = booksVisible(ctx, 6);
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${COLUMNS} from payments p join tenants t on t.id = p.tenant_id
     where p.provider = $1 and ($2::text is null or p.provider_account = $2)
       and p.paid_at >= ${instant('$3')} and p.paid_at < ${instant('$4')} and p.currency = any ($5)
       and p.state in ('succeeded', 'partially_refunded', 'refunded') and ${visible.sql}
     order by p.paid_at, p.id`,
    [coverage.provider, coverage.providerAccount, period.fromMs, period.toMs, currencies, ...visible.values],
  );
  return rows.map(toPayment);
}

async function select(
  ctx: Context,
  { provider, providerAccount }: Coverage,
  condition: string,
  names: readonly string[],
): Promise<OurMovement[]> {
  if (names.length === 0) return [];
  const visible = booksVisible(ctx, 4);
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${COLUMNS} from payments p join tenants t on t.id = p.tenant_id
     where ${condition} and p.provider = $2 and ($3::text is null or p.provider_account = $3) and ${visible.sql}`,
    [names, provider, providerAccount, ...visible.values],
  );
  return rows.map(toPayment);
}

function toPayment(row: Row): OurMovement {
  const charges = BigInt(row.fee_minor) + BigInt(row.tax_minor);
  return {
    type: 'payment',
    key: `payment:${row.tenant_id}:${row.id}`,
    tenantId: row.tenant_id,
    id: row.id,
    state: row.state,
    chargedMinor: chargedOf(BigInt(row.amount_minor), charges, row.fee_bearer),
    currency: row.currency,
    receipt: row.receipt,
    attemptReference: row.attempt_reference,
    providerReference: row.provider_reference,
    publicHex: row.public_hex,
    reference: row.reference,
    phone: row.phone,
    createdAtMs: Number(row.created_at_ms),
    paidAtMs: row.paid_at_ms === null ? null : Number(row.paid_at_ms),
    ofPayment: null,
  };
}

interface RefundRow {
  tenant_id: string;
  id: string;
  state: RefundState;
  amount_minor: string;
  currency: string;
  receipt: string | null;
  attempt_reference: string | null;
  provider_reference: string | null;
  reference: string;
  phone: string | null;
  payment_id: string | null;
  created_at_ms: string;
  ended_at_ms: string | null;
}

const REFUND_COLUMNS = `r.tenant_id, r.id, r.state, r.amount_minor, r.currency, r.receipt, r.attempt_reference,
  r.provider_reference, r.reference, r.phone, r.payment_id, ${sqlMs('r.created_at')} as created_at_ms,
  ${sqlMs('r.ended_at')} as ended_at_ms`;

/** Refunds and payouts that the lines may name, by themselves or by the payment that they give back. */
export async function findNamedRefunds(
  ctx: Context,
  coverage: Coverage,
  lines: readonly StatementLine[],
  payments: readonly OurMovement[],
): Promise<OurMovement[]> {
  const back = lines.filter(({ kind }) => kind === 'refund');
  if (back.length === 0) return [];
  const names = distinct(back.flatMap(({ receipt, reference }) => [receipt, reference]));
  const attempts = distinct(names.map(attemptOf));
  const linked = new Set(back.flatMap(({ receipt, linkedReceipt, reference }) => [receipt, linkedReceipt, reference]));
  const ofPayments = payments.filter(
    ({ receipt, attemptReference, reference }) =>
      linked.has(receipt) || linked.has(attemptReference) || linked.has(reference),
  );
  const found = [
    await selectRefunds(ctx, coverage, 'r.receipt = any ($1)', names),
    await selectRefunds(ctx, coverage, 'r.attempt_reference = any ($1::uuid[])', attempts),
    await selectRefunds(ctx, coverage, 'r.provider_reference = any ($1)', names),
    await selectRefunds(ctx, coverage, 'r.payment_id = any ($1::bigint[])', distinct(ofPayments.map(({ id }) => id))),
  ];
  return unique(found.flat());
}

/** What we say was given back in the period. */
export async function findGivenBack(
  ctx: Context,
  { provider, providerAccount }: Coverage,
  period: { readonly fromMs: number; readonly toMs: number },
  currencies: readonly string[],
): Promise<OurMovement[]> {
  const instant = (parameter: string): string =>
    `timestamptz 'epoch' + ${parameter}::bigint * interval '1 millisecond'`;
  const visible = booksVisible(ctx, 6);
  const { rows } = await ctx.db.pool.query<RefundRow>(
    `select ${REFUND_COLUMNS} from refunds r join tenants t on t.id = r.tenant_id
     where r.provider = $1 and ($2::text is null or r.provider_account = $2)
       and r.ended_at >= ${instant('$3')} and r.ended_at < ${instant('$4')} and r.currency = any ($5)
       and r.state = 'succeeded' and ${visible.sql}
     order by r.ended_at, r.id`,
    [provider, providerAccount, period.fromMs, period.toMs, currencies, ...visible.values],
  );
  return rows.map(toRefund);
}

async function selectRefunds(
  ctx: Context,
  { provider, providerAccount }: Coverage,
  condition: string,
  names: readonly string[],
): Promise<OurMovement[]> {
  if (names.length === 0) return [];
  const visible = booksVisible(ctx, 4);
  const { rows } = await ctx.db.pool.query<RefundRow>(
    `select ${REFUND_COLUMNS} from refunds r join tenants t on t.id = r.tenant_id
     where ${condition} and r.provider = $2 and ($3::text is null or r.provider_account = $3) and ${visible.sql}`,
    [names, provider, providerAccount, ...visible.values],
  );
  return rows.map(toRefund);
}

function toRefund(row: RefundRow): OurMovement {
  return {
    type: 'refund',
    key: `refund:${row.tenant_id}:${row.id}`,
    tenantId: row.tenant_id,
    id: row.id,
    state: row.state,
    chargedMinor: BigInt(row.amount_minor),
    currency: row.currency,
    receipt: row.receipt,
    attemptReference: row.attempt_reference,
    providerReference: row.provider_reference,
    publicHex: null,
    reference: row.reference,
    phone: row.phone,
    createdAtMs: Number(row.created_at_ms),
    paidAtMs: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
    ofPayment: row.payment_id === null ? null : `payment:${row.tenant_id}:${row.payment_id}`,
  };
}

/** Our own UUID, with hyphens or, where a provider takes letters and digits alone, without. */
export function attemptOf(text: string | null): string | null {
  const hex = text?.replaceAll('-', '').toLowerCase() ?? '';
  if (!/^[0-9a-f]{32}$/.test(hex)) return null;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Null where the first half is no id of 63 bits. */
function idOf(hex: string): string | null {
  return hex >= '8' ? null : idOfHex(hex);
}

function distinct(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== null);
}

function unique(payments: readonly OurMovement[]): OurMovement[] {
  return [...new Map(payments.map((payment) => [payment.key, payment])).values()];
}

/** For a spread that no statement is too long for. */
function bounded(times: readonly number[]): number[] {
  return times.length === 0 ? [0] : [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
}
