import type { Context } from '@/server/kernel/context';
import type { AuditView } from './read-audit';

/** How objects of one type are found and what people call them: `x` is the object, `w` what is wanted. */
interface Naming {
  readonly from: string;
  readonly title: string;
  /** Their ids are the clients' own words. */
  readonly isText?: true;
}

const byId = (table: string, title: string): Naming => ({
  from: `${table} x on x.tenant_id = w.tenant_id and x.id = w.object_id::bigint`,
  title,
});
/** People and clients are no one set of books'. */
const global = (table: string, title: string): Naming => ({ from: `${table} x on x.id = w.object_id::bigint`, title });

const WALLET: Naming = {
  from: `accounts x on x.tenant_id = w.tenant_id and x.id = w.object_id::bigint
    left join customers o on o.tenant_id = x.tenant_id and o.id = x.customer_id`,
  title: `coalesce(o.name, x.customer_id) || ', ' || x.currency`,
};

const NAMINGS: Readonly<Record<string, Naming>> = {
  wallet: WALLET,
  auto_topup: WALLET,
  account: {
    from: `accounts x on x.tenant_id = w.tenant_id and x.id = w.object_id::bigint
      left join account_profiles p on p.tenant_id = x.tenant_id and p.account_id = x.id
      left join customers o on o.tenant_id = x.tenant_id and o.id = x.customer_id`,
    title: `coalesce(p.name, o.name, replace(lower(x.type), '_', ' '))`,
  },
  customer: {
    from: 'customers x on x.tenant_id = w.tenant_id and x.id = w.object_id',
    title: 'x.name',
    isText: true,
  },
  transaction: {
    // Journals' ids leave their low five bits to the legs.
    from: 'journals x on x.tenant_id = w.tenant_id and x.id = (w.object_id::bigint >> 5) << 5',
    title: `coalesce(x.description, replace(x.kind, '_', ' '))`,
  },
  api_key: byId('api_keys', 'x.name'),
  approval: byId('approvals', `replace(x.verb, '_', ' ')`),
  client_service: byId('client_services', 'x.name'),
  hold: byId('holds', 'x.description'),
  promotion: byId('promotions', 'x.name'),
  promotion_import: byId('promotion_imports', 'coalesce(x.file_name, x.description)'),
  reconciliation: byId('reconciliation_imports', 'x.file_name'),
  refund: byId('refunds', 'x.reference'),
  webhook_delivery: byId('webhook_deliveries', 'x.event_type'),
  webhook_endpoint: byId('webhook_endpoints', `coalesce(x.url, 'Payment callbacks')`),
  client: global('clients', 'x.name'),
  user: global('users', 'x.name'),
};

const STORED_ID = /^[0-9]{1,18}$/;

/** Adds what people call each object, now: one statement for a page. */
export async function nameTargets(ctx: Context, views: readonly AuditView[]): Promise<AuditView[]> {
  const wanted = new Map<string, { tenantIds: string[]; objectIds: string[] }>();
  for (const { row } of views) {
    const type = typeOf(row.action);
    const naming = NAMINGS[type];
    if (naming === undefined || (naming.isText !== true && !STORED_ID.test(row.objectId))) continue;
    const of = wanted.get(type) ?? { tenantIds: [], objectIds: [] };
    of.tenantIds.push(row.tenantId);
    of.objectIds.push(row.objectId);
    wanted.set(type, of);
  }
  if (wanted.size === 0) return [...views];
  const values: unknown[] = [];
  const selects = [...wanted].map(([type, { tenantIds, objectIds }]) => {
    const { from, title } = NAMINGS[type] as Naming;
    values.push(tenantIds, objectIds);
    return `select '${type}' as type, w.tenant_id, w.object_id, ${title} as title
      from (select distinct * from unnest($${values.length - 1}::bigint[], $${values.length}::text[]) as d (tenant_id, object_id)) w
      join ${from}`;
  });
  const { rows } = await ctx.db.pool.query<{
    type: string;
    tenant_id: string;
    object_id: string;
    title: string | null;
  }>(selects.join(' union all '), values);
  const titles = new Map(rows.map((row) => [keyOf(row.type, row.tenant_id, row.object_id), row.title]));
  return views.map((view) => {
    const title = titles.get(keyOf(typeOf(view.row.action), view.row.tenantId, view.row.objectId)) ?? null;
    return { ...view, targetName: title };
  });
}

function typeOf(action: string): string {
  return action.split('.', 1)[0] as string;
}

function keyOf(type: string, tenantId: string, objectId: string): string {
  return `${type}:${tenantId}:${objectId}`;
}
