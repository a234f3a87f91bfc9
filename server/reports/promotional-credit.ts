import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { findPromotion } from '@/server/promotions/promotion-row';
import { countedUntil, type DayRange, type DayRangeInput, dayRange, inSnapshot } from './day-range';
import { OPEN } from './liabilities';
import { catchUp } from './roll-up';

export interface CreditFigures {
  readonly lots: number;
  readonly issuedMinor: bigint;
  readonly usedMinor: bigint;
  readonly expiredMinor: bigint;
  readonly forfeitedMinor: bigint;
  readonly takenBackMinor: bigint;
}

/** What became of promotional credit in one day, or before the period where `date` is null. */
export interface CreditLine extends CreditFigures {
  readonly date: string | null;
  readonly currency: string;
  readonly clientCode: string;
  readonly promotionId: string | null;
  readonly promotionCode: string | null;
}

export interface CreditReport extends DayRange {
  readonly countedUntilMs: number | null;
  readonly lines: readonly CreditLine[];
  /** Open before the period: by currency, client and promotion. */
  readonly openBefore: readonly (Pick<CreditLine, 'currency' | 'clientCode' | 'promotionId' | 'promotionCode'> & {
    readonly openMinor: bigint;
  })[];
  readonly livemode: boolean;
}

/** Promotional credit by promotion and day. @throws Problem parameter_invalid, resource_missing */
export async function readPromotionalCredit(
  ctx: Context,
  input: DayRangeInput & { readonly currency: string | undefined; readonly promotion: string | undefined },
): Promise<CreditReport> {
  const range = await dayRange(ctx, input);
  const promotion = input.promotion === undefined ? null : await findPromotion(ctx, input.promotion, 'promotion');
  await catchUp(ctx);
  const visible = booksVisible(ctx, 5);
  const values = [range.from, range.to, input.currency ?? null, promotion?.id ?? null, ...visible.values];
  const from = `from tenants t
    join clients c on c.id = t.client_id
    join lot_days d on d.tenant_id = t.id
    left join promotions p on p.tenant_id = d.tenant_id and p.id = d.promotion_id
    where ($3::text is null or d.currency = $3) and ($4::bigint is null or d.promotion_id = $4) and ${visible.sql}`;
  const named = 'd.currency, c.code as client_code, p.id as promotion_id, p.code as promotion_code';
  interface Named {
    currency: string;
    client_code: string;
    promotion_id: string | null;
    promotion_code: string | null;
  }
  return inSnapshot(ctx, async (tx) => {
    const { rows } = await tx.query<
      Named & {
        date: string;
        lots: number;
        issued: string;
        used: string;
        expired: string;
        forfeited: string;
        taken_back: string;
      }
    >(
      `select to_char(d.day, 'YYYY-MM-DD') as date, ${named}, d.lots, d.issued_minor as issued, d.used_minor as used,
         d.expired_minor as expired, d.forfeited_minor as forfeited, d.taken_back_minor as taken_back
       ${from} and d.day between $1::date and $2::date order by d.currency, d.day, p.code nulls last`,
      values,
    );
    const { rows: before } = await tx.query<Named & { open: string }>(
      `select ${named}, sum(${OPEN})::text as open ${from} and d.day < least($1::date, $2::date) group by 1, 2, 3, 4 order by 1`,
      values,
    );
    return {
      ...range,
      countedUntilMs: await countedUntil(tx),
      lines: rows.map((row) => ({
        date: row.date,
        ...identity(row),
        lots: row.lots,
        issuedMinor: BigInt(row.issued),
        usedMinor: BigInt(row.used),
        expiredMinor: BigInt(row.expired),
        forfeitedMinor: BigInt(row.forfeited),
        takenBackMinor: BigInt(row.taken_back),
      })),
      openBefore: before.map((row) => ({ ...identity(row), openMinor: BigInt(row.open) })),
      livemode: ctx.principal.mode === 'live',
    };
  });

  function identity(row: Named) {
    return {
      currency: row.currency,
      clientCode: row.client_code,
      promotionId: row.promotion_id,
      promotionCode: row.promotion_code,
    };
  }
}
