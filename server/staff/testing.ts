import { randomBytes } from 'node:crypto';
import { formatId } from '@/contracts/ids';
import type { Role } from '@/contracts/roles';
import type { Database } from '@/db/client';
import { type Clock, databaseClock } from '@/server/kernel/clock';
import { idSource } from '@/server/ledger/ids';
import type { Ledger } from '@/server/ledger/ledger';
import { insertSession } from './insert-session';
import { insertUser } from './insert-user';
import { ensureOperator, type OperatorClient } from './operator';
import { hashPassword } from './password-hash';

export interface MakeUser {
  /** The client's public id, or the number of its row. */
  readonly clientId: string;
  /** `admin` when left out. */
  readonly role?: Role;
  readonly kind?: 'staff' | 'api_user';
  readonly email?: string;
  readonly name?: string;
  /** Without one nobody can log in as this user; `tokenFor` needs none and is much faster. */
  readonly password?: string;
  readonly status?: 'active' | 'inactive';
}

export interface MadeUser {
  /** As stored. */
  readonly id: string;
  /** `usr_…` */
  readonly publicId: string;
  /** The client's public id. */
  readonly clientId: string;
  readonly email: string;
  readonly role: Role;
}

/** A user of a client, straight into the table. */
export async function makeUser(db: Database, input: MakeUser): Promise<MadeUser> {
  const { role = 'admin', kind = 'staff', name = 'Ama Mensah', password, status = 'active' } = input;
  const id = makeId();
  const email = input.email ?? `user-${randomBytes(6).toString('hex')}@example.com`;
  const clientId = await publicIdOf(db, input.clientId);
  const passwordHash = password === undefined ? '!' : await hashPassword(password);
  await insertUser(db.pool, { id, clientId, email, name, kind, role, passwordHash }, null);
  if (status === 'inactive') await db.pool.query(`update users set status = 'inactive' where id = $1`, [id]);
  return { id, publicId: formatId('user', id), clientId, email, role };
}

/** An access token of this user, to send as Bearer: a session without the log-in and its slow hash. */
export function tokenFor(
  db: Database,
  clock: Clock,
  user: Pick<MadeUser, 'id'>,
  mode: 'live' | 'test' = 'test',
): Promise<string> {
  return insertSession(db.pool, { id: makeId(), userId: user.id, mode, address: null }, clock.fixedMs());
}

export interface MadeOperator {
  readonly client: OperatorClient;
  readonly user: MadeUser;
  /** To send as Bearer. */
  readonly token: string;
}

/**
 * The operator, made once in a database, and one more of its people with a token. `api.services` of `openTestApi` are
 * the parts.
 */
export async function makeOperator(
  parts: { readonly db: Database; readonly ledger: Pick<Ledger, 'nextId'>; readonly clock?: Clock },
  { role = 'admin', mode = 'test' }: { readonly role?: Role; readonly mode?: 'live' | 'test' } = {},
): Promise<MadeOperator> {
  const { db, ledger, clock = databaseClock } = parts;
  const client = await ensureOperator({ db, ledger, clock });
  const user = await makeUser(db, { clientId: client.publicId, role });
  return { client, user, token: await tokenFor(db, clock, user, mode) };
}

/** The slow way, through the API. Returns the access token. */
export async function logIn(
  api: {
    call(
      method: string,
      path: string,
      authorization: null,
      body: unknown,
    ): Promise<{ status: number; body: { access_token?: string } }>;
  },
  username: string,
  password: string,
  mode?: 'live' | 'test',
): Promise<string> {
  const body = { username, password, ...(mode !== undefined && { mode }) };
  const answer = await api.call('POST', '/api/v1/auth/login', null, body);
  if (answer.status !== 200 || answer.body.access_token === undefined) {
    throw new Error(`The log-in of ${username} was answered with ${answer.status}.`);
  }
  return answer.body.access_token;
}

async function publicIdOf(db: Database, clientId: string): Promise<string> {
  if (!/^[0-9]+$/.test(clientId)) return clientId;
  const { rows } = await db.pool.query<{ public_id: string }>('select public_id from clients where id = $1', [
    clientId,
  ]);
  if (rows[0] === undefined) throw new Error(`There is no client ${clientId}.`);
  return rows[0].public_id;
}

/** The ledger's own ids, made without a ledger at hand; no process of a test's has this number. */
const makeId = idSource(127);
