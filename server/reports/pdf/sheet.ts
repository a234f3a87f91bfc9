import path from 'node:path';
import { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';

type Doc = PDFKit.PDFDocument;

const FONTS = path.join(process.cwd(), 'server/reports/pdf/fonts');
export const INK = '#16181d';
export const MUTED = '#646a73';
const LINE = '#d9d7d0';

/** A4 in points, with the margins of a letter. */
export const PAGE = { width: 595.28, height: 841.89, left: 48, right: 547.28, top: 48, bottom: 778 } as const;

export interface Column {
  readonly title: string;
  readonly x: number;
  readonly width: number;
  readonly align?: 'right';
}

/** A document written from top to bottom, page after page, each with its foot. */
export class Sheet {
  readonly doc: Doc;
  y: number = PAGE.top;
  #page = 0;
  readonly #foot: string;
  #columns: readonly Column[] = [];

  constructor(title: string, foot: string, writtenAtMs: number) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      compress: true,
      info: { Title: title, Producer: 'Pesewa', Creator: 'Pesewa', CreationDate: new Date(writtenAtMs) },
    });
    this.doc.registerFont('regular', path.join(FONTS, 'geist-regular.ttf'));
    this.doc.registerFont('bold', path.join(FONTS, 'geist-semibold.ttf'));
    this.doc.registerFont('mono', path.join(FONTS, 'geist-mono.ttf'));
    this.#foot = foot;
    this.turn();
  }

  /** A new page, with the columns' heads where a table goes on. */
  turn(): void {
    this.doc.addPage();
    this.#page += 1;
    this.text(this.#foot, PAGE.left, 800, 400, { size: 7.5, color: MUTED });
    this.text(`Page ${this.#page}`, PAGE.right - 90, 800, 90, { size: 7.5, color: MUTED, align: 'right' });
    this.y = PAGE.top;
    if (this.#columns.length > 0) this.#heads();
  }

  /** Turns the page where less than this is left of it. */
  need(height: number): void {
    if (this.y + height > PAGE.bottom) this.turn();
  }

  text(
    text: string,
    x: number,
    y: number,
    width: number,
    style: { font?: 'regular' | 'bold' | 'mono'; size?: number; color?: string; align?: 'left' | 'right' } = {},
  ): void {
    const { font = 'regular', size = 9, color = INK, align = 'left' } = style;
    this.doc.font(font).fontSize(size).fillColor(color);
    // Figures of one width, so that columns of amounts stand in line.
    const options = { lineBreak: false, features: ['kern', 'tnum'] as PDFKit.Mixins.OpenTypeFeatures[] };
    const shown = this.#fitted(text, width);
    const at = align === 'right' ? x + width - this.doc.widthOfString(shown, options) : x;
    this.doc.text(shown, at, y, options);
  }

  /** What is too long for its place ends with an ellipsis. */
  #fitted(text: string, width: number): string {
    const line = text.replaceAll(/\s+/g, ' ');
    if (this.doc.widthOfString(line) <= width) return line;
    let low = 0;
    let high = line.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.doc.widthOfString(`${line.slice(0, middle)}…`) <= width) low = middle;
      else high = middle - 1;
    }
    return `${line.slice(0, low)}…`;
  }

  rule(x1: number, x2: number, y: number, style: { width?: number; color?: string } = {}): void {
    const { width = 0.5, color = LINE } = style;
    this.doc.moveTo(x1, y).lineTo(x2, y).lineWidth(width).strokeColor(color).stroke();
  }

  /** The two lines under a figure that nothing more is added to. */
  doubleRule(x1: number, x2: number, y: number): void {
    this.rule(x1, x2, y, { width: 0.8, color: INK });
    this.rule(x1, x2, y + 2.2, { width: 0.8, color: INK });
  }

  /** Begins a table; its heads are repeated on every page until it ends. */
  table(columns: readonly Column[]): void {
    this.#columns = columns;
    this.need(60);
    this.#heads();
  }

  endTable(): void {
    this.#columns = [];
  }

  #heads(): void {
    for (const { title, x, width, align } of this.#columns) {
      this.text(title, x, this.y, width, { font: 'bold', size: 8, ...(align && { align }) });
    }
    this.rule(PAGE.left, PAGE.right, this.y + 14, { width: 1, color: INK });
    this.y += 20;
  }
}

const BUFFERED_BYTES_MAX = 262_144;

/** Waits until its reader has taken what there is: a long document must not pile up in memory. */
export async function untilRead({ doc }: Sheet): Promise<void> {
  while (doc.readableLength > BUFFERED_BYTES_MAX && !doc.destroyed) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (doc.destroyed) throw new Error('Nobody reads the document any more.');
}

/**
 * A document that is written while it is sent. A failure on the way breaks the transfer off: what was cut short cannot look
 * whole.
 */
export function pdfResponse(fileName: string, sheet: Sheet, write: (sheet: Sheet) => Promise<void>): Response {
  const { doc } = sheet;
  void write(sheet).then(
    () => doc.end(),
    (error: unknown) => doc.destroy(error instanceof Error ? error : new Error('The document could not be written.')),
  );
  return new Response(Readable.toWeb(doc as unknown as Readable) as ReadableStream<Uint8Array>, {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${fileName.replace(/[^A-Za-z0-9._-]/g, '')}"`,
    },
  });
}

/** `1,500.00`: the currency is said once, at the head. */
export function grouped(major: string): string {
  const [whole = '', fraction] = major.split('.');
  const text = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}
