import { insertApiKey } from '@/server/api-keys/insert-api-key';
import { recordChange } from '@/server/audit/record-change';
import { makeSecret } from '@/server/kernel/secret';
import { transact } from '@/server/kernel/transaction';
import { type SetUpParts, setUpContext } from '@/server/staff/set-up-context';
import { insertClient } from './insert-client';

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
  readonly code: string;
  readonly liveTenantId: string;
  readonly testTenantId: string;
  readonly keyId: string;
  readonly secret: string;
}

/** Before a client is there: what is written about it is written into its own trails. */
const NO_TENANT = '0';

/** A client without a profile, and a first key for one of its books. For set-up and tests, which nobody asks for. */
export function createClient(parts: SetUpParts, input: CreateClientInput): Promise<NewClient> {
  const keyMode = input.keyMode ?? 'test';
  const secret = input.secret ?? makeSecret(keyMode);
  return transact(parts.db, async (tx) => {
    const { client, tenants } = await insertClient(setUpContext(parts, NO_TENANT), tx, {
      publicId: input.publicId ?? null,
      isOperator: input.isOperator ?? false,
      isActive: true,
      profile: { name: input.name },
      reason: null,
    });
    const tenantId = tenants[keyMode];
    const keyId = parts.ledger.nextId();
    const scopes = input.scopes ?? ['*'];
    const key = { tenantId, id: keyId, secret, name: 'First key', scopes, expiresAtMs: null };
    await insertApiKey(tx, key, parts.clock.fixedMs());
    await recordChange(setUpContext(parts, tenantId), tx, {
      action: 'api_key.created',
      objectId: keyId,
      before: null,
      after: JSON.stringify({ name: key.name, scopes, expires_at_ms: null }),
    });
    return {
      publicId: client.publicId,
      code: client.code,
      liveTenantId: tenants.live,
      testTenantId: tenants.test,
      keyId,
      secret,
    };
  });
}
