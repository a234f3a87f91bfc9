import type { Database } from '@/db/client';
import type { NewClient } from '@/server/clients/create-client';
import type { ApiAnswer, ApiHarness } from '@/server/http/testing';
import type { Command, PostedJournal } from '@/server/ledger/core/types';
import { aService, type LedgerHarness, recordTestService } from '@/server/ledger/testing';

/** A client of a test's own with one wallet in GHS. */
export interface Books {
  readonly client: NewClient;
  readonly code: string;
  /** Of the wallet. */
  readonly number: string;
  readonly accountId: string;
  readonly walletId: string;
  /** Posts on this client's books, whichever tenant the command names. */
  submit(command: Command): Promise<PostedJournal>;
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>;
}

let names = 0;

export async function openBooks({ api, db }: { api: ApiHarness; db: Database }): Promise<Books> {
  const client = await api.newClient({ name: `Reports ${++names}` });
  const { body } = await api.call('POST', '/v1/wallets', client.secret, { customer_id: 'cus_1', currency: 'GHS' });
  const { rows } = await db.pool.query<{ id: string; code: string }>(
    'select a.id, c.code from accounts a join clients c on c.public_id = $3 where a.tenant_id = $1 and a.number = $2',
    [client.testTenantId, body.account_number, client.publicId],
  );
  const { id: accountId = '', code = '' } = rows[0] ?? {};
  return {
    client,
    code,
    number: body.account_number,
    accountId,
    walletId: body.id,
    submit: async (command) => {
      const outcome = await api.ledger.submit({ ...command, tenantId: client.testTenantId });
      if (!outcome.ok) throw new Error(`${command.kind} was refused: ${outcome.refusal.code}`);
      return outcome.posted as PostedJournal;
    },
    get: (path, headers) => api.call('GET', path, client.secret, undefined, headers),
  };
}

export interface UsedBooks extends Books {
  readonly debit: PostedJournal;
}

const DAY = 86_400_000;

/** Funded with 100.00, debited by 10.00 with a fee of 0.30 and tax of 0.05, the debit reversed: a day apart each. */
export async function openUsedBooks(parts: {
  api: ApiHarness;
  db: Database;
  harness: LedgerHarness;
  clock: { advance(ms: number): void };
}): Promise<UsedBooks> {
  const { db, harness, clock } = parts;
  const books = await openBooks(parts);
  const service = aService(harness.ledger.nextId(), {
    fee: { type: 'FIXED', amountMinor: 30n },
    taxPartsPerMillion: 160_000n,
  });
  await recordTestService(db.pool, books.client.testTenantId, service);
  await books.submit(harness.fund(books.accountId, 10_000n, 'fund-1'));
  clock.advance(DAY);
  const debit = await books.submit({
    ...harness.debit(books.accountId, 1_000n, '=SUM(A1)'),
    to: 'EXTERNAL_SETTLEMENT',
    service,
  });
  clock.advance(DAY);
  await books.submit(harness.reverse(debit));
  return { ...books, debit };
}
