import type { Channel } from '@/contracts/channels';
import type { PaymentMethodStatus, PaymentMethodType } from '@/contracts/payment-methods';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

/** A saved payment method. Its token is not in here: only what charges it reads that. */
export interface PaymentMethodView {
  readonly id: string;
  readonly customerId: string;
  readonly type: PaymentMethodType;
  readonly channel: Channel;
  readonly country: string;
  readonly currency: string;
  /** E.164 digits; null of a card. */
  readonly phone: string | null;
  /** Of a card: where its token counts. */
  readonly providerAccount: string | null;
  readonly card: {
    readonly brand: string | null;
    readonly lastFour: string | null;
    readonly expiryMonth: string | null;
    readonly expiryYear: string | null;
  } | null;
  readonly payerEmail: string | null;
  readonly consentStatement: string;
  readonly consentAtMs: number;
  readonly createdAtMs: number;
  readonly detachedAtMs: number | null;
  readonly livemode: boolean;
}

interface MethodRow {
  id: string;
  customer_id: string;
  type: PaymentMethodType;
  channel: Channel;
  country: string;
  currency: string;
  phone: string | null;
  provider_account: string | null;
  card_brand: string | null;
  card_last_four: string | null;
  card_expiry_month: string | null;
  card_expiry_year: string | null;
  payer_email: string | null;
  consent_statement: string;
  consent_at_ms: string;
  created_at_ms: string;
  detached_at_ms: string | null;
}

const COLUMNS = `m.id, m.customer_id, m.type, m.channel, m.country, m.currency, m.phone, m.provider_account, m.card_brand,
  m.card_last_four, m.card_expiry_month, m.card_expiry_year, m.payer_email, m.consent_statement,
  ${sqlMs('m.consent_at')} as consent_at_ms, ${sqlMs('m.created_at')} as created_at_ms,
  ${sqlMs('m.detached_at')} as detached_at_ms`;

/** Whose, in which mode: of requests, jobs and payments. */
export interface MethodReader {
  readonly principal: Pick<Context['principal'], 'tenantId' | 'mode'>;
  readonly db: Context['db'];
}

/** @throws Problem resource_missing */
export async function readMethod(
  ctx: MethodReader,
  id: string,
  { tx = ctx.db.pool, lock = false }: { readonly tx?: Queryable; readonly lock?: boolean } = {},
): Promise<PaymentMethodView> {
  const { rows } = await tx.query<MethodRow>(
    `select ${COLUMNS} from payment_methods m where m.tenant_id = $1 and m.id = $2 ${lock ? 'for update' : ''}`,
    [ctx.principal.tenantId, id],
  );
  if (rows[0] === undefined) throw methodNotFound();
  return toMethod(rows[0], ctx.principal.mode === 'live');
}

export function methodNotFound(param?: string): Problem {
  return new Problem('resource_missing', 'There is no such payment method.', param === undefined ? {} : { param });
}

/** Those that are there, in the order of their ids as given. */
export async function readMethodsNamed(
  ctx: MethodReader,
  ids: readonly string[],
  db: Queryable = ctx.db.pool,
): Promise<PaymentMethodView[]> {
  const { rows } = await db.query<MethodRow>(
    `select ${COLUMNS} from unnest($2::bigint[]) with ordinality as w (id, place)
     join payment_methods m on m.tenant_id = $1 and m.id = w.id order by w.place`,
    [ctx.principal.tenantId, ids],
  );
  return rows.map((row) => toMethod(row, ctx.principal.mode === 'live'));
}

/**
 * Newest first.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readMethods(
  ctx: MethodReader,
  filter: { readonly customerId: string | undefined; readonly status: PaymentMethodStatus | undefined },
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<PaymentMethodView[]> {
  const values: unknown[] = [ctx.principal.tenantId, page.limit + 1];
  const conditions: string[] = [];
  if (filter.customerId !== undefined) {
    values.push(filter.customerId);
    conditions.push(`and m.customer_id = $${values.length}`);
  }
  if (filter.status !== undefined) {
    conditions.push(`and m.detached_at is ${filter.status === 'active' ? '' : 'not '}null`);
  }
  if (page.afterId !== null) {
    values.push(page.afterId);
    conditions.push(`and m.id < $${values.length}`);
  }
  const { rows } = await ctx.db.pool.query<MethodRow>(
    `select ${COLUMNS} from payment_methods m where m.tenant_id = $1 ${conditions.join(' ')} order by m.id desc limit $2`,
    values,
  );
  return rows.map((row) => toMethod(row, ctx.principal.mode === 'live'));
}

function toMethod(row: MethodRow, livemode: boolean): PaymentMethodView {
  return {
    id: row.id,
    customerId: row.customer_id,
    type: row.type,
    channel: row.channel,
    country: row.country,
    currency: row.currency,
    phone: row.phone,
    providerAccount: row.provider_account,
    card:
      row.type === 'mobile_money'
        ? null
        : {
            brand: row.card_brand,
            lastFour: row.card_last_four,
            expiryMonth: row.card_expiry_month,
            expiryYear: row.card_expiry_year,
          },
    payerEmail: row.payer_email,
    consentStatement: row.consent_statement,
    consentAtMs: Number(row.consent_at_ms),
    createdAtMs: Number(row.created_at_ms),
    detachedAtMs: row.detached_at_ms === null ? null : Number(row.detached_at_ms),
    livemode,
  };
}
