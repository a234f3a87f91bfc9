import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import type { Ledger } from '@/server/ledger/ledger';

/** What set-up works with; of the ledger only its ids. */
export interface SetUpParts {
  readonly db: Database;
  readonly ledger: Pick<Ledger, 'nextId'>;
  readonly clock: Clock;
}

/**
 * For what no request asks for: audit rows name the act instead of a credential.
 * @param tenantId whose audit trail they are in
 */
export function setUpContext({ db, ledger, clock }: SetUpParts, tenantId: string): Context {
  return {
    principal: {
      kind: 'nobody',
      tenantId,
      clientId: '',
      mode: 'test',
      credentialId: '',
      actor: 'operator',
      scopes: [],
      role: null,
      isOperator: true,
      actsOnClient: false,
    },
    requestId: 'set-up',
    address: null,
    clock,
    db,
    ledger: ledger as Ledger,
    answer: null,
  };
}
