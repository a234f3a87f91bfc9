/** What is shown of a statement before it is sent. */
export interface StatementFile {
  readonly name: string;
  readonly content: string;
  readonly bytes: number;
  readonly lines: number;
  readonly head: readonly string[];
}

const BYTES_MAX = 16 * 1024 * 1024;
const HEAD_LINES = 4;

/** Reads the file in the browser; a text says why it cannot be one. */
export async function readStatement(file: File): Promise<StatementFile | string> {
  if (file.size > BYTES_MAX) return 'The file has more than 16 MB. Export fewer days at once.';
  const content = await file.text();
  if (content.includes('\u0000')) return 'This is no text. Export the statement as CSV, not as a spreadsheet.';
  return describeStatement(file.name, content, file.size);
}

export function describeStatement(name: string, content: string, bytes: number): StatementFile | string {
  const lines = content.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'The file is empty.';
  return { name, content, bytes, lines: lines.length, head: lines.slice(0, HEAD_LINES) };
}

/** `1.8 kB` */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
