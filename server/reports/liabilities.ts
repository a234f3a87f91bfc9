import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import type { AccountType } from '@/server/ledger/core/types';
import { countedUntil, type DayRange, type DayRangeInput, dayRange, daysOf, inSnapshot } from './day-range';
import { catchUp } from './roll-up';

/** Credit-positive sums by what they are; what is held stands below zero, as its accounts do. */
export interface Position {
  readonly customersMinor: bigint;
  readonly promotionalMinor: bigint;
  readonly byType: ReadonlyMap<AccountType, bigint>;
}

export interface CurrencyLiabilities {
  readonly currency: string;
  readonly now: Position;
  readonly providers: readonly { readonly provider: string; readonly minor: bigint }[];
  readonly days: readonly (Position & { readonly date: string })[];
}

export interface Liabilities extends DayRange {
  readonly countedUntilMs: number | null;
  readonly currencies: readonly CurrencyLiabilities[];
  readonly livemode: boolean;
}

interface Change {
  type: AccountType;
  currency: string;
  day: string;
  change: string;
}

/**
 * What is owed and what is held for it. Wallets are not read: the books sum to zero, so they are what all other accounts
 * leave. The end of a day is the newest count less what came later.
 * @throws Problem parameter_invalid
 */
export async function readLiabilities(
  ctx: Context,
  input: DayRangeInput & { readonly currency: string | undefined },
): Promise<Liabilities> {
  const range = await dayRange(ctx, input);
  await catchUp(ctx);
  const visible = booksVisible(ctx, 2);
  const values = [input.currency ?? null, ...visible.values];
  const since = booksVisible(ctx, 3);
  const sinceValues = [input.currency ?? null, range.from, ...since.values];
  return inSnapshot(ctx, async (tx) => {
    const { rows: marks } = await tx.query<{ type: AccountType; currency: string; balance: string }>(
      `select m.type, m.currency, sum(m.balance_minor)::text as balance from tenants t
       join account_marks m on m.tenant_id = t.id
       where ($1::text is null or m.currency = $1) and ${visible.sql} group by 1, 2 order by 2, 1`,
      values,
    );
    const { rows: providers } = await tx.query<{ provider: string; currency: string; balance: string }>(
      `select a.provider, m.currency, sum(m.balance_minor)::text as balance from tenants t
       join account_marks m on m.tenant_id = t.id and m.type = 'PROVIDER_CLEARING'
       join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
       where ($1::text is null or m.currency = $1) and a.provider is not null and ${visible.sql} group by 1, 2 order by 1`,
      values,
    );
    const { rows: open } = await tx.query<{ currency: string; open: string }>(
      `select d.currency, sum(${OPEN})::text as open from tenants t join lot_days d on d.tenant_id = t.id
       where ($1::text is null or d.currency = $1) and ${visible.sql} group by 1`,
      values,
    );
    const { rows: changes } = await tx.query<Change>(
      `select d.type, d.currency, to_char(d.day, 'YYYY-MM-DD') as day, sum(d.credit_minor - d.debit_minor)::text as change
       from tenants t join account_days d on d.tenant_id = t.id and d.day > $2::date
       where ($1::text is null or d.currency = $1) and ${since.sql} group by 1, 2, 3`,
      sinceValues,
    );
    const { rows: opened } = await tx.query<{ currency: string; day: string; change: string }>(
      `select d.currency, to_char(d.day, 'YYYY-MM-DD') as day, sum(${OPEN})::text as change
       from tenants t join lot_days d on d.tenant_id = t.id and d.day > $2::date
       where ($1::text is null or d.currency = $1) and ${since.sql} group by 1, 2`,
      sinceValues,
    );
    const currencies = [...new Set(marks.map(({ currency }) => currency))].map((currency): CurrencyLiabilities => {
      const now = new Map(
        marks.filter((row) => row.currency === currency).map((row) => [row.type, BigInt(row.balance)]),
      );
      const openNow = BigInt(open.find((row) => row.currency === currency)?.open ?? '0');
      return {
        currency,
        now: positionOf(now, openNow),
        providers: providers
          .filter((row) => row.currency === currency)
          .map((row) => ({ provider: row.provider, minor: -BigInt(row.balance) })),
        days: endsOfDays(
          range,
          now,
          openNow,
          changes.filter((row) => row.currency === currency),
          opened.filter((row) => row.currency === currency),
        ),
      };
    });
    const countedUntilMs = await countedUntil(tx);
    return { ...range, countedUntilMs, currencies, livemode: ctx.principal.mode === 'live' };
  });
}

export const OPEN = 'd.issued_minor - d.used_minor - d.expired_minor - d.forfeited_minor - d.taken_back_minor';

function positionOf(byType: ReadonlyMap<AccountType, bigint>, promotionalMinor: bigint): Position {
  let others = 0n;
  for (const minor of byType.values()) others += minor;
  return { customersMinor: -others, promotionalMinor, byType: new Map(byType) };
}

/** From the last day back, taking off what each day brought. */
function endsOfDays(
  range: DayRange,
  now: ReadonlyMap<AccountType, bigint>,
  openNow: bigint,
  changes: readonly Change[],
  opened: readonly { readonly day: string; readonly change: string }[],
): (Position & { date: string })[] {
  const byType = new Map(now);
  let open = openNow;
  const takeOff = (keep: (day: string) => boolean): void => {
    for (const { type, day, change } of changes)
      if (keep(day)) byType.set(type, (byType.get(type) ?? 0n) - BigInt(change));
    for (const { day, change } of opened) if (keep(day)) open -= BigInt(change);
  };
  takeOff((day) => day > range.to);
  return daysOf(range)
    .reverse()
    .map((date) => {
      const position = { date, ...positionOf(byType, open) };
      takeOff((day) => day === date);
      return position;
    })
    .reverse();
}
