import { ATTENTION_ITEMS_MAX } from '@/contracts/attention';
import { grants } from '@/contracts/scopes';
import { type Approval, countDecidable, listApprovals } from '@/server/approvals/read';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';

/** How many there are, and the first few. */
export interface Some<Item> {
  readonly count: number;
  readonly items: readonly Item[];
}

export interface BreakItem {
  readonly importId: string;
  readonly clientCode: string;
  readonly provider: string;
  readonly fileName: string;
  readonly openBreaks: number;
  readonly createdAtMs: number;
}

export interface WebhookItem {
  readonly id: string;
  readonly clientCode: string;
  readonly url: string;
  readonly status: 'enabled' | 'disabled';
  readonly failingSinceMs: number | null;
}

/** A payment or a refund that a person has to resolve. */
export interface UnresolvedItem {
  readonly id: string;
  readonly publicHex: string | null;
  readonly clientCode: string;
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly createdAtMs: number;
}

export interface BooksState {
  readonly isBalanced: boolean | null;
  readonly provedAtMs: number | null;
  readonly unbrokenSinceMs: number | null;
  readonly invariants: number;
  readonly broken: readonly number[];
  readonly entries: number;
  readonly durationMs: number;
}

export interface Attention {
  readonly approvals: Some<Approval>;
  readonly breaks: Some<BreakItem>;
  readonly webhooks: Some<WebhookItem>;
  readonly payments: Some<UnresolvedItem>;
  readonly refunds: Some<UnresolvedItem>;
  readonly books: BooksState;
  readonly livemode: boolean;
}

const NONE = { count: 0, items: [] } as const;

/**
 * What needs somebody now, as far as the caller may see it; what they may not is empty. For the operator's people who name no
 * client, over every client of the mode.
 */
export async function readAttention(ctx: Context): Promise<Attention> {
  const { principal } = ctx;
  const may = (scope: string): boolean => grants(principal.scopes, scope);
  const [approvals, breaks, webhooks, payments, refunds, books] = await Promise.all([
    may('approvals:write') && principal.actor.startsWith('user:') ? approvalsOf(ctx) : NONE,
    may('payments:read') ? breaksOf(ctx) : NONE,
    may('webhooks:read') ? webhooksOf(ctx) : NONE,
    may('payments:read') ? unresolved(ctx, 'payments') : NONE,
    may('payments:read') ? unresolved(ctx, 'refunds') : NONE,
    booksState(ctx),
  ]);
  return { approvals, breaks, webhooks, payments, refunds, books, livemode: principal.mode === 'live' };
}

async function approvalsOf(ctx: Context): Promise<Some<Approval>> {
  const filter = {
    status: null,
    verb: null,
    isDecidable: true,
    isEnded: false,
    isMadeByCaller: false,
    afterId: null,
  } as const;
  const [count, items] = await Promise.all([
    countDecidable(ctx),
    listApprovals(ctx, { ...filter, limit: ATTENTION_ITEMS_MAX }),
  ]);
  return { count, items: items.slice(0, ATTENTION_ITEMS_MAX) };
}

/** @param from a table's rows as `x`, joined with `t` (tenants) and `c` (clients) */
async function some<Row>(ctx: Context, columns: string, from: string, order: string, count = 'count(*)') {
  const { sql, values } = booksVisible(ctx, 1);
  const table = `${from} join tenants t on t.id = x.tenant_id join clients c on c.id = t.client_id`;
  const [total, { rows }] = await Promise.all([
    ctx.db.pool.query<{ count: string | null }>(`select ${count} as count from ${table} and ${sql}`, [...values]),
    ctx.db.pool.query<Row & { client_code: string }>(
      `select c.code as client_code, ${columns} from ${table} and ${sql} order by ${order} limit ${ATTENTION_ITEMS_MAX}`,
      [...values],
    ),
  ]);
  return { count: Number(total.rows[0]?.count ?? 0), rows };
}

interface BreakRow {
  id: string;
  provider: string;
  file_name: string;
  open_breaks: number;
  created_at_ms: string;
}

async function breaksOf(ctx: Context): Promise<Some<BreakItem>> {
  const { count, rows } = await some<BreakRow>(
    ctx,
    `x.id, x.provider, x.file_name, x.open_breaks, ${sqlMs('x.created_at')} as created_at_ms`,
    '(select * from reconciliation_imports where open_breaks > 0) x',
    'x.id desc',
    'sum(x.open_breaks)',
  );
  return {
    count,
    items: rows.map((row) => ({
      importId: row.id,
      clientCode: row.client_code,
      provider: row.provider,
      fileName: row.file_name,
      openBreaks: row.open_breaks,
      createdAtMs: Number(row.created_at_ms),
    })),
  };
}

interface WebhookRow {
  id: string;
  url: string;
  status: 'enabled' | 'disabled';
  failing_since_ms: string | null;
}

async function webhooksOf(ctx: Context): Promise<Some<WebhookItem>> {
  const { count, rows } = await some<WebhookRow>(
    ctx,
    `x.id, x.url, x.status, ${sqlMs('x.failing_since')} as failing_since_ms`,
    `(select * from webhook_endpoints where kind = 'endpoint' and (
       (status = 'enabled' and failing_since is not null) or (status = 'disabled' and disabled_reason in ('failing', 'gone')))) x`,
    'x.failing_since desc nulls last, x.id desc',
  );
  return {
    count,
    items: rows.map((row) => ({
      id: row.id,
      clientCode: row.client_code,
      url: row.url,
      status: row.status,
      failingSinceMs: row.failing_since_ms === null ? null : Number(row.failing_since_ms),
    })),
  };
}

interface UnresolvedRow {
  id: string;
  public_hex: string | null;
  reference: string;
  amount_minor: string;
  currency: string;
  created_at_ms: string;
}

async function unresolved(ctx: Context, table: 'payments' | 'refunds'): Promise<Some<UnresolvedItem>> {
  const { count, rows } = await some<UnresolvedRow>(
    ctx,
    `x.id, ${table === 'payments' ? 'x.public_hex' : 'null as public_hex'}, x.reference, x.amount_minor, x.currency,
     ${sqlMs('x.created_at')} as created_at_ms`,
    `(select * from ${table} where state = 'in_reconciliation') x`,
    'x.id',
  );
  return {
    count,
    items: rows.map((row) => ({
      id: row.id,
      publicHex: row.public_hex,
      clientCode: row.client_code,
      reference: row.reference,
      amountMinor: BigInt(row.amount_minor),
      currency: row.currency,
      createdAtMs: Number(row.created_at_ms),
    })),
  };
}

interface ProofRow {
  proved_at_ms: string;
  unbroken_since_ms: string | null;
  findings: number;
  invariants: number;
  broken: number[];
  entries: string;
  duration_ms: number;
}

/** Of all books of the deployment: a proof is of all of them. */
async function booksState({ db }: Context): Promise<BooksState> {
  const { rows } = await db.pool.query<ProofRow>(
    `select ${sqlMs('p.proved_at')} as proved_at_ms, p.findings, p.invariants, p.broken, p.entries, p.duration_ms,
       case when p.findings = 0 then (
         select ${sqlMs('min(g.proved_at)')} from books_proofs g
         where g.proved_at > coalesce((select max(b.proved_at) from books_proofs b where b.findings > 0), '-infinity')
       ) end as unbroken_since_ms
     from books_proofs p order by p.proved_at desc, p.id desc limit 1`,
  );
  const row = rows[0];
  if (row === undefined) {
    const never = { isBalanced: null, provedAtMs: null, unbrokenSinceMs: null };
    return { ...never, invariants: 0, broken: [], entries: 0, durationMs: 0 };
  }
  return {
    isBalanced: row.findings === 0,
    provedAtMs: Number(row.proved_at_ms),
    unbrokenSinceMs: row.unbroken_since_ms === null ? null : Number(row.unbroken_since_ms),
    invariants: row.invariants,
    broken: row.broken,
    entries: Number(row.entries),
    durationMs: row.duration_ms,
  };
}
