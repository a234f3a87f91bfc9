import type { Database } from '@/db/client';
import { insertClient } from '@/server/clients/insert-client';
import { sqlStateOf, transact } from '@/server/kernel/transaction';
import { type SetUpParts, setUpContext } from './set-up-context';

const SET_UP_NAME = 'Operator';

export interface OperatorClient {
  readonly publicId: string;
  readonly liveTenantId: string;
  readonly testTenantId: string;
}

/** The operator as a client, made when it is missing and without a key: its people log in. */
export async function ensureOperator(parts: SetUpParts): Promise<OperatorClient> {
  const there = await findOperator(parts.db);
  if (there !== null) return there;
  await insertOperator(parts).catch((error: unknown) => {
    // Another process was quicker: the unique index on the flag keeps it one.
    if (sqlStateOf(error) !== '23505') throw error;
  });
  const made = await findOperator(parts.db);
  if (made === null) throw new Error('The operator was made and is not there.');
  return made;
}

function insertOperator(parts: SetUpParts): Promise<unknown> {
  return transact(parts.db, (tx) =>
    insertClient(setUpContext(parts, '0'), tx, {
      publicId: null,
      isOperator: true,
      isActive: true,
      profile: {
        name: SET_UP_NAME,
        email: null,
        phone: null,
        contactName: null,
        contactEmail: null,
        contactPhone: null,
        businessPin: null,
        physicalAddress: null,
        country: null,
        logo: null,
        description: null,
      },
      reason: null,
    }),
  );
}

export async function findOperator(db: Database): Promise<OperatorClient | null> {
  const { rows } = await db.pool.query<{ public_id: string; live_id: string; test_id: string }>(
    `select c.public_id, l.id as live_id, t.id as test_id
     from clients c
     join tenants l on l.client_id = c.id and l.mode = 'live'
     join tenants t on t.client_id = c.id and t.mode = 'test'
     where c.is_operator`,
  );
  const row = rows[0];
  return row === undefined ? null : { publicId: row.public_id, liveTenantId: row.live_id, testTenantId: row.test_id };
}

/** What the operator calls itself; null while it has the name that set-up gave it. */
export async function findOperatorName(db: Database): Promise<string | null> {
  const { rows } = await db.pool.query<{ name: string }>('select name from clients where is_operator');
  const name = rows[0]?.name;
  return name === undefined || name === SET_UP_NAME ? null : name;
}
