import type { AutoTopUpDisabledReason, AutoTopUpStatus } from '@/contracts/auto-top-ups';
import type { TopUpStatus } from '@/contracts/top-ups';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import type { Used } from './decide';
import { type PaymentMethodView, readMethodsNamed } from './read-methods';

/** A wallet's rule for automatic top-ups, with what it has done. */
export interface RuleView {
  readonly walletId: string;
  readonly currency: string;
  readonly status: AutoTopUpStatus;
  readonly disabledReason: AutoTopUpDisabledReason | null;
  readonly thresholdMinor: bigint;
  readonly amountMinor: bigint | null;
  readonly targetMinor: bigint | null;
  /** In the order in which they are tried. */
  readonly methods: readonly PaymentMethodView[];
  readonly cooldownSeconds: number;
  readonly dailyCountMax: number;
  readonly monthlyCountMax: number;
  readonly dailyAmountMaxMinor: bigint | null;
  readonly monthlyAmountMaxMinor: bigint | null;
  readonly failuresMax: number;
  readonly failures: number;
  readonly cooldownUntilMs: number | null;
  readonly backedOffUntilMs: number | null;
  readonly used: { readonly day: Used; readonly month: Used };
  /** Whether the end of a top-up that was begun is not known. */
  readonly isInFlight: boolean;
  readonly lastTopUp: LastTopUp | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly livemode: boolean;
  /** The instant that this is of. */
  readonly asOfMs: number;
}

export interface LastTopUp {
  readonly id: string;
  readonly amountMinor: bigint;
  readonly status: TopUpStatus;
  readonly failureCode: string | null;
  /** What it credited: a journal and the leg on the wallet; null while it has not. */
  readonly entry: { readonly journalId: string; readonly leg: number; readonly sequence: number } | null;
  readonly createdAtMs: number;
}

interface RuleRow {
  currency: string;
  status: AutoTopUpStatus;
  disabled_reason: AutoTopUpDisabledReason | null;
  threshold_minor: string;
  amount_minor: string | null;
  target_minor: string | null;
  payment_method_ids: string[];
  cooldown_seconds: number;
  daily_count_max: number;
  monthly_count_max: number;
  daily_amount_max_minor: string | null;
  monthly_amount_max_minor: string | null;
  failures_max: number;
  failures: number;
  cooldown_until_ms: string | null;
  backed_off_until_ms: string | null;
  created_at_ms: string;
  updated_at_ms: string;
  as_of_ms: string;
}

interface UsageRow {
  day_count: number;
  day_minor: string;
  month_count: number;
  month_minor: string;
  is_in_flight: boolean;
}

interface LastRow {
  id: string;
  amount_minor: string;
  status: TopUpStatus;
  failure_code: string | null;
  journal_id: string | null;
  leg: number | null;
  sequence: string | null;
  created_at_ms: string;
}

/** What requests, jobs and payments all have. */
export interface RuleReader {
  readonly principal: Pick<Context['principal'], 'tenantId' | 'mode'>;
  readonly clock: Context['clock'];
  readonly db: Context['db'];
}

/**
 * Null where the wallet has none.
 * @param lock Guarantee: what is decided on it, and started by it, is decided by one at a time.
 */
export async function findRule(
  ctx: RuleReader,
  walletId: string,
  { tx = ctx.db.pool, lock = false }: { readonly tx?: Queryable; readonly lock?: boolean } = {},
): Promise<RuleView | null> {
  const values = [ctx.principal.tenantId, ctx.clock.fixedMs(), walletId];
  const { rows } = await tx.query<RuleRow>(`${RULE} ${lock ? 'for update of r' : ''}`, values);
  const row = rows[0];
  if (row === undefined) return null;
  const methods = await readMethodsNamed(ctx, row.payment_method_ids, tx);
  const { rows: usage } = await tx.query<UsageRow>(USAGE, values);
  const { rows: last } = await tx.query<LastRow>(LAST, [ctx.principal.tenantId, walletId]);
  return toRule(walletId, row, methods, usage[0], last[0], ctx.principal.mode === 'live');
}

/** @throws Problem resource_missing */
export async function readRule(
  ctx: RuleReader,
  walletId: string,
  options: { readonly tx?: Queryable; readonly lock?: boolean } = {},
): Promise<RuleView> {
  const rule = await findRule(ctx, walletId, options);
  if (rule === null) throw new Problem('resource_missing', 'The wallet has no rule for automatic top-ups.');
  return rule;
}

const RULE = `
  select a.currency, r.status, r.disabled_reason, r.threshold_minor, r.amount_minor, r.target_minor, r.payment_method_ids,
    r.cooldown_seconds, r.daily_count_max, r.monthly_count_max, r.daily_amount_max_minor, r.monthly_amount_max_minor,
    r.failures_max, r.failures, ${sqlMs('r.cooldown_until')} as cooldown_until_ms,
    ${sqlMs('r.backed_off_until')} as backed_off_until_ms, ${sqlMs('r.created_at')} as created_at_ms,
    ${sqlMs('r.updated_at')} as updated_at_ms, ${sqlMs(sqlNow(2))} as as_of_ms
  from auto_topup_rules r
  join accounts a on a.tenant_id = r.tenant_id and a.id = r.wallet_id
  where r.tenant_id = $1 and r.wallet_id = $3`;

/** One that came to nothing counts for nothing; one that is under way, or whose end nobody knows, counts in full. */
const USAGE = `
  with clock as materialized (select date_trunc('day', ${sqlNow(2)}, 'UTC') as day, date_trunc('month', ${sqlNow(2)}, 'UTC') as month)
  select count(*) filter (where t.created_at >= clock.day)::int as day_count,
    coalesce(sum(t.amount_minor) filter (where t.created_at >= clock.day), 0)::bigint as day_minor,
    count(t.id)::int as month_count, coalesce(sum(t.amount_minor), 0)::bigint as month_minor,
    exists (
      select from top_ups o where o.tenant_id = $1 and o.wallet_id = $3 and o.source = 'automatic'
        and o.status in ('created', 'processing', 'pending', 'in_reconciliation')
    ) as is_in_flight
  from clock left join top_ups t on t.tenant_id = $1 and t.wallet_id = $3 and t.source = 'automatic'
    and t.created_at >= clock.month and t.status not in ('failed', 'canceled', 'expired')
  group by clock.day`;

const LAST = `
  select t.id, t.amount_minor, t.status, t.failure_code, j.id as journal_id,
    array_position(j.leg_accounts, t.wallet_id) as leg, j.leg_sequences[array_position(j.leg_accounts, t.wallet_id)] as sequence,
    ${sqlMs('t.created_at')} as created_at_ms
  from (
    select * from top_ups x where x.tenant_id = $1 and x.wallet_id = $2 and x.source = 'automatic'
    order by x.created_at desc, x.id desc limit 1
  ) t
  left join payments p on p.tenant_id = t.tenant_id and p.reference = t.payment_reference
  left join journals j on j.tenant_id = p.tenant_id and j.id = p.journal_id`;

function toRule(
  walletId: string,
  row: RuleRow,
  methods: readonly PaymentMethodView[],
  usage: UsageRow | undefined,
  last: LastRow | undefined,
  livemode: boolean,
): RuleView {
  const minor = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    walletId,
    currency: row.currency,
    status: row.status,
    disabledReason: row.disabled_reason,
    thresholdMinor: BigInt(row.threshold_minor),
    amountMinor: minor(row.amount_minor),
    targetMinor: minor(row.target_minor),
    methods,
    cooldownSeconds: row.cooldown_seconds,
    dailyCountMax: row.daily_count_max,
    monthlyCountMax: row.monthly_count_max,
    dailyAmountMaxMinor: minor(row.daily_amount_max_minor),
    monthlyAmountMaxMinor: minor(row.monthly_amount_max_minor),
    failuresMax: row.failures_max,
    failures: row.failures,
    cooldownUntilMs: ms(row.cooldown_until_ms),
    backedOffUntilMs: ms(row.backed_off_until_ms),
    used: {
      day: { count: usage?.day_count ?? 0, amountMinor: BigInt(usage?.day_minor ?? 0) },
      month: { count: usage?.month_count ?? 0, amountMinor: BigInt(usage?.month_minor ?? 0) },
    },
    isInFlight: usage?.is_in_flight ?? false,
    lastTopUp: last === undefined ? null : toLast(last),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    livemode,
    asOfMs: Number(row.as_of_ms),
  };
}

function toLast(row: LastRow): LastTopUp {
  const { journal_id: journalId, leg, sequence } = row;
  return {
    id: row.id,
    amountMinor: BigInt(row.amount_minor),
    status: row.status,
    failureCode: row.failure_code,
    entry:
      journalId === null || leg === null || sequence === null ? null : { journalId, leg, sequence: Number(sequence) },
    createdAtMs: Number(row.created_at_ms),
  };
}
