import { type IdKind, parseId } from '@/contracts/ids';
import type { SearchType } from '@/contracts/search';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { idOfHex, publicHexOf } from '@/server/payments/ids';
import { booksOf, columns, type FoundRow, ID_OF } from './found';

/** A select of one record by its stored id $1. The books that may be looked at are $2, `visible` the condition on them. */
type Select = (visible: string) => string;

const byKey =
  (table: string, row: Omit<Parameters<typeof columns>[0], 'id'>, joins = '', also = ''): Select =>
  (visible) =>
    `select ${columns({ ...row, id: 'x.id' })} from ${table} x ${booksOf('x')} ${joins} where x.id = $1 ${also} and ${visible}`;

const wallet = `left join customers o on o.tenant_id = x.tenant_id and o.id = x.customer_id`;
const ofAccount = `left join accounts a on a.tenant_id = x.tenant_id and a.id = x.account_id
  left join customers o on o.tenant_id = a.tenant_id and o.id = a.customer_id`;
/** A hold, lot or note is shown on the page of the wallet that it is of. */
const onAccount = { details: [`coalesce(o.name, a.customer_id)`, `'account ' || a.number`], parent: 'x.account_id' };

/** Journals' ids leave their low five bits to the legs. */
const JOURNAL = `from journals x ${booksOf('x')} where x.id = ($1::bigint >> 5) << 5`;

const SELECTS: Readonly<Partial<Record<SearchType, Select>>> = {
  wallet: byKey(
    'accounts',
    {
      type: 'wallet',
      title: 'coalesce(o.name, x.customer_id)',
      details: [`x.currency || ' wallet'`, `'account ' || x.number`],
      status: 'x.status',
    },
    wallet,
    `and x.type = 'CUSTOMER_WALLET'`,
  ),
  account: byKey(
    'accounts',
    {
      type: 'account',
      title: `coalesce(p.name, o.name, initcap(replace(x.type, '_', ' ')))`,
      details: [`'account ' || x.number`, 'x.currency'],
      status: 'x.status',
    },
    `${wallet} left join account_profiles p on p.tenant_id = x.tenant_id and p.account_id = x.id`,
  ),
  payment: byKey('payments', {
    type: 'payment',
    title: 'x.reference',
    details: [`'+' || x.phone`, 'x.channel', 'x.receipt'],
    status: 'x.state',
    amount: 'x.amount_minor',
    currency: 'x.currency',
  }),
  refund: byKey('refunds', {
    type: 'refund',
    title: 'x.reference',
    details: ['x.reason'],
    status: 'x.state',
    amount: 'x.amount_minor',
    currency: 'x.currency',
  }),
  topup: byKey('top_ups', {
    type: 'topup',
    title: `'Top-up ' || left(x.number, 4) || '-' || right(x.number, 4)`,
    status: 'x.status',
    amount: 'x.amount_minor',
    currency: 'x.currency',
    parent: 'x.wallet_id',
  }),
  payment_method: byKey('payment_methods', {
    type: 'payment_method',
    title: 'x.channel',
    details: [`'+' || x.phone`, 'x.card_brand', 'x.customer_id'],
    parent: 'x.customer_id',
  }),
  transaction: (visible) =>
    `select ${columns({ type: 'transaction', id: '$1', title: `initcap(replace(x.kind, '_', ' '))`, details: ['x.description', 'x.reference'], amount: 'x.amount_minor', currency: 'x.currency', parent: 'x.id' })} ${JOURNAL}
       and $1::bigint & 31 between 1 and cardinality(x.leg_accounts) and ${visible}`,
  journal: (visible) =>
    `select ${columns({ type: 'journal', id: 'x.id', title: `initcap(replace(x.kind, '_', ' '))`, details: ['x.description', 'x.reference'], amount: 'x.amount_minor', currency: 'x.currency' })} ${JOURNAL}
       and ${visible}`,
  hold: byKey(
    'holds',
    {
      type: 'hold',
      title: `coalesce(x.description, 'Hold')`,
      ...onAccount,
      status: 'x.status',
      amount: 'x.amount_minor',
      currency: 'a.currency',
    },
    ofAccount,
  ),
  lot: byKey(
    'lots',
    { type: 'lot', title: `'Promotional credit'`, ...onAccount, amount: 'x.remaining_minor', currency: 'a.currency' },
    ofAccount,
  ),
  note: byKey('account_notes', { type: 'note', title: 'left(x.body, 80)', ...onAccount }, ofAccount),
  promotion: byKey('promotions', {
    type: 'promotion',
    title: 'x.name',
    details: ['x.code', 'x.currency'],
    status: 'x.status',
  }),
  promotion_import: byKey('promotion_imports', {
    type: 'promotion_import',
    title: `coalesce(x.file_name, x.description)`,
    details: [`x.row_count || ' rows'`],
    status: 'x.state',
  }),
  approval: byKey('approvals', {
    type: 'approval',
    title: `initcap(replace(x.verb, '_', ' '))`,
    details: ['x.reason'],
    status: 'x.status',
    amount: 'x.amount_minor',
    currency: 'x.currency',
  }),
  reconciliation: byKey('reconciliation_imports', {
    type: 'reconciliation',
    title: 'x.file_name',
    details: ['x.provider', `x.open_breaks || ' open'`],
  }),
  audit_entry: byKey('audit_log', { type: 'audit_entry', title: 'x.action', details: ['x.reason'] }),
  event: byKey('events', { type: 'event', title: 'x.type' }),
  webhook_endpoint: byKey('webhook_endpoints', {
    type: 'webhook_endpoint',
    title: `coalesce(x.url, 'Callbacks')`,
    details: ['x.description'],
    status: 'x.status',
  }),
  webhook_delivery: byKey('webhook_deliveries', {
    type: 'webhook_delivery',
    title: 'x.event_type',
    details: [`x.attempts || ' attempts'`],
    status: 'x.status',
    parent: 'x.endpoint_id',
  }),
  api_key: byKey('api_keys', {
    type: 'api_key',
    title: 'x.name',
    details: [`'ends in ' || x.hint`],
    status: `case when x.revoked_at is null then 'active' else 'revoked' end`,
  }),
  // An unlogged row of the last thirty days; it says more than what a journal or the audit log knows of the request.
  request: byKey('request_log', {
    type: 'request',
    title: `x.method || ' ' || x.path`,
    details: ['x.error_code'],
    status: 'x.status',
  }),
};

/** People are a client's, not one set of books'. */
const USER: Select = (visible) =>
  `select ${columns({ type: 'user', id: 'x.id', title: 'x.name', details: ['x.email', 'x.role'], status: 'x.status' })}
   from users x join clients c on c.id = x.client_id join tenants t on t.client_id = c.id
   where x.id = $1 and ${visible}`;

/** The types whose ids have the prefix of this text, with the stored id; `pay_` has a form of its own. */
function namedBy(text: string): { type: SearchType; id: string }[] {
  const hex = publicHexOf(text);
  if (hex !== null) return hex < '8' ? [{ type: 'payment', id: idOfHex(hex) }] : [];
  return (Object.entries(ID_OF) as [SearchType, IdKind | null][]).flatMap(([type, kind]) => {
    const id = kind === null ? null : parseId(kind, text);
    if (id === null) return [];
    // A transaction's id without a leg is its journal's.
    if (type === 'transaction' && (BigInt(id) & 31n) === 0n) return [{ type: 'journal' as const, id }];
    return [{ type, id }];
  });
}

/** What a pasted id opens; nothing where it is none, or names what is not there or another's. */
export async function findById(ctx: Context, text: string): Promise<FoundRow[]> {
  const visible = booksVisible(ctx, 2);
  const found: FoundRow[] = [];
  for (const { type, id } of namedBy(text)) {
    const select = type === 'user' ? USER : SELECTS[type];
    if (select === undefined) continue;
    const { rows } = await ctx.db.pool.query<FoundRow>(select(visible.sql), [id, ...visible.values]);
    found.push(...rows);
  }
  const hex = publicHexOf(text);
  if (hex === null) return found;
  // The half of a payment's id that is chance has to agree as well.
  const { rows } = await ctx.db.pool.query<{ public_hex: string }>(
    `select x.public_hex from payments x ${booksOf('x')} where x.id = $1 and x.public_hex = $3 and ${visible.sql}`,
    [hex < '8' ? idOfHex(hex) : null, ...visible.values, hex],
  );
  return rows.length === 0 ? [] : found.map((row) => ({ ...row, id: `pay_${hex}` }));
}
