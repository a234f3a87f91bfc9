import { formatMajor } from '@/contracts/money';
import type { Statement } from '@/server/reports/account-statement';
import { type Column, grouped, MUTED, PAGE, pdfResponse, Sheet, untilRead } from '@/server/reports/pdf/sheet';
import type { StatementLine } from '@/server/reports/statement-lines';
import { transactionTypeOf } from './render-transaction';

const COLUMNS: readonly Column[] = [
  { title: 'Date (UTC)', x: 48, width: 84 },
  { title: 'What for', x: 136, width: 170 },
  { title: 'Out', x: 310, width: 74, align: 'right' },
  { title: 'In', x: 390, width: 74, align: 'right' },
  { title: 'Balance', x: 470, width: 77.28, align: 'right' },
];
const [DATE, WHAT, OUT, IN, BALANCE] = COLUMNS as [Column, Column, Column, Column, Column];
const ROW = 24;

const WORDS: Readonly<Record<string, string>> = {
  debit: 'Debit',
  drawdown: 'Debit',
  credit: 'Credit',
  topup: 'Top-up',
};

const date = (ms: number): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(ms);
const time = (ms: number): string => new Date(ms).toISOString().slice(11, 16);

/** A statement on paper. */
export function statementPdf(statement: Statement): Response {
  const { account, fromMs, toMs } = statement;
  const period = `${date(fromMs)} to ${date(toMs - 1)}`;
  const title = `Statement of account ${account.number}`;
  const sheet = new Sheet(
    title,
    `${account.name}, ${account.number} · ${period}${statement.livemode ? '' : ' · test mode'}`,
    toMs,
  );
  return pdfResponse(`statement-${account.number}.pdf`, sheet, (to) => write(to, statement, period));
}

async function write(sheet: Sheet, statement: Statement, period: string): Promise<void> {
  const { account, openingMinor, closingMinor } = statement;
  const major = (minor: bigint): string => grouped(formatMajor(minor, account.currency));
  head(sheet, statement, period, major);
  sheet.table(COLUMNS);
  balanceRow(sheet, 'Opening balance', major(openingMinor));
  let inMinor = 0n;
  let outMinor = 0n;
  for await (const page of statement.pages()) {
    for (const line of page) {
      if (line.amountMinor < 0n) outMinor -= line.amountMinor;
      else inMinor += line.amountMinor;
      row(sheet, line, major);
    }
    await untilRead(sheet);
  }
  if (openingMinor + inMinor - outMinor !== closingMinor) {
    throw new Error(`The statement of account ${account.id} does not add up.`);
  }
  sheet.need(48);
  sheet.endTable();
  totals(sheet, major(outMinor), major(inMinor), major(closingMinor));
}

function head(
  sheet: Sheet,
  { account, openingMinor, closingMinor, livemode }: Statement,
  period: string,
  major: (minor: bigint) => string,
): void {
  sheet.text('Pesewa', PAGE.left, sheet.y, 200, { font: 'bold', size: 10 });
  if (!livemode) sheet.text('Test mode', PAGE.right - 120, sheet.y, 120, { size: 9, color: MUTED, align: 'right' });
  sheet.text('Statement', PAGE.left, sheet.y + 34, 300, { font: 'bold', size: 22 });
  sheet.text(account.name, PAGE.left, sheet.y + 66, 330, { size: 11 });
  sheet.text(`Account ${account.number}, ${account.currency}`, PAGE.left, sheet.y + 82, 330, { color: MUTED });
  sheet.text(period, PAGE.left, sheet.y + 96, 330, { color: MUTED });
  const figures = [
    ['Opening balance', openingMinor],
    ['Closing balance', closingMinor],
  ] as const;
  figures.forEach(([name, minor], i) => {
    sheet.text(name, 390, sheet.y + 66 + i * 32, 157.28, { size: 8, color: MUTED, align: 'right' });
    sheet.text(`${account.currency} ${major(minor)}`, 340, sheet.y + 76 + i * 32, 207.28, {
      font: 'bold',
      size: 12,
      align: 'right',
    });
  });
  sheet.y += 148;
}

function balanceRow(sheet: Sheet, name: string, balance: string): void {
  sheet.text(name, WHAT.x, sheet.y, WHAT.width, { color: MUTED });
  sheet.text(balance, BALANCE.x, sheet.y, BALANCE.width, { align: 'right' });
  sheet.rule(PAGE.left, PAGE.right, sheet.y + 15);
  sheet.y += 20;
}

function row(sheet: Sheet, line: StatementLine, major: (minor: bigint) => string): void {
  sheet.need(ROW + 4);
  const { y } = sheet;
  const isOut = line.amountMinor < 0n;
  const type = transactionTypeOf(line);
  const part = line.part === 'PRINCIPAL' ? '' : line.part === 'FEE' ? 'Fee: ' : 'Tax on fee: ';
  const word = WORDS[type] ?? type.charAt(0).toUpperCase() + type.slice(1).replaceAll('_', ' ');
  sheet.text(date(line.postedAtMs), DATE.x, y, DATE.width);
  sheet.text(time(line.postedAtMs), DATE.x, y + 11, DATE.width, { size: 7.5, color: MUTED });
  sheet.text(part + (line.description ?? word), WHAT.x, y, WHAT.width);
  sheet.text(line.reference === null ? word : `${word}, ${line.reference}`, WHAT.x, y + 11, WHAT.width, {
    size: 7.5,
    color: MUTED,
  });
  const cell = isOut ? OUT : IN;
  sheet.text(major(isOut ? -line.amountMinor : line.amountMinor), cell.x, y, cell.width, { align: 'right' });
  sheet.text(major(line.balanceAfterMinor), BALANCE.x, y, BALANCE.width, { align: 'right' });
  sheet.rule(PAGE.left, PAGE.right, y + ROW);
  sheet.y += ROW + 5;
}

function totals(sheet: Sheet, out: string, into: string, closing: string): void {
  const y = sheet.y + 6;
  sheet.text('Totals and closing balance', WHAT.x, y, WHAT.width, { font: 'bold' });
  for (const [column, text] of [
    [OUT, out],
    [IN, into],
    [BALANCE, closing],
  ] as const) {
    sheet.text(text, column.x, y, column.width, { font: 'bold', align: 'right' });
    sheet.rule(column.x + 12, column.x + column.width, y - 4, { width: 0.8, color: '#16181d' });
    sheet.doubleRule(column.x + 12, column.x + column.width, y + 14);
  }
  sheet.y = y + 30;
}
