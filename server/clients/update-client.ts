import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { recordEvent } from '@/server/webhooks/record-event';
import { clientExists } from './client-exists';
import {
  CLIENT_COLUMNS,
  type ClientProfile,
  type ClientRow,
  type ClientTenants,
  type ClientView,
  clientNotFound,
  PROFILE_COLUMNS,
  PROFILE_KEYS,
  readClient,
  readTenants,
  toClient,
} from './read';
import { recordClientChange } from './record-client-change';

/** What is undefined stays as it is. */
export type ProfileChanges = { readonly [K in keyof ClientProfile]?: ClientProfile[K] | undefined };

export interface UpdateClientInput {
  /** Its code, number or public id. */
  readonly client: string;
  readonly profile: ProfileChanges;
  /** Null leaves it as it is. */
  readonly isActive: boolean | null;
  readonly reason: string | null;
}

/**
 * Changes a client's profile, its being active, or both: one audit row for each, with what changed and nothing else.
 * What is the same already is a success that changes nothing.
 * @throws Problem resource_missing, client_exists, client_is_operator
 */
export function updateClient(ctx: Context, input: UpdateClientInput): Promise<ClientView> {
  return inTransaction(ctx, async (tx) => {
    const before = await readClient(ctx, input.client, { tx, lock: true });
    const isActive = input.isActive ?? before.isActive;
    if (before.isOperator && !isActive) {
      throw new Problem('client_is_operator', 'The operator itself cannot be deactivated: nobody could undo it.', {
        param: 'is_active',
      });
    }
    const profile = merge(before, input.profile);
    const changed = PROFILE_KEYS.filter((key) => profile[key] !== before[key]);
    if (changed.length === 0 && isActive === before.isActive) return before;
    const after = await store(ctx, tx, before.id, { profile, isActive });
    await record(ctx, tx, { before, after, changed, reason: input.reason });
    return after;
  });
}

function merge(before: ClientProfile, changes: ProfileChanges): ClientProfile {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}

async function store(
  ctx: Context,
  tx: Transaction,
  id: string,
  { profile, isActive }: { readonly profile: ClientProfile; readonly isActive: boolean },
): Promise<ClientView> {
  const columns = PROFILE_KEYS.map((key, index) => `${PROFILE_COLUMNS[key]} = $${index + 4}`);
  try {
    const { rows } = await tx.query<ClientRow>(
      `update clients c set status = $3, updated_at = ${sqlNow(2)}, ${columns.join(', ')}
       where id = $1 returning ${CLIENT_COLUMNS}`,
      [id, ctx.clock.fixedMs(), isActive ? 'active' : 'inactive', ...PROFILE_KEYS.map((key) => profile[key])],
    );
    return toClient(rows[0] ?? clientNotFound(id));
  } catch (error) {
    throw clientExists(error) ?? error;
  }
}

async function record(
  ctx: Context,
  tx: Transaction,
  {
    before,
    after,
    changed,
    reason,
  }: {
    readonly before: ClientView;
    readonly after: ClientView;
    readonly changed: readonly (keyof ClientProfile)[];
    readonly reason: string | null;
  },
): Promise<void> {
  const tenants: ClientTenants = await readTenants(tx, after);
  const objectId = after.publicId;
  // The profile is one for both sets of books, so whoever listens in either is told.
  for (const tenantId of [tenants.live, tenants.test]) {
    await recordEvent(ctx, tx, { tenantId, type: 'client.updated', payload: '{}' });
  }
  if (changed.length > 0) {
    const facts = (client: ClientView): string =>
      JSON.stringify(Object.fromEntries(changed.map((key) => [PROFILE_COLUMNS[key], client[key]])));
    await recordClientChange(ctx, tx, tenants, {
      action: 'client.updated',
      objectId,
      reason,
      before: facts(before),
      after: facts(after),
    });
  }
  if (after.isActive === before.isActive) return;
  await recordClientChange(ctx, tx, tenants, {
    action: after.isActive ? 'client.activated' : 'client.deactivated',
    objectId,
    reason,
    before: JSON.stringify({ is_active: before.isActive }),
    after: JSON.stringify({ is_active: after.isActive }),
  });
}
