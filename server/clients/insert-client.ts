import { formatId } from '@/contracts/ids';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import type { Transaction } from '@/server/kernel/transaction';
import { clientExists } from './client-exists';
import { makeCode } from './code';
import {
  CLIENT_COLUMNS,
  type ClientProfile,
  type ClientRow,
  type ClientTenants,
  type ClientView,
  PROFILE_COLUMNS,
  PROFILE_KEYS,
  toClient,
} from './read';
import { recordClientChange } from './record-client-change';

/** Of 36^7 codes for three letters one is taken rarely, two in a row never. */
const CODE_TRIES_MAX = 5;

export interface InsertClientInput {
  /** Made when null. */
  readonly publicId: string | null;
  readonly isOperator: boolean;
  readonly isActive: boolean;
  /** What is left out is null. */
  readonly profile: Pick<ClientProfile, 'name'> & Partial<ClientProfile>;
  readonly reason: string | null;
}

export interface InsertedClient {
  readonly client: ClientView;
  readonly tenants: ClientTenants;
}

/**
 * The one way a client comes to be: its row, its twin books live and test, and the audit rows that say so.
 * @throws Problem client_exists
 */
export async function insertClient(ctx: Context, tx: Transaction, input: InsertClientInput): Promise<InsertedClient> {
  const client = await insertRow(ctx, tx, input);
  const tenants: ClientTenants = { live: ctx.ledger.nextId(), test: ctx.ledger.nextId() };
  await tx.query(`insert into tenants (id, client_id, mode) values ($1, $3, 'live'), ($2, $3, 'test')`, [
    tenants.live,
    tenants.test,
    client.id,
  ]);
  const profile = PROFILE_KEYS.map((key) => [PROFILE_COLUMNS[key], client[key]]);
  await recordClientChange(ctx, tx, tenants, {
    action: 'client.created',
    objectId: client.publicId,
    reason: input.reason,
    before: null,
    after: JSON.stringify({ code: client.code, is_active: client.isActive, ...Object.fromEntries(profile) }),
  });
  return { client, tenants };
}

async function insertRow(ctx: Context, tx: Transaction, input: InsertClientInput): Promise<ClientView> {
  const { profile } = input;
  const publicId = input.publicId ?? formatId('client', ctx.ledger.nextId());
  const columns = PROFILE_KEYS.map((key) => PROFILE_COLUMNS[key]);
  const values = PROFILE_KEYS.map((key) => profile[key] ?? null);
  for (let tries = 0; tries < CODE_TRIES_MAX; tries++) {
    // Guarantee: the unique index on the code lets one client have it; a taken one gives no row and no error.
    const { rows } = await tx
      .query<ClientRow>(
        `insert into clients as c (public_id, code, status, is_operator, created_at, updated_at, ${columns.join(', ')})
         values ($2, $3, $4, $5, ${sqlNow(1)}, ${sqlNow(1)}, ${columns.map((_, index) => `$${index + 6}`).join(', ')})
         on conflict (code) do nothing
         returning ${CLIENT_COLUMNS}`,
        [
          ctx.clock.fixedMs(),
          publicId,
          makeCode(profile.name, 'CLI'),
          input.isActive ? 'active' : 'inactive',
          input.isOperator,
          ...values,
        ],
      )
      .catch((error: unknown) => {
        throw clientExists(error) ?? error;
      });
    if (rows[0] !== undefined) return toClient(rows[0]);
  }
  throw new Error(`No free code for a client in ${CODE_TRIES_MAX} tries.`);
}
