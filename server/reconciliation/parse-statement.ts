import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { isCurrency, type MajorProblem, parseMajor } from '@/contracts/money';
import { Problem } from '@/server/kernel/problem';
import {
  columnKey,
  kindOf,
  type LineKind,
  type LineStatus,
  STATEMENT_FIELDS,
  STATEMENT_FORMATS,
  type StatementField,
  type StatementProvider,
  statusOf,
} from './statement-formats';
import { parseStatementTime, type Zone } from './statement-time';

export const STATEMENT_LINES_MAX = 50_000;
/** Portals put a few lines about the account above the names of the columns. */
const PREAMBLE_MAX = 30;
const RECORD_BYTES_MAX = 16 * 1024;
const RAW_MAX = 1_000;
const TEXT_MAX = 128;

export interface StatementLine {
  /** Where it begins in the file, from 1 on. */
  readonly fileLine: number;
  readonly kind: LineKind;
  readonly receipt: string | null;
  readonly reference: string | null;
  /** Digits of a phone, where the line names one. */
  readonly payer: string | null;
  readonly status: LineStatus;
  /** Of one movement; never negative: which way it went is `kind`'s. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly occurredAtMs: number;
  readonly linkedReceipt: string | null;
  readonly raw: string;
}

export interface UnreadableLine {
  readonly fileLine: number;
  /** The column's name in the file, or ours where it has none. */
  readonly field: string;
  readonly reason: string;
  readonly raw: string;
}

export interface Statement {
  readonly lines: readonly StatementLine[];
  readonly unreadable: readonly UnreadableLine[];
  /** The first and the last local day that a line is of; null where none could be read. */
  readonly days: { readonly first: string; readonly last: string } | null;
}

export interface StatementReading {
  readonly provider: StatementProvider;
  readonly zone: Zone;
  /** For lines that name none; the provider's own where it has one. */
  readonly currency: string | null;
  /** Names of columns that go before those we know. */
  readonly columns: Readonly<Partial<Record<StatementField, string>>>;
}

/**
 * Reads a statement, a piece at a time, so that other requests are answered meanwhile. A line that cannot be read is said by
 * number, field and reason, and keeps nobody else out.
 * @throws Problem statement_unreadable: no line with the names of the columns, or more lines than a statement may have
 */
export async function parseStatement(text: string, reading: StatementReading): Promise<Statement> {
  const lines: StatementLine[] = [];
  const unreadable: UnreadableLine[] = [];
  let header: Header | null = null;
  let records = 0;
  const days = new Set<string>();
  for await (const record of recordsOf(text)) {
    if (header === null) {
      header = headerOf(record.cells, reading);
      if (header !== null) continue;
      if (++records > PREAMBLE_MAX) break;
      continue;
    }
    if (lines.length + unreadable.length >= STATEMENT_LINES_MAX) {
      throw refused(`A statement may have ${STATEMENT_LINES_MAX} lines: cut it in two.`);
    }
    const read = lineOf(record, header, reading);
    if ('field' in read) unreadable.push(read);
    else {
      lines.push(read.line);
      days.add(read.day);
    }
  }
  if (header === null) {
    throw refused(
      `No line of the file names the columns of a statement of ${reading.provider}: it needs a receipt or reference, an amount, a time and a status. Name them in \`columns\`.`,
    );
  }
  const [first, ...others] = [...days].sort();
  return { lines, unreadable, days: first === undefined ? null : { first, last: others.at(-1) ?? first } };
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly fileLine: number;
}

const PIECE = 64 * 1024;

async function* recordsOf(text: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    max_record_size: RECORD_BYTES_MAX,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  });
  function* pieces(): Generator<string> {
    for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
  }
  const source = Readable.from(pieces(), { objectMode: true });
  source.pipe(parser);
  try {
    let last = 0;
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // `lines` counts to the record's end; a cell may have line ends of its own.
      const height = record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
      last = Math.max(last + 1, info.lines - height);
      yield { cells: record, fileLine: last };
    }
  } catch (error) {
    if (error instanceof CsvError) throw refused(`The file is no CSV: ${error.message}`);
    throw error;
  } finally {
    source.destroy();
  }
}

/** Whichever of the three there is more of where most lines are: portals in countries with a decimal comma write semicolons. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 8_192);
  const count = (sign: string): number => sample.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}

interface Column {
  readonly name: string;
  readonly at: number;
}
type Header = Readonly<Partial<Record<StatementField, readonly Column[]>>>;

/** Where each field stands, if this record names enough of them to be the names of the columns. */
function headerOf(cells: readonly string[], { provider, columns }: StatementReading): Header | null {
  const places = new Map<string, Column>();
  cells.forEach((name, at) => {
    if (!places.has(columnKey(name))) places.set(columnKey(name), { name, at });
  });
  const header: Partial<Record<StatementField, readonly Column[]>> = {};
  for (const field of STATEMENT_FIELDS) {
    const own = columns[field];
    const names = own === undefined ? (STATEMENT_FORMATS[provider].columns[field] ?? []) : [own];
    const found = names.map((name) => places.get(columnKey(name))).filter((column) => column !== undefined);
    // Several columns may name a payment; of everything else the first counts.
    if (found.length > 0) header[field] = field === 'reference' ? found : found.slice(0, 1);
  }
  const hasName = header.receipt !== undefined || header.reference !== undefined;
  const hasAmount = header.amount !== undefined || header.paid_in !== undefined;
  return hasName && hasAmount && header.occurred_at !== undefined && header.status !== undefined ? header : null;
}

type Read = { readonly line: StatementLine; readonly day: string } | UnreadableLine;

/** Thrown inside a line alone: its field and reason. */
class Unreadable extends Error {
  constructor(
    readonly field: StatementField,
    message: string,
  ) {
    super(message);
  }
}

function lineOf({ cells, fileLine }: CsvRecord, header: Header, reading: StatementReading): Read {
  const raw = storable(JSON.stringify(cells).slice(0, RAW_MAX));
  const cell = (field: StatementField): string =>
    header[field]?.map(({ at }) => cells[at] ?? '').find((one) => one !== '') ?? '';
  try {
    const receipt = textOf('receipt', cell('receipt'));
    const reference = textOf('reference', cell('reference'));
    if (receipt === null && reference === null) {
      throw new Unreadable(
        header.receipt === undefined ? 'reference' : 'receipt',
        'names neither receipt nor reference',
      );
    }
    const currency = currencyOf(cell('currency'), reading);
    const { amountMinor, isOut } = amountOf(cell, currency);
    const status = statusOf(cell('status'));
    if (status === null) throw new Unreadable('status', `${quoted(cell('status'))} is no status that is known here`);
    const time = parseStatementTime(cell('occurred_at'), reading.zone);
    if (time === null)
      throw new Unreadable('occurred_at', `${quoted(cell('occurred_at'))} is no time that can be read`);
    const line = {
      fileLine,
      kind: kindOf(cell('kind'), isOut),
      receipt,
      reference,
      payer: /(?:^|[^0-9])\+?([0-9]{9,15})(?:[^0-9]|$)/.exec(cell('payer'))?.[1] ?? null,
      status,
      amountMinor,
      currency,
      occurredAtMs: time.atMs,
      linkedReceipt: textOf('linked_receipt', cell('linked_receipt')),
      raw,
    };
    return { line, day: time.day };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { fileLine, field: header[error.field]?.[0]?.name ?? error.field, reason: error.message, raw };
  }
}

function textOf(field: StatementField, text: string): string | null {
  if (text === '') return null;
  if (text.length > TEXT_MAX || text.includes('\0')) {
    throw new Unreadable(field, `has more than ${TEXT_MAX} characters, or a character that no text may hold`);
  }
  return storable(text);
}

function currencyOf(text: string, { provider, currency }: StatementReading): string {
  const code = text === '' ? (currency ?? STATEMENT_FORMATS[provider].currency ?? '') : text.toUpperCase();
  if (code === '') throw new Unreadable('currency', 'names no currency: say which in `currency`');
  if (!isCurrency(code)) throw new Unreadable('currency', `${quoted(text)} is no currency of ISO 4217`);
  return code;
}

/** Decimal text to minor units, without a number in between. Two columns say the way by which of them is filled. */
function amountOf(cell: (field: StatementField) => string, currency: string): { amountMinor: bigint; isOut: boolean } {
  const minor = (field: StatementField, text: string): bigint => {
    const read = parseMajor(withoutGroups(text), currency);
    if (read.ok) return read.amountMinor;
    throw new Unreadable(field, `${quoted(text)} ${MAJOR_PROBLEMS[read.problem]} in ${currency}`);
  };
  const paidIn = cell('paid_in') === '' ? 0n : minor('paid_in', cell('paid_in'));
  const withdrawn = cell('withdrawn') === '' ? 0n : minor('withdrawn', cell('withdrawn'));
  const isSplit = cell('paid_in') !== '' || cell('withdrawn') !== '';
  if (isSplit) {
    if (paidIn !== 0n && withdrawn !== 0n)
      throw new Unreadable('withdrawn', 'is filled beside the amount that came in');
    const signed = paidIn === 0n ? -abs(withdrawn) : paidIn;
    return { amountMinor: abs(signed), isOut: signed < 0n };
  }
  if (cell('amount') === '') throw new Unreadable('amount', 'is empty');
  const signed = minor('amount', cell('amount'));
  return { amountMinor: abs(signed), isOut: signed < 0n };
}

const MAJOR_PROBLEMS: Readonly<Record<MajorProblem, string>> = {
  malformed: 'is no amount',
  too_fine: 'is finer than the smallest unit',
  too_large: 'is larger than any amount here',
};

/** `1,500.00` and `1 500.00` are 1500.00; `1,50` is not: who wrote it meant a point. */
function withoutGroups(text: string): string {
  const bare = text.replace(/^\+/, '');
  return /^-?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?$/.test(bare) ? bare.replace(/[, ]/g, '') : bare;
}

function abs(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

function quoted(text: string): string {
  return `“${storable(text).slice(0, 40)}”`;
}

/** PostgreSQL holds neither NUL nor half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

function refused(message: string): Problem {
  return new Problem('statement_unreadable', message, { param: 'content' });
}
