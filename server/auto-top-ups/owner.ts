import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import type { Log } from '@/server/kernel/log';
import type { SecretBox } from '@/server/kernel/secret-box';
import type { Ledger } from '@/server/ledger/ledger';

/** What the loop works with. */
export interface AutoTopUpServices {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly log: Log;
}

/** Whose wallet it is. */
export interface WalletOwner {
  readonly ctx: Context;
  readonly walletId: string;
  readonly clientName: string;
  readonly isClientActive: boolean;
  readonly customer: {
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
    /** As registered, not as saved with a method. */
    readonly phone: string | null;
  };
}

/** Null for a wallet that is not there. */
export async function findOwner(
  services: AutoTopUpServices,
  { tenantId, walletId }: { readonly tenantId: string; readonly walletId: string },
): Promise<WalletOwner | null> {
  const { rows } = await services.db.pool.query<{
    mode: 'live' | 'test';
    client_id: string;
    client_name: string;
    client_status: string;
    customer_id: string;
    name: string | null;
    email: string | null;
    phone: string | null;
  }>(
    `select n.mode, c.public_id as client_id, c.name as client_name, c.status as client_status, a.customer_id,
       u.name, u.email, u.phone
     from accounts a
     join tenants n on n.id = a.tenant_id
     join clients c on c.id = n.client_id
     join customers u on u.tenant_id = a.tenant_id and u.id = a.customer_id
     where a.tenant_id = $1 and a.id = $2`,
    [tenantId, walletId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    ctx: contextOf(services, { tenantId, clientId: row.client_id, mode: row.mode }),
    walletId,
    clientName: row.client_name,
    isClientActive: row.client_status === 'active',
    customer: { id: row.customer_id, name: row.name, email: row.email, phone: row.phone },
  };
}

/** Nobody's request: the rule acts, which the customer agreed to. */
function contextOf(
  { db, ledger, clock, secretBox }: AutoTopUpServices,
  whose: { readonly tenantId: string; readonly clientId: string; readonly mode: 'live' | 'test' },
): Context {
  return {
    principal: {
      kind: 'nobody',
      ...whose,
      credentialId: '0',
      actor: 'job:auto_topups',
      scopes: [],
      role: null,
      isOperator: false,
      actsOnClient: false,
    },
    requestId: `job_${ledger.nextId()}`,
    address: null,
    clock,
    db,
    ledger,
    secretBox,
    answer: null,
  };
}
