import type { Database } from '@/db/client';
import { readDemoCredentials, writeDemoCredentials } from '@/server/clients/demo-credentials';
import { userExists } from './insert-user';
import { makeFirstAdmin } from './make-first-admin';
import { makePassword } from './make-password';
import { ensureOperator } from './operator';
import { passwordMatches } from './password-hash';
import { requireSuitable } from './password-rules';
import type { SetUpParts } from './set-up-context';

const DEFAULT_EMAIL = 'operator@example.com';

export interface DemoOperator {
  readonly email: string;
  /** Null when it is not known here: only its hash is stored. */
  readonly password: string | null;
}

export interface DemoOperatorOptions {
  readonly dataDir: string;
  readonly email: string | null;
  readonly password: string | null;
  readonly progress: (line: string) => void;
}

/**
 * The operator's first admin, for trying things out. Later starts find who is there and change nothing; where another
 * admin was made first (`npm run operator`) there is none, and null is returned.
 * @throws Problem user_exists, password_unsuitable
 */
export async function ensureDemoOperator(
  parts: SetUpParts,
  options: DemoOperatorOptions,
): Promise<DemoOperator | null> {
  const { dataDir, progress } = options;
  await ensureOperator(parts);
  const stored = await readDemoCredentials(dataDir);
  const email = (options.email ?? stored.operatorEmail ?? DEFAULT_EMAIL).toLowerCase();
  const known = options.password ?? (stored.operatorEmail === email ? (stored.operatorPassword ?? null) : null);
  const { rows: people } = await operatorPeople(parts.db);
  const there = people.find((user) => user.email === email);
  if (there !== undefined) {
    if (known !== null && (await passwordMatches(there.password_hash, known))) return { email, password: known };
    if (options.password !== null) {
      progress(`${email} is there with another password, so DEMO_OPERATOR_PASSWORD changes nothing.`);
    }
    return { email, password: null };
  }
  if (people.some((user) => user.is_admin)) {
    if (options.email !== null) progress('The operator has an admin already, so DEMO_OPERATOR_EMAIL makes no other.');
    return null;
  }
  progress('Making the operator’s first admin');
  const password = known ?? makePassword();
  // Both are asked again below; here, so that no file remembers what cannot be.
  requireSuitable(password, email);
  await requireFree(parts.db, email);
  // First the file: a start that is killed in between makes the same admin next time.
  await writeDemoCredentials(dataDir, { operatorEmail: email, operatorPassword: password });
  return (await makeFirstAdmin(parts, { email, name: 'Operator', password })) ? { email, password } : null;
}

/** @throws Problem user_exists */
async function requireFree(db: Database, email: string): Promise<void> {
  const { rows } = await db.pool.query('select from users where email = $1', [email]);
  if (rows.length > 0) throw userExists();
}

function operatorPeople(db: Database) {
  return db.pool.query<{ email: string; password_hash: string; is_admin: boolean }>(
    `select u.email, u.password_hash, u.role = 'admin' and u.status = 'active' as is_admin
     from users u join clients c on c.id = u.client_id where c.is_operator`,
  );
}
