import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';
import { catchUp } from '@/server/reports/roll-up';
import {
  findPromotion,
  PROMOTION_COLUMNS,
  PROMOTIONS,
  type Promotion,
  type PromotionRow,
  toPromotion,
} from './promotion-row';

export interface PromotionFigures {
  readonly lots: number;
  readonly issuedMinor: bigint;
  readonly usedMinor: bigint;
  readonly expiredMinor: bigint;
  readonly forfeitedMinor: bigint;
  readonly takenBackMinor: bigint;
}

export interface PromotionView extends Promotion {
  readonly figures: PromotionFigures;
  readonly countedUntilMs: number | null;
}

interface FiguresRow {
  lots: number;
  issued: string;
  used: string;
  expired: string;
  forfeited: string;
  taken_back: string;
  counted_until_ms: string | null;
}

const viewSql = (promotions: string): string => `
  select q.*, f.*, (select ${sqlMs('g.counted_until')} from report_progress g) as counted_until_ms
  from (${promotions}) q
  cross join lateral (
    select coalesce(sum(d.lots), 0)::int as lots, coalesce(sum(d.issued_minor), 0)::text as issued,
      coalesce(sum(d.used_minor), 0)::text as used, coalesce(sum(d.expired_minor), 0)::text as expired,
      coalesce(sum(d.forfeited_minor), 0)::text as forfeited, coalesce(sum(d.taken_back_minor), 0)::text as taken_back
    from lot_days d where d.tenant_id = q.tenant_id and d.promotion_id = q.id
  ) f order by q.id desc`;

function toView(row: PromotionRow & FiguresRow): PromotionView {
  return {
    ...toPromotion(row),
    figures: {
      lots: row.lots,
      issuedMinor: BigInt(row.issued),
      usedMinor: BigInt(row.used),
      expiredMinor: BigInt(row.expired),
      forfeitedMinor: BigInt(row.forfeited),
      takenBackMinor: BigInt(row.taken_back),
    },
    countedUntilMs: row.counted_until_ms === null ? null : Number(row.counted_until_ms),
  };
}

/** Newest first, with what became of each. @returns up to `limit + 1`: the one over says there is more */
export async function readPromotions(
  ctx: Context,
  filter: { readonly status?: 'active' | 'ended' | undefined },
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<PromotionView[]> {
  await catchUp(ctx);
  const visible = booksVisible(ctx, 4);
  const { rows } = await ctx.db.pool.query<PromotionRow & FiguresRow>(
    viewSql(`select ${PROMOTION_COLUMNS} from ${PROMOTIONS}
      where ($1::text is null or p.status = $1) and ($2::bigint is null or p.id < $2) and ${visible.sql}
      order by p.id desc limit $3`),
    [filter.status ?? null, page.afterId, page.limit + 1, ...visible.values],
  );
  return rows.map(toView);
}

/** By id or code. @throws Problem resource_missing */
export async function readPromotion(ctx: Context, named: string): Promise<PromotionView> {
  const { tenantId, id } = await findPromotion(ctx, named, 'id');
  await catchUp(ctx);
  const { rows } = await ctx.db.pool.query<PromotionRow & FiguresRow>(
    viewSql(`select ${PROMOTION_COLUMNS} from ${PROMOTIONS} where p.tenant_id = $1 and p.id = $2`),
    [tenantId, id],
  );
  return toView(rows[0] as PromotionRow & FiguresRow);
}
