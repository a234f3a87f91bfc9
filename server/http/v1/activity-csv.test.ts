import { describe, expect, it } from 'vitest';
import { breakageCsv, feesCsv, liabilitiesCsv, promotionsCsv, topUpsCsv } from './activity-csv';
import { BREAKAGE_REPORT, FEES_REPORT, LIABILITIES, PROMOTIONS_REPORT, TOP_UPS_REPORT } from './activity-examples';

const table = (text: string): Record<string, string>[] => {
  expect(text.endsWith('\r\n')).toBe(true);
  const [head = '', ...rows] = text.slice(0, -2).split('\r\n');
  const names = head.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
};

describe('reports as CSV', () => {
  it('have a line for each day, in major units', () => {
    expect(table(liabilitiesCsv(LIABILITIES))).toEqual([
      {
        date: '2026-05-24',
        currency: 'GHS',
        owed_customers_paid: '141.00',
        owed_customers_promotional: '4.00',
        owed_clients: '5.00',
        owed_float: '0.00',
        owed_fees: '1.00',
        owed_refunds_due: '0.00',
        owed_suspense: '0.00',
        owed: '151.00',
        held_providers: '141.00',
        held_bank: '0.00',
        held_promotion_expense: '10.00',
        held: '151.00',
      },
    ]);
  });

  it.each([
    ['fees', feesCsv(FEES_REPORT), FEES_REPORT.currencies.flatMap(({ days }) => days).length],
    ['promotions', promotionsCsv(PROMOTIONS_REPORT), PROMOTIONS_REPORT.currencies.flatMap(({ days }) => days).length],
    ['breakage', breakageCsv(BREAKAGE_REPORT), BREAKAGE_REPORT.currencies.flatMap((one) => one.promotions).length],
    [
      'top-ups',
      topUpsCsv(TOP_UPS_REPORT),
      TOP_UPS_REPORT.currencies.flatMap(({ days }) => days.flatMap((day) => day.channels)).length,
    ],
  ])('%s have all their lines and no hole in any', (_, text, count) => {
    const rows = table(text);
    expect(count).toBeGreaterThan(0);
    expect(rows).toHaveLength(count);
    expect(rows.every((row) => row['currency'] === 'GHS')).toBe(true);
  });
});
