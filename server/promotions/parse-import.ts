import { type CsvError, parse } from 'csv-parse/sync';
import { IMPORT_ROWS_MAX } from '@/contracts/promotions';
import { Problem } from '@/server/kernel/problem';

/** A row as it came: text by field, what is empty left out. */
export interface GivenRow {
  /** As a person counts: the header of a file is line 1. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<ImportField, string>>>;
}

export type ImportField = 'wallet_id' | 'customer_id' | 'phone' | 'amount' | 'currency' | 'expires_at' | 'note';

const FIELDS: Readonly<Record<string, ImportField>> = {
  wallet_id: 'wallet_id',
  wallet: 'wallet_id',
  account_number: 'wallet_id',
  customer_id: 'customer_id',
  customer: 'customer_id',
  phone: 'phone',
  phone_number: 'phone',
  msisdn: 'phone',
  amount: 'amount',
  currency: 'currency',
  expires_at: 'expires_at',
  expires: 'expires_at',
  expiry: 'expires_at',
  note: 'note',
  description: 'note',
};
const RECIPIENTS: readonly ImportField[] = ['wallet_id', 'customer_id', 'phone'];
/** More than a cell may need; what is longer is kept cut, and refused by its own rule. */
const CELL_MAX = 600;

/**
 * The rows of a CSV file by the names in its header, whatever their order; comma, semicolon or tab.
 * @throws Problem parameter_invalid: a file that cannot be read as rows at all
 */
export function parseImportFile(csv: string): GivenRow[] {
  const records = recordsOf(csv);
  const header = records[0];
  if (header === undefined) throw broken('The file is empty.');
  const columns = header.cells.map((name) => FIELDS[name.trim().toLowerCase().replaceAll(/[ -]/g, '_')] ?? name);
  requireColumns(columns, header.cells);
  const rows = records.slice(1);
  if (rows.length === 0) throw broken('The file has a header and no rows.');
  if (rows.length > IMPORT_ROWS_MAX) throw broken(`The file has more than ${IMPORT_ROWS_MAX} rows.`);
  return rows.map(({ line, cells }) => {
    if (cells.length > columns.length) {
      throw broken(`Line ${line} has ${cells.length} cells and the header ${columns.length}.`);
    }
    return givenRow(
      line,
      columns.map((column, i) => [column as ImportField, cells[i]]),
    );
  });
}

export function givenRow(
  line: number,
  cells: readonly (readonly [ImportField, string | null | undefined])[],
): GivenRow {
  const filled = cells.flatMap(([field, text]) => {
    const trimmed = text?.trim() ?? '';
    return trimmed === '' ? [] : [[field, trimmed.slice(0, CELL_MAX)] as const];
  });
  return { line, cells: Object.fromEntries(filled) };
}

function recordsOf(csv: string): { line: number; cells: string[] }[] {
  try {
    const records = parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 100_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const { lines } = error as CsvError & { lines?: number };
    throw broken(
      `The file cannot be read as CSV${lines === undefined ? '' : ` at line ${lines}`}: a quote is not where it may be.`,
    );
  }
}

/** What the header has most of. */
function delimiterOf(csv: string): string {
  const [header = ''] = csv.split(/\r?\n/, 1);
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

function requireColumns(columns: readonly string[], names: readonly string[]): void {
  const known = new Set<string>(Object.values(FIELDS));
  columns.forEach((column, i) => {
    if (!known.has(column)) {
      throw broken(
        `The file has a column \`${(names[i] ?? '').slice(0, 40)}\`, which is none of ${[...known].join(', ')}.`,
      );
    }
    if (columns.indexOf(column) !== i) throw broken(`The file has the column \`${column}\` twice.`);
  });
  if (!RECIPIENTS.some((field) => columns.includes(field))) {
    throw broken(`The file needs one of the columns ${RECIPIENTS.join(', ')}.`);
  }
}

function broken(message: string): Problem {
  return new Problem('parameter_invalid', message, { param: 'csv' });
}
