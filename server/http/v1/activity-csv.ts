import type {
  BreakageReportObject,
  FeesReportObject,
  LiabilitiesObject,
  PromotionsReportObject,
  TopUpsReportObject,
} from '@/contracts/activity-reports';
import { formatMajor } from '@/contracts/money';
import { csvHeaders } from '../text-stream';
import { csvRow } from './csv';

type Cells = readonly (string | number | null)[];

/** Of at most 366 days, so a report's CSV is made whole; amounts in major units, as spreadsheets take them. */
export function csvResponse(text: string, name: string, { from, to }: { readonly from: string; readonly to: string }) {
  return new Response(text, { status: 200, headers: csvHeaders(`${name}-${from}-${to}.csv`) });
}

const lines = (head: Cells, rows: readonly Cells[]): string =>
  [head, ...rows].map((cells) => csvRow(cells.map((cell) => (cell === null ? '' : String(cell))))).join('');

const inMajor = (currency: string) => (minor: number) => formatMajor(BigInt(minor), currency);

export function liabilitiesCsv(report: LiabilitiesObject): string {
  const owed = [
    'customers_paid',
    'customers_promotional',
    'clients',
    'float',
    'fees',
    'refunds_due',
    'suspense',
  ] as const;
  const held = ['providers', 'bank', 'promotion_expense'] as const;
  return lines(
    ['date', 'currency', ...owed.map((name) => `owed_${name}`), 'owed', ...held.map((name) => `held_${name}`), 'held'],
    report.currencies.flatMap(({ currency, days }) => {
      const major = inMajor(currency);
      return days.map((day) => [
        day.date,
        currency,
        ...owed.map((name) => major(day.owed[name])),
        major(day.owed.total),
        ...held.map((name) => major(day.held[name])),
        major(day.held.total),
      ]);
    }),
  );
}

export function feesCsv(report: FeesReportObject): string {
  return lines(
    ['date', 'currency', 'client_code', 'service_code', 'service_name', 'charged', 'fee', 'tax'],
    report.currencies.flatMap(({ currency, days, services }) => {
      const major = inMajor(currency);
      return days.map(({ date, client_code, service_code, charged, fee, tax }) => {
        const service = services.find((one) => one.client_code === client_code && one.service_code === service_code);
        const name = service?.service_name ?? null;
        return [date, currency, client_code, service_code, name, charged, major(fee), major(tax)];
      });
    }),
  );
}

export function promotionsCsv(report: PromotionsReportObject): string {
  const sums = ['issued', 'used', 'expired', 'forfeited', 'taken_back', 'open'] as const;
  return lines(
    ['date', 'currency', 'lots', ...sums],
    report.currencies.flatMap(({ currency, days }) =>
      days.map((day) => [day.date, currency, day.lots, ...sums.map((name) => inMajor(currency)(day[name]))]),
    ),
  );
}

export function breakageCsv(report: BreakageReportObject): string {
  const sums = ['issued', 'used', 'broken', 'open'] as const;
  return lines(
    ['currency', 'client_code', 'promotion_code', ...sums, 'rate_percent'],
    report.currencies.flatMap(({ currency, promotions }) =>
      promotions.map((one) => [
        currency,
        one.client_code,
        one.promotion_code,
        ...sums.map((name) => inMajor(currency)(one[name])),
        one.rate_ppm === null ? null : (one.rate_ppm / 10_000).toFixed(4),
      ]),
    ),
  );
}

export function topUpsCsv(report: TopUpsReportObject): string {
  return lines(
    ['date', 'currency', 'channel', 'count', 'amount', 'begun', 'begun_succeeded', 'begun_ended'],
    report.currencies.flatMap(({ currency, days }) =>
      days.flatMap(({ date, channels }) =>
        channels.map((one) => [
          date,
          currency,
          one.channel,
          one.count,
          inMajor(currency)(one.amount),
          one.begun,
          one.begun_succeeded,
          one.begun_ended,
        ]),
      ),
    ),
  );
}
