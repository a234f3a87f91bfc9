import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import type { LedgerHarness } from '@/server/ledger/testing';

/** A verb's context over a test's ledger: its tenant, a key that may do everything, no Idempotency-Key. */
export function testContext(harness: LedgerHarness, db: Database, clock: Clock): Context {
  return {
    principal: {
      kind: 'api_key',
      tenantId: harness.tenantId,
      clientId: '1',
      mode: 'test',
      credentialId: '1',
      actor: 'api_key:1',
      scopes: ['*'],
      role: null,
      isOperator: false,
      actsOnClient: false,
    },
    requestId: 'req_test',
    address: null,
    clock,
    db,
    ledger: harness.ledger,
    answer: null,
  };
}
