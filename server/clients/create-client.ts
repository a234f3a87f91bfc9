import { formatId } from '@/contracts/ids';
import type { Database } from '@/db/client';
import { insertApiKey } from '@/server/api-keys/insert-api-key';
import type { Clock } from '@/server/kernel/clock';
import { makeSecret } from '@/server/kernel/secret';
import { transact } from '@/server/kernel/transaction';
import type { Ledger } from '@/server/ledger/ledger';
import { makeCode } from './code';

export interface CreateClientInput {
  readonly name: string;
  /** Made when null. */
  readonly publicId?: string | null;
  /** The operator itself: there is one. */
  readonly isOperator?: boolean;
  /** Which of its two tenants gets the first key. */
  readonly keyMode?: 'live' | 'test';
  readonly scopes?: readonly string[];
  /** Made when null; an operator may choose the demo client's. */
  readonly secret?: string | null;
}

export interface NewClient {
  readonly publicId: string;
  readonly liveTenantId: string;
  readonly testTenantId: string;
  readonly keyId: string;
  readonly secret: string;
}

/** A client with its twin books, live and test, and a first key for one of them. For operators, set-up and tests. */
export function createClient(
  { db, ledger, clock }: { db: Database; ledger: Pick<Ledger, 'nextId'>; clock: Clock },
  input: CreateClientInput,
): Promise<NewClient> {
  const keyMode = input.keyMode ?? 'test';
  const secret = input.secret ?? makeSecret(keyMode);
  return transact(db, async (tx) => {
    const publicId = input.publicId ?? formatId('client', ledger.nextId());
    const { rows } = await tx.query<{ id: string }>(
      'insert into clients (public_id, name, code, is_operator) values ($1, $2, $3, $4) returning id',
      [publicId, input.name, makeCode(input.name, 'CLI'), input.isOperator ?? false],
    );
    const clientId = rows[0]?.id;
    const liveTenantId = ledger.nextId();
    const testTenantId = ledger.nextId();
    await tx.query(`insert into tenants (id, client_id, mode) values ($1, $3, 'live'), ($2, $3, 'test')`, [
      liveTenantId,
      testTenantId,
      clientId,
    ]);
    const tenantId = keyMode === 'live' ? liveTenantId : testTenantId;
    const keyId = ledger.nextId();
    const key = { tenantId, id: keyId, secret, name: 'First key', scopes: input.scopes ?? ['*'], expiresAtMs: null };
    await insertApiKey(tx, key, clock.fixedMs());
    // Nobody's request: the audit row names the act instead of a credential.
    await tx.query(
      `insert into audit_log (tenant_id, id, actor, request_id, action, object_id, after, created_at)
       values ($1, $2, 'operator', 'set-up', 'client.created', $3, $4, now())`,
      [tenantId, ledger.nextId(), publicId, JSON.stringify({ name: input.name, key_id: keyId })],
    );
    return { publicId, liveTenantId, testTenantId, keyId, secret };
  });
}
