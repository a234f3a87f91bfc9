import { describe, expect, it } from 'vitest';
import { parseStatement, type StatementReading } from './parse-statement';
import { kindOf, statusOf } from './statement-formats';
import { openZone, parseStatementTime, type Zone } from './statement-time';
import { darajaStatement, hubtelStatement } from './testing';

function zone(name: string): Zone {
  const found = openZone(name);
  if (found === null) throw new Error(name);
  return found;
}

const hubtel: StatementReading = { provider: 'hubtel', zone: zone('Africa/Accra'), currency: null, columns: {} };
const daraja: StatementReading = { provider: 'daraja', zone: zone('Africa/Nairobi'), currency: null, columns: {} };
const generic: StatementReading = { provider: 'generic', zone: zone('UTC'), currency: 'GHS', columns: {} };

const row = (rest: object = {}) => ({
  receipt: '2116938399',
  reference: null,
  amount: '80.00',
  at: '2026-06-06 12:00:44',
  ...rest,
});

describe('times', () => {
  it.each([
    ['2026-06-06 12:00:44', 'Africa/Nairobi', '2026-06-06T09:00:44.000Z', '2026-06-06'],
    ['06-06-2026 01:30:00', 'Africa/Nairobi', '2026-06-05T22:30:00.000Z', '2026-06-06'],
    ['6/6/2026 12:05 AM', 'Africa/Accra', '2026-06-06T00:05:00.000Z', '2026-06-06'],
    ['2026-06-06T23:30:00Z', 'Africa/Nairobi', '2026-06-06T23:30:00.000Z', '2026-06-07'],
    ['2026-06-06T01:30:00.250+03:00', 'UTC', '2026-06-05T22:30:00.250Z', '2026-06-05'],
    ['20260606120044', 'Africa/Dar_es_Salaam', '2026-06-06T09:00:44.000Z', '2026-06-06'],
    ['2026-06-06', 'Africa/Lagos', '2026-06-05T23:00:00.000Z', '2026-06-06'],
    // A clock that is set back shows 01:30 twice: the first counts.
    ['2026-10-25 01:30:00', 'Europe/London', '2026-10-25T00:30:00.000Z', '2026-10-25'],
  ])('%s in %s is %s', (text, name, instant, day) => {
    const read = parseStatementTime(text, zone(name));
    expect(read && { at: new Date(read.atMs).toISOString(), day: read.day }).toEqual({ at: instant, day });
  });

  it.each(['', '2026-02-30 10:00:00', '2026-06-06 24:00:00', '13/13/2026', 'yesterday', '1/2/2026 13:00 PM', '2026-6'])(
    '%s is none',
    (text) => expect(parseStatementTime(text, zone('UTC'))).toBeNull(),
  );

  it('a day has the bounds of its own zone, also when clocks change', () => {
    expect(zone('Africa/Nairobi').boundsOf('2026-06-06')).toEqual({
      fromMs: Date.parse('2026-06-05T21:00:00Z'),
      toMs: Date.parse('2026-06-06T21:00:00Z'),
    });
    const { fromMs, toMs } = zone('Europe/London').boundsOf('2026-03-29');
    expect((toMs - fromMs) / 3_600_000).toBe(23);
    expect(openZone('Africa/Atlantis')).toBeNull();
  });
});

describe('words', () => {
  it.each([
    ['Completed', 'succeeded'],
    ['SUCCESSFUL', 'succeeded'],
    ['Cancelled', 'failed'],
    ['Reversed', 'reversed'],
    ['pending', 'pending'],
    ['Maybe', null],
    ['', null],
  ])('%s is %s', (text, status) => expect(statusOf(text)).toBe(status));

  it.each([
    ['Pay Bill Online', false, 'payment'],
    ['Pay Bill Charge', true, 'other'],
    ['Organization Settlement Account', true, 'other'],
    ['Business Payment Reversal', true, 'reversal'],
    ['Refund', true, 'refund'],
    ['', true, 'other'],
    ['', false, 'payment'],
  ] as const)('%s (out: %s) is a %s', (text, isOut, kind) => expect(kindOf(text, isOut)).toBe(kind));
});

describe('a file', () => {
  it('is read line by line, amounts as decimal text', async () => {
    const text = hubtelStatement([row(), row({ receipt: '2', amount: '1,234.5', at: '2026-06-07 00:10:00' })]);
    const { lines, unreadable, days } = await parseStatement(text, hubtel);
    expect(unreadable).toEqual([]);
    expect(days).toEqual({ first: '2026-06-06', last: '2026-06-07' });
    expect(lines).toMatchObject([
      {
        fileLine: 2,
        kind: 'payment',
        receipt: '2116938399',
        amountMinor: 8_000n,
        currency: 'GHS',
        status: 'succeeded',
      },
      { fileLine: 3, receipt: '2', amountMinor: 123_450n },
    ]);
  });

  it('may have lines above its columns, two columns for the way, and a mark at its beginning', async () => {
    const text = `\ufeff${darajaStatement([
      row({ receipt: 'SFF1', payer: '254712345678' }),
      row({ receipt: 'SFF2', amount: '-23.00', type: 'Pay Bill Charge' }),
      row({ receipt: 'SFF3', amount: '-80.00', type: 'Pay Bill Reversal', linkedReceipt: 'SFF1' }),
    ])}`;
    const { lines } = await parseStatement(text, daraja);
    expect(lines).toMatchObject([
      { fileLine: 4, kind: 'payment', payer: '254712345678', occurredAtMs: Date.parse('2026-06-06T09:00:44Z') },
      { fileLine: 5, kind: 'other', amountMinor: 2_300n },
      { fileLine: 6, kind: 'reversal', amountMinor: 8_000n, linkedReceipt: 'SFF1' },
    ]);
  });

  it('says of each line that it cannot read where, which field and why, and reads the others', async () => {
    const text = hubtelStatement([
      row({ receipt: 'a' }),
      row({ receipt: 'b', amount: '80.005' }),
      row({ receipt: 'c', amount: '1,50' }),
      row({ receipt: 'd', status: 'Perhaps' }),
      row({ receipt: 'e', at: 'noon' }),
      row({ receipt: null }),
      row({ receipt: 'g' }),
    ]);
    const { lines, unreadable } = await parseStatement(text, hubtel);
    expect(lines.map(({ receipt }) => receipt)).toEqual(['a', 'g']);
    expect(unreadable.map(({ fileLine, field }) => [fileLine, field])).toEqual([
      [3, 'Amount'],
      [4, 'Amount'],
      [5, 'Status'],
      [6, 'Date'],
      [7, 'External Transaction Id'],
    ]);
    expect(unreadable[0]?.reason).toBe('“80.005” is finer than the smallest unit in GHS');
  });

  it('keeps counting lines past a cell that has two', async () => {
    const head = 'receipt,amount,status,date,type\n';
    const text = `${head}1,5.00,paid,2026-06-06,"two\nlines"\n2,x,paid,2026-06-06,\n`;
    const { lines, unreadable } = await parseStatement(text, generic);
    expect([lines[0]?.fileLine, unreadable[0]?.fileLine]).toEqual([2, 4]);
  });

  it('may have columns of other names and semicolons', async () => {
    const text = 'Beleg;Betrag;Stand;Wann\nx1;80.00;paid;2026-06-06 10:00\n';
    const columns = { receipt: 'Beleg', amount: 'betrag', status: 'STAND', occurred_at: 'Wann' };
    const { lines } = await parseStatement(text, { ...generic, columns });
    expect(lines).toMatchObject([{ receipt: 'x1', amountMinor: 8_000n, currency: 'GHS' }]);
  });

  it('needs a currency where neither file nor provider has one', async () => {
    const { unreadable } = await parseStatement('receipt,amount,status,date\n1,5,paid,2026-06-06\n', {
      ...generic,
      currency: null,
    });
    expect(unreadable).toMatchObject([{ field: 'currency', fileLine: 2 }]);
  });

  it.each([
    ['no columns that are known', 'a,b\n1,2\n'],
    ['a quote that never ends', `receipt,amount,status,date\n"${'x'.repeat(20_000)}`],
  ])('is refused for %s', async (_, text) => {
    await expect(parseStatement(text, generic)).rejects.toMatchObject({
      code: 'statement_unreadable',
      param: 'content',
    });
  });

  it('is refused when it is too long', async () => {
    const text = `receipt,amount,status,date\n${'1,5,paid,2026-06-06\n'.repeat(50_001)}`;
    await expect(parseStatement(text, generic)).rejects.toMatchObject({ code: 'statement_unreadable' });
  });
});
