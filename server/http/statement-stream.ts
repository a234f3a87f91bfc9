import type { Statement } from '@/server/reports/account-statement';
import type { StatementLine } from '@/server/reports/statement-lines';
import { type ExactJson, exactJson } from './exact-json';
import { csvRow } from './v1/csv';

/** Of the whole period, both unsigned. */
export interface Turnover {
  inMinor: bigint;
  outMinor: bigint;
  count: number;
}

/** Cells by the name of their column; a column without one is empty. */
export type Cells = Readonly<Record<string, string>>;

/** How a family writes a statement as CSV. */
export interface StatementCsvWords {
  readonly columns: readonly string[];
  opening(statement: Statement): Cells;
  line(line: StatementLine): Cells;
  /** Left out where the format has no such row. */
  totals?(statement: Statement, turnover: Turnover): Cells;
  /** The last row, so a file without it is not whole. */
  closing(statement: Statement): Cells;
}

/** A page of lines at a time. */
export async function* statementCsv(
  statement: Statement,
  words: StatementCsvWords,
): AsyncGenerator<string, void, undefined> {
  const { columns } = words;
  const row = (cells: Cells): string => csvRow(columns.map((column) => cells[column] ?? ''));
  yield csvRow(columns) + row(words.opening(statement));
  const turnover: Turnover = { inMinor: 0n, outMinor: 0n, count: 0 };
  for await (const page of statement.pages()) {
    count(turnover, page);
    yield page.map((line) => row(words.line(line))).join('');
  }
  requireWhole(statement, turnover);
  yield (words.totals === undefined ? '' : row(words.totals(statement, turnover))) + row(words.closing(statement));
}

type Fields = Readonly<Record<string, ExactJson>>;

/** How a family writes it as JSON: an object's fields before and after the list of lines. */
export interface StatementJsonWords {
  readonly list: string;
  before(statement: Statement): Fields;
  line(line: StatementLine): Fields;
  after(statement: Statement, turnover: Turnover): Fields;
}

export async function* statementJson(
  statement: Statement,
  words: StatementJsonWords,
): AsyncGenerator<string, void, undefined> {
  yield `${exactJson(words.before(statement)).slice(0, -1)},${JSON.stringify(words.list)}:[`;
  const turnover: Turnover = { inMinor: 0n, outMinor: 0n, count: 0 };
  for await (const page of statement.pages()) {
    const separator = turnover.count === 0 ? '' : ',';
    count(turnover, page);
    yield separator + page.map((line) => exactJson(words.line(line))).join(',');
  }
  requireWhole(statement, turnover);
  yield `],${exactJson(words.after(statement, turnover)).slice(1)}`;
}

function count(turnover: Turnover, page: readonly StatementLine[]): void {
  for (const { amountMinor } of page) {
    if (amountMinor < 0n) turnover.outMinor -= amountMinor;
    else turnover.inMinor += amountMinor;
  }
  turnover.count += page.length;
}

/** A statement that does not add up is not finished: the reader gets a transfer broken off, not a wrong closing balance. */
function requireWhole({ account, openingMinor, closingMinor }: Statement, { inMinor, outMinor }: Turnover): void {
  if (openingMinor + inMinor - outMinor === closingMinor) return;
  throw new Error(`The statement of account ${account.id} does not add up.`);
}
