import type {
  BreakageReportObject,
  FeesReportObject,
  LiabilitiesObject,
  PromotionsReportObject,
  TopUpsReportObject,
} from '@/contracts/activity-reports';
import type { Channel } from '@/contracts/channels';
import { formatId } from '@/contracts/ids';
import { daysOf } from '@/server/reports/day-range';
import type { FeeDay, FeesReport } from '@/server/reports/fees';
import type { Liabilities, Position } from '@/server/reports/liabilities';
import type { CreditFigures, CreditLine, CreditReport } from '@/server/reports/promotional-credit';
import type { TopUpsReport } from '@/server/reports/top-ups';
import { renderExactTime } from './render-time';

interface Counted {
  readonly from: string;
  readonly to: string;
  readonly countedUntilMs: number | null;
  readonly livemode: boolean;
}

const envelope = ({ from, to, countedUntilMs, livemode }: Counted) => ({
  from,
  to,
  counted_until: countedUntilMs === null ? null : renderExactTime(countedUntilMs),
  livemode,
});

const FLOAT = ['FLOAT_ACCOUNT', 'HYBRID_ACCOUNT', 'ACQUIRER_RESERVE', 'ROLLING_RESERVE'] as const;

/** Whose the money is, and where: two sums of one set of balances, so they are equal. */
function sides({ customersMinor, promotionalMinor, byType }: Position) {
  const of = (
    ...types: readonly (
      | (typeof FLOAT)[number]
      | 'AVAILABLE_COLLECTIONS'
      | 'COMMISSION_ACCOUNT'
      | 'COMMISSION_TAX_ACCOUNT'
      | 'REFUNDS_DUE'
      | 'SUSPENSE'
      | 'PROVIDER_CLEARING'
      | 'EXTERNAL_SETTLEMENT'
      | 'PROMOTION_EXPENSE'
    )[]
  ): bigint => types.reduce((sum, type) => sum + (byType.get(type) ?? 0n), 0n);
  const owed = {
    customers_paid: Number(customersMinor - promotionalMinor),
    customers_promotional: Number(promotionalMinor),
    clients: Number(of('AVAILABLE_COLLECTIONS')),
    float: Number(of(...FLOAT)),
    fees: Number(of('COMMISSION_ACCOUNT', 'COMMISSION_TAX_ACCOUNT')),
    refunds_due: Number(of('REFUNDS_DUE')),
    suspense: Number(of('SUSPENSE')),
  };
  const held = {
    providers: Number(-of('PROVIDER_CLEARING')),
    bank: Number(-of('EXTERNAL_SETTLEMENT')),
    promotion_expense: Number(-of('PROMOTION_EXPENSE')),
  };
  const total = (parts: Readonly<Record<string, number>>): number =>
    Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { owed: { ...owed, total: total(owed) }, held: { ...held, total: total(held) } };
}

export function renderLiabilities(report: Liabilities): LiabilitiesObject {
  return {
    object: 'liabilities_report',
    ...envelope(report),
    currencies: report.currencies.map(({ currency, now, providers, days }) => ({
      currency,
      ...sides(now),
      providers: providers.map(({ provider, minor }) => ({ provider, amount: Number(minor) })),
      days: days.map((day) => ({ date: day.date, ...sides(day) })),
    })),
  };
}

/** In the order in which keys come first. */
function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

export function renderFees(report: FeesReport): FeesReportObject {
  const figures = (days: readonly FeeDay[]) => ({
    fee: Number(days.reduce((sum, { feeMinor }) => sum + feeMinor, 0n)),
    tax: Number(days.reduce((sum, { taxMinor }) => sum + taxMinor, 0n)),
    charged: days.reduce((sum, { charged }) => sum + charged, 0),
  });
  return {
    object: 'fees_report',
    ...envelope(report),
    currencies: grouped(report.days, ({ currency }) => currency).map((days) => ({
      currency: (days[0] as FeeDay).currency,
      ...figures(days),
      services: grouped(days, ({ clientCode, serviceCode }) => `${clientCode}|${serviceCode}`)
        .map((own) => {
          const { clientCode, serviceCode, serviceName } = own[0] as FeeDay;
          return { client_code: clientCode, service_code: serviceCode, service_name: serviceName, ...figures(own) };
        })
        .sort((a, b) => b.fee - a.fee),
      days: days.map((day) => ({
        date: day.date,
        service_code: day.serviceCode,
        client_code: day.clientCode,
        ...figures([day]),
      })),
    })),
  };
}

function creditFigures(lines: readonly CreditFigures[]) {
  const sum = (of: (line: CreditFigures) => bigint): number =>
    Number(lines.reduce((total, line) => total + of(line), 0n));
  return {
    lots: lines.reduce((total, { lots }) => total + lots, 0),
    issued: sum(({ issuedMinor }) => issuedMinor),
    used: sum(({ usedMinor }) => usedMinor),
    expired: sum(({ expiredMinor }) => expiredMinor),
    forfeited: sum(({ forfeitedMinor }) => forfeitedMinor),
    taken_back: sum(({ takenBackMinor }) => takenBackMinor),
  };
}

const stillOpen = (figures: ReturnType<typeof creditFigures>): number =>
  figures.issued - figures.used - figures.expired - figures.forfeited - figures.taken_back;

const currenciesOf = ({ lines, openBefore }: CreditReport): string[] =>
  [...new Set([...openBefore, ...lines].map(({ currency }) => currency))].sort();

export function renderPromotions(report: CreditReport): PromotionsReportObject {
  return {
    object: 'promotions_report',
    ...envelope(report),
    currencies: currenciesOf(report).map((currency) => {
      const lines = report.lines.filter((line) => line.currency === currency);
      const before = report.openBefore.filter((row) => row.currency === currency);
      const openBefore = Number(before.reduce((sum, { openMinor }) => sum + openMinor, 0n));
      let open = openBefore;
      const days = daysOf(report).map((date) => {
        const figures = creditFigures(lines.filter((line) => line.date === date));
        open += stillOpen(figures);
        return { date, ...figures, open };
      });
      return { currency, ...creditFigures(lines), open_before: openBefore, open, days };
    }),
  };
}

export function renderBreakage(report: CreditReport): BreakageReportObject {
  const figures = (lines: readonly CreditLine[], openBefore: readonly { readonly openMinor: bigint }[]) => {
    const { issued, used, expired, forfeited, ...rest } = creditFigures(lines);
    const broken = expired + forfeited;
    const before = Number(openBefore.reduce((sum, { openMinor }) => sum + openMinor, 0n));
    const ended = used + broken;
    return {
      issued,
      used,
      broken,
      rate_ppm: ended <= 0 ? null : Number((BigInt(broken) * 1_000_000n) / BigInt(ended)),
      open: before + stillOpen({ issued, used, expired, forfeited, ...rest }),
    };
  };
  const keyOf = (row: Pick<CreditLine, 'clientCode' | 'promotionId'>): string => `${row.clientCode}|${row.promotionId}`;
  return {
    object: 'breakage_report',
    ...envelope(report),
    currencies: currenciesOf(report).map((currency) => {
      const lines = report.lines.filter((line) => line.currency === currency);
      const before = report.openBefore.filter((row) => row.currency === currency);
      const promotions = grouped([...before, ...lines], keyOf).map((rows) => {
        const [first] = rows as [(typeof rows)[number]];
        const own = lines.filter((line) => keyOf(line) === keyOf(first));
        const openBefore = before.filter((row) => keyOf(row) === keyOf(first));
        return {
          client_code: first.clientCode,
          promotion_id: first.promotionId === null ? null : formatId('promotion', first.promotionId),
          promotion_code: first.promotionCode,
          ...figures(own, openBefore),
        };
      });
      return { currency, ...figures(lines, before), promotions: promotions.sort((a, b) => b.broken - a.broken) };
    }),
  };
}

export function renderTopUps(report: TopUpsReport): TopUpsReportObject {
  const { collected, begun, from } = report;
  const sums = (rows: TopUpsReport['collected']) => ({
    amount: Number(rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)),
    count: rows.reduce((sum, { count }) => sum + count, 0),
  });
  const channels = (paid: TopUpsReport['collected'], started: TopUpsReport['begun']) =>
    [...new Set([...paid, ...started].map(({ channel }): Channel => channel))]
      .map((channel) => {
        const own = started.filter((row) => row.channel === channel);
        return {
          channel,
          ...sums(paid.filter((row) => row.channel === channel)),
          begun: own.reduce((sum, row) => sum + row.begun, 0),
          begun_succeeded: own.reduce((sum, row) => sum + row.succeeded, 0),
          begun_ended: own.reduce((sum, row) => sum + row.ended, 0),
        };
      })
      .sort((a, b) => b.amount - a.amount);
  return {
    object: 'top_ups_report',
    ...envelope({ ...report, countedUntilMs: report.asOfMs }),
    currencies: [...new Set([...collected, ...begun].map(({ currency }) => currency))].sort().map((currency) => {
      const paid = collected.filter((row) => row.currency === currency && row.date >= from);
      const started = begun.filter((row) => row.currency === currency);
      return {
        currency,
        ...sums(paid),
        previous: sums(collected.filter((row) => row.currency === currency && row.date < from)),
        channels: channels(paid, started),
        days: daysOf(report).map((date) => {
          const own = paid.filter((row) => row.date === date);
          return {
            date,
            ...sums(own),
            channels: channels(
              own,
              started.filter((row) => row.date === date),
            ),
          };
        }),
      };
    }),
  };
}
