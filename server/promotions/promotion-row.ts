import { parseId } from '@/contracts/ids';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

export interface Promotion {
  readonly id: string;
  readonly tenantId: string;
  readonly clientCode: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly amountMinor: bigint | null;
  readonly expiresAtMs: number | null;
  readonly priority: number;
  readonly budgetMinor: bigint | null;
  /** Issued by imports, or set aside for one under way. */
  readonly reservedMinor: bigint;
  readonly status: 'active' | 'ended';
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly livemode: boolean;
}

export interface PromotionRow {
  id: string;
  tenant_id: string;
  client_code: string;
  mode: string;
  code: string;
  name: string;
  currency: string;
  amount_minor: string | null;
  expires_at_ms: string | null;
  priority: number;
  budget_minor: string | null;
  reserved_minor: string;
  status: 'active' | 'ended';
  created_at_ms: string;
  updated_at_ms: string;
}

/** Of `promotions p join tenants t join clients c`, for `toPromotion`. */
export const PROMOTION_COLUMNS = `p.id, p.tenant_id, c.code as client_code, t.mode, p.code, p.name, p.currency, p.amount_minor,
  ${sqlMs('p.expires_at')} as expires_at_ms, p.priority, p.budget_minor, p.reserved_minor, p.status,
  ${sqlMs('p.created_at')} as created_at_ms, ${sqlMs('p.updated_at')} as updated_at_ms`;

export const PROMOTIONS = 'promotions p join tenants t on t.id = p.tenant_id join clients c on c.id = t.client_id';

export function toPromotion(row: PromotionRow): Promotion {
  const whole = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return {
    id: row.id,
    tenantId: row.tenant_id,
    clientCode: row.client_code,
    code: row.code,
    name: row.name,
    currency: row.currency,
    amountMinor: whole(row.amount_minor),
    expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
    priority: row.priority,
    budgetMinor: whole(row.budget_minor),
    reservedMinor: BigInt(row.reserved_minor),
    status: row.status,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    livemode: row.mode === 'live',
  };
}

/**
 * By its id or its code, among the books that the caller may see.
 * @param lock `for update of p`: what is decided on the row holds until the transaction ends
 * @throws Problem resource_missing
 */
export async function findPromotion(
  ctx: Context,
  named: string,
  param: string,
  db: Queryable = ctx.db.pool,
  lock = false,
): Promise<Promotion> {
  const visible = booksVisible(ctx, 3);
  const { rows } = await db.query<PromotionRow>(
    `select ${PROMOTION_COLUMNS} from ${PROMOTIONS}
     where (p.id = $1 or p.code = $2) and ${visible.sql} order by p.id = $1 desc limit 1 ${lock ? 'for update of p' : ''}`,
    [parseId('promotion', named), named, ...visible.values],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such promotion.', { param });
  return toPromotion(row);
}
