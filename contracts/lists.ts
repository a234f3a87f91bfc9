import { z } from 'zod';

export const LIST_LIMIT_MAX = 100;
export const LIST_LIMIT_DEFAULT = 20;

const LIMIT_RULE = `must be a whole number from 1 to ${LIST_LIMIT_MAX}`;
const CURSOR_RULE = 'must be the next_cursor of an earlier page, exactly as it came';

/** Query fields that every list takes: spread them into a list's query schema. Newest first (spec decision 14). */
export const listQueryShape = {
  limit: z
    .string()
    .regex(/^[0-9]{1,3}$/, LIMIT_RULE)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= LIST_LIMIT_MAX, LIMIT_RULE)
    .default(LIST_LIMIT_DEFAULT)
    .meta({
      description: 'How many rows to return.',
      type: 'integer',
      minimum: 1,
      maximum: LIST_LIMIT_MAX,
      default: LIST_LIMIT_DEFAULT,
    }),
  /** Parsed to the key parts that `encodeCursor` was given. */
  after: z
    .string()
    .transform((text, context) => {
      const parts = decodeCursor(text);
      if (parts !== null) return parts;
      context.addIssue({ code: 'custom', message: CURSOR_RULE });
      return z.NEVER;
    })
    .optional()
    .meta({ description: 'The `next_cursor` of the page before, exactly as it came.', type: 'string' }),
};

/** Where a page ended: the sort key of its last row, as text. Says nothing about the tenant; queries add that. */
export type Cursor = readonly string[];

export function encodeCursor(parts: Cursor): string {
  return toBase64Url(JSON.stringify(parts));
}

/** Null for anything that `encodeCursor` could not have made. */
export function decodeCursor(text: string): Cursor | null {
  if (text.length === 0 || text.length > 512 || !/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    const parts: unknown = JSON.parse(fromBase64Url(text));
    if (!Array.isArray(parts) || parts.length === 0 || parts.length > 4) return null;
    if (!parts.every((part) => typeof part === 'string' && /^[\x20-\x7e]+$/.test(part))) return null;
    return encodeCursor(parts) === text ? parts : null;
  } catch {
    return null;
  }
}

/** A cursor of one integer id, the usual case; null when the cursor is not that. */
export function cursorId(cursor: Cursor): string | null {
  const [id] = cursor;
  return cursor.length === 1 && id !== undefined && /^(0|[1-9][0-9]{0,17}|[1-8][0-9]{18}|9[01][0-9]{17})$/.test(id)
    ? id
    : null;
}

export interface List<T> {
  readonly object: 'list';
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

/** Shapes one page out of `limit + 1` rows: the extra one tells whether there is more. */
export function listOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  render: (row: Row) => T,
  cursorOf: (row: Row) => Cursor,
): List<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit;
  return {
    object: 'list',
    data: page.map(render),
    has_more: hasMore,
    next_cursor: hasMore && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}

/** The schema of a list of `item`. */
export function listSchema<T extends z.ZodType>(item: T) {
  return z.object({
    object: z.literal('list').meta({ description: 'The kind of object.' }),
    data: z.array(item).meta({ description: 'The page’s rows, newest first unless the operation says otherwise.' }),
    has_more: z.boolean().meta({ description: 'Whether there is a further page.', example: false }),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: 'Send as `after` for the next page. Null on the last one.', example: 'WyIyIl0' }),
  });
}

// btoa and atob, not Buffer: the browser takes this file too. Cursors are ASCII.
function toBase64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): string {
  return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
}
