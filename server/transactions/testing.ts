import { randomBytes } from 'node:crypto';
import type { Database } from '@/db/client';
import { transact } from '@/server/kernel/transaction';
import type { ServiceTerms } from '@/server/ledger/core/service-terms';
import type { AccountType } from '@/server/ledger/core/types';
import type { Ledger } from '@/server/ledger/ledger';
import { openAccount } from '@/server/ledger/open-account';
import { recordServiceVersion } from '@/server/ledger/service-versions';

const OPEN: ServiceTerms = {
  transactionTypes: ['CREDIT', 'DEBIT', 'TRANSFER'],
  active: true,
  hasFee: false,
  fee: null,
  minimumFee: null,
  maximumFee: null,
  taxPartsPerMillion: 0n,
  feeBearer: 'client',
  refundFeesOnReversal: true,
  minimumAmount: '0',
  maximumAmount: '90071992547409.91',
  dailyCap: null,
  monthlyCap: null,
};

export interface TestAccount {
  readonly id: string;
  readonly number: string;
}

/** An account of any type, straight into the books; `created` of the API's own is tested with accounts. */
export async function makeAccount(
  { ledger }: { readonly ledger: Pick<Ledger, 'nextId'> },
  db: Database,
  tenantId: string,
  options: { type?: AccountType; currency?: string; canOverdraw?: boolean } = {},
): Promise<TestAccount> {
  const id = ledger.nextId();
  const { type = 'FLOAT_ACCOUNT', currency = 'KES', canOverdraw = false } = options;
  await transact(db, (tx) => openAccount(tx, { tenantId, id, type, currency, canOverdraw }, () => ledger.nextId()));
  const { rows } = await db.pool.query<TestAccount>(
    'select id, number from accounts where tenant_id = $1 and id = $2',
    [tenantId, id],
  );
  return rows[0] as TestAccount;
}

/** A client service that allows everything and charges nothing, but for what is said; in force for ever. Its code. */
export async function makeService(
  { ledger }: { readonly ledger: Pick<Ledger, 'nextId'> },
  db: Database,
  tenantId: string,
  terms: Partial<ServiceTerms> = {},
): Promise<string> {
  const id = ledger.nextId();
  const code = `TST${randomBytes(4).toString('hex').slice(0, 7).toUpperCase()}`;
  await transact(db, async (tx) => {
    await tx.query(
      `insert into client_services (tenant_id, id, code, name, service_code, created_at, updated_at)
       values ($1, $2, $3, 'Test', 'TEST', now(), now())`,
      [tenantId, id, code],
    );
    await recordServiceVersion(tx, tenantId, {
      id: ledger.nextId(),
      serviceId: id,
      number: 1,
      terms: { ...OPEN, ...terms },
      effectiveAtMs: 0,
      createdAtMs: 0,
      actor: 'test',
    });
  });
  return code;
}
