import type { Database } from '@/db/client';
import {
  actsOnAny,
  BOOKS_COLUMNS,
  type BooksRow,
  booksVisible,
  type ClientBooks,
  toBooks,
} from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { AccountType } from '@/server/ledger/core/types';

/** What never changes about an account, and whose it is. */
export interface AccountRef {
  readonly id: string;
  readonly number: string;
  readonly type: AccountType;
  readonly currency: string;
  readonly isSystem: boolean;
  readonly books: ClientBooks;
}

interface Row extends BooksRow {
  id: string;
  number: string;
  type: string;
  currency: string;
  is_system: boolean;
  mode: string;
}

/** How long a client found active is believed to be so. */
const BELIEVED_MS = 1_000;
/** Accounts remembered in each of two generations. */
const REMEMBERED_MAX = 50_000;

/** True for ever: an account never changes its number, its type, its currency or its books. */
type Known = Omit<AccountRef, 'books'> & { readonly tenantId: string; readonly mode: string };

interface Believed {
  readonly books: ClientBooks;
  readonly askedAtMs: number;
}

interface Memory {
  accounts: Map<string, Known>;
  olderAccounts: Map<string, Known>;
  /** By tenant: they are few. */
  readonly books: Map<string, Believed>;
  /** Requests that miss at once share one query. */
  readonly asking: Map<string, Promise<ClientBooks>>;
}

/** By database: tests have several in one process. */
const memories = new WeakMap<Database, Memory>();

/**
 * The account of a number, on any books that the caller may see. Every transaction of `/api/v1` names its account so:
 * an account is looked up once, and whether its client is active once a second for all accounts of it.
 * @param param the field that named it
 * @throws Problem resource_missing
 */
export async function findAccount(ctx: Context, number: string, param: string): Promise<AccountRef> {
  const memory = memoryOf(ctx.db);
  const known = memory.accounts.get(number) ?? memory.olderAccounts.get(number);
  if (known !== undefined) {
    if (!isVisible(ctx, known)) throw missing(number, param);
    const { tenantId: _tenant, mode: _mode, ...account } = known;
    return { ...account, books: await believedBooks(ctx, memory, known.tenantId) };
  }
  // A number too long for the column names nothing.
  const row = /^[0-9]{1,18}$/.test(number) ? await look(ctx, 'a.number = $1', number) : null;
  if (row === null || row.number !== number) throw missing(number, param);
  return remember(memory, row);
}

/**
 * The same where a path may name an account by its id too.
 * @throws Problem resource_missing
 */
export async function findNamedAccount(ctx: Context, named: string, param: string): Promise<AccountRef> {
  try {
    return await findAccount(ctx, named, param);
  } catch (error) {
    // Ids have eighteen digits or nineteen, numbers half of that: nothing is both.
    if (!(error instanceof Problem) || !/^[1-9][0-9]{11,18}$/.test(named) || BigInt(named) >= 1n << 63n) throw error;
    const row = await look(ctx, 'a.id = $1', named);
    if (row === null) throw error;
    return remember(memoryOf(ctx.db), row);
  }
}

async function look(ctx: Context, condition: string, value: string): Promise<Row | null> {
  const visible = booksVisible(ctx, 2);
  const { rows } = await ctx.db.pool.query<Row>(
    `select a.id, a.number, a.type, a.currency, a.is_system, t.mode, ${BOOKS_COLUMNS}
     from accounts a
     join tenants t on t.id = a.tenant_id
     join clients c on c.id = t.client_id
     where ${condition} and ${visible.sql}`,
    [value, ...visible.values],
  );
  return rows[0] ?? null;
}

function remember(memory: Memory, row: Row): AccountRef {
  const account = {
    id: row.id,
    number: row.number,
    type: row.type as AccountType,
    currency: row.currency,
    isSystem: row.is_system,
  };
  // What a whole generation did not ask for goes with it: no order to keep, nothing to search.
  if (memory.accounts.size >= REMEMBERED_MAX) {
    memory.olderAccounts = memory.accounts;
    memory.accounts = new Map();
  }
  memory.accounts.set(row.number, { ...account, tenantId: row.tenant_id, mode: row.mode });
  return { ...account, books: toBooks(row) };
}

async function believedBooks(ctx: Context, memory: Memory, tenantId: string): Promise<ClientBooks> {
  const believed = memory.books.get(tenantId);
  if (believed !== undefined && performance.now() - believed.askedAtMs < BELIEVED_MS) return believed.books;
  const asking = memory.asking.get(tenantId);
  if (asking !== undefined) return asking;
  const started = askBooks(ctx, memory, tenantId).finally(() => memory.asking.delete(tenantId));
  memory.asking.set(tenantId, started);
  return started;
}

async function askBooks(ctx: Context, memory: Memory, tenantId: string): Promise<ClientBooks> {
  const askedAtMs = performance.now();
  const { rows } = await ctx.db.pool.query<BooksRow>(
    `select ${BOOKS_COLUMNS} from tenants t join clients c on c.id = t.client_id where t.id = $1`,
    [tenantId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`The books ${tenantId} were there and are gone.`);
  const books = toBooks(row);
  memory.books.set(tenantId, { books, askedAtMs });
  return books;
}

function isVisible(ctx: Context, { tenantId, mode }: Known): boolean {
  return actsOnAny(ctx) ? mode === ctx.principal.mode : tenantId === ctx.principal.tenantId;
}

function missing(number: string, param: string): Problem {
  return new Problem('resource_missing', `There is no account ${number.slice(0, 32)}.`, { param });
}

function memoryOf(db: Database): Memory {
  const there = memories.get(db);
  if (there !== undefined) return there;
  const made: Memory = { accounts: new Map(), olderAccounts: new Map(), books: new Map(), asking: new Map() };
  memories.set(db, made);
  return made;
}
