import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { countedUntil, type DayRange, type DayRangeInput, dayRange, inSnapshot } from './day-range';
import { catchUp } from './roll-up';

export interface FeeDay {
  readonly date: string;
  readonly currency: string;
  readonly clientCode: string;
  /** Null where none was named. */
  readonly serviceCode: string | null;
  readonly serviceName: string | null;
  readonly feeMinor: bigint;
  readonly taxMinor: bigint;
  readonly charged: number;
}

export interface FeesReport extends DayRange {
  readonly countedUntilMs: number | null;
  readonly days: readonly FeeDay[];
  readonly livemode: boolean;
}

/** Fees and tax by service and day; a day without any has no line. @throws Problem parameter_invalid */
export async function readFees(
  ctx: Context,
  input: DayRangeInput & { readonly currency: string | undefined },
): Promise<FeesReport> {
  const range = await dayRange(ctx, input);
  await catchUp(ctx);
  const visible = booksVisible(ctx, 4);
  return inSnapshot(ctx, async (tx) => {
    const { rows } = await tx.query<{
      date: string;
      currency: string;
      client_code: string;
      service_code: string | null;
      service_name: string | null;
      fee: string;
      tax: string;
      charged: number;
    }>(
      `select to_char(d.day, 'YYYY-MM-DD') as date, d.currency, c.code as client_code, s.code as service_code,
         s.name as service_name, d.fee_minor as fee, d.tax_minor as tax, d.charged
       from tenants t
       join clients c on c.id = t.client_id
       join fee_days d on d.tenant_id = t.id and d.day between $1::date and $2::date
       left join client_services s on s.tenant_id = d.tenant_id and s.id = d.service_id
       where ($3::text is null or d.currency = $3) and ${visible.sql}
       order by d.currency, d.day, c.code, s.code nulls last`,
      [range.from, range.to, input.currency ?? null, ...visible.values],
    );
    return {
      ...range,
      countedUntilMs: await countedUntil(tx),
      days: rows.map((row) => ({
        date: row.date,
        currency: row.currency,
        clientCode: row.client_code,
        serviceCode: row.service_code,
        serviceName: row.service_name,
        feeMinor: BigInt(row.fee),
        taxMinor: BigInt(row.tax),
        charged: row.charged,
      })),
      livemode: ctx.principal.mode === 'live',
    };
  });
}
