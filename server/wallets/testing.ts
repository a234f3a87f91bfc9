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
      keyId: '1',
      scopes: ['*'],
    },
    requestId: 'req_test',
    clock,
    db,
    ledger: harness.ledger,
    answer: null,
  };
}
