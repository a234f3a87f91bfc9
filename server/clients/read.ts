import { type Cursor, cursorId } from '@/contracts/lists';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';
import { actsOnAny } from './act-on';

/** What a client's profile says; null where set-up made a client without one. */
export interface ClientProfile {
  readonly name: string;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  /** E.164. */
  readonly contactPhone: string | null;
  readonly businessPin: string | null;
  readonly physicalAddress: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly logo: string | null;
  readonly description: string | null;
}

export interface ClientView extends ClientProfile {
  /** The row's number, `client_id` in `/api/v1`. */
  readonly id: string;
  readonly publicId: string;
  readonly code: string;
  readonly isActive: boolean;
  readonly isOperator: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** Where each part of a profile is kept. */
export const PROFILE_COLUMNS = {
  name: 'name',
  email: 'email',
  phone: 'phone',
  contactName: 'contact_name',
  contactEmail: 'contact_email',
  contactPhone: 'contact_phone',
  businessPin: 'business_pin',
  physicalAddress: 'physical_address',
  country: 'country',
  logo: 'logo',
  description: 'description',
} as const satisfies Record<keyof ClientProfile, string>;

export const PROFILE_KEYS = Object.keys(PROFILE_COLUMNS) as readonly (keyof ClientProfile)[];

export interface ClientRow {
  id: string;
  public_id: string;
  code: string;
  status: 'active' | 'inactive';
  is_operator: boolean;
  name: string;
  email: string | null;
  phone: string | null;
  contact_name: string | null;
  contact_email: string | null;
  contact_phone: string | null;
  business_pin: string | null;
  physical_address: string | null;
  country: string | null;
  logo: string | null;
  description: string | null;
  created_at_ms: string;
  updated_at_ms: string;
}

/** Of `clients c`. */
export const CLIENT_COLUMNS = `c.id, c.public_id, c.code, c.status, c.is_operator, c.name, c.email, c.phone, c.contact_name,
  c.contact_email, c.contact_phone, c.business_pin, c.physical_address, c.country, c.logo, c.description,
  ${sqlMs('c.created_at')} as created_at_ms, ${sqlMs('c.updated_at')} as updated_at_ms`;

/** Every client for the operator's people who named none; for anyone else the one whose books they are on. */
function visible(ctx: Context, first: number): { readonly sql: string; readonly values: readonly string[] } {
  if (actsOnAny(ctx)) return { sql: 'true', values: [] };
  return { sql: `c.id = (select client_id from tenants where id = $${first})`, values: [ctx.principal.tenantId] };
}

/**
 * A client by its code, its number or its public id.
 * @throws Problem resource_missing: absent or another's
 */
export async function readClient(
  ctx: Context,
  named: string,
  { tx = ctx.db.pool, lock = false }: { tx?: Queryable; lock?: boolean } = {},
): Promise<ClientView> {
  const who = visible(ctx, 3);
  // A number too long for the column names nothing. The lock makes the audit row's before what the change changed.
  const number = /^[0-9]{1,18}$/.test(named) ? named : null;
  const { rows } = await tx.query<ClientRow>(
    `select ${CLIENT_COLUMNS} from clients c
     where (c.code = $1 or c.public_id = $1 or c.id = $2) and ${who.sql}
     order by c.code = $1 desc, c.public_id = $1 desc
     limit 1 ${lock ? 'for update' : ''}`,
    [named, number, ...who.values],
  );
  return toClient(rows[0] ?? clientNotFound(named));
}

export interface ClientFilter {
  readonly isActive: boolean | null;
  /** The beginning of a name, a code or an e-mail address, in any case. */
  readonly search: string | null;
}

/**
 * Newest first.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readClients(
  ctx: Context,
  filter: ClientFilter,
  page: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<ClientView[]> {
  const before = page.after === undefined ? null : cursorId(page.after);
  if (page.after !== undefined && before === null) {
    throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
      param: 'after',
    });
  }
  const who = visible(ctx, 5);
  const { rows } = await ctx.db.pool.query<ClientRow>(
    `select ${CLIENT_COLUMNS} from clients c
     where ($1::bigint is null or c.id < $1)
       and ($2::text is null or c.status = $2)
       and ($3::text is null or starts_with(lower(c.name), lower($3)) or starts_with(lower(c.code), lower($3))
            or starts_with(lower(c.email), lower($3)))
       and ${who.sql}
     order by c.id desc limit $4`,
    [before, statusOf(filter.isActive), filter.search, page.limit + 1, ...who.values],
  );
  return rows.map(toClient);
}

function statusOf(isActive: boolean | null): string | null {
  if (isActive === null) return null;
  return isActive ? 'active' : 'inactive';
}

export interface ClientTenants {
  readonly live: string;
  readonly test: string;
}

/** A client's two sets of books. */
export async function readTenants(db: Queryable, client: Pick<ClientView, 'id'>): Promise<ClientTenants> {
  const { rows } = await db.query<{ id: string; mode: 'live' | 'test' }>(
    'select id, mode from tenants where client_id = $1',
    [client.id],
  );
  const of = (mode: 'live' | 'test'): string => {
    const row = rows.find((candidate) => candidate.mode === mode);
    if (row === undefined) throw new Error(`The client ${client.id} has no ${mode} books.`);
    return row.id;
  };
  return { live: of('live'), test: of('test') };
}

export function clientNotFound(named: string): never {
  throw new Problem('resource_missing', `There is no client ${named.slice(0, 64)}.`, { param: 'client_code' });
}

export function toClient(row: ClientRow): ClientView {
  return {
    id: row.id,
    publicId: row.public_id,
    code: row.code,
    isActive: row.status === 'active',
    isOperator: row.is_operator,
    name: row.name,
    email: row.email,
    phone: row.phone,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    contactPhone: row.contact_phone,
    businessPin: row.business_pin,
    physicalAddress: row.physical_address,
    country: row.country,
    logo: row.logo,
    description: row.description,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  };
}
