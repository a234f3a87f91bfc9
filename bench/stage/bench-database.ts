import pg from 'pg';
import { formatId } from '@/contracts/ids';
import { openDatabase } from '@/db/client';
import { migrate } from '@/db/migrate';
import { createService } from '@/server/client-services/create-service';
import { createClient, type NewClient } from '@/server/clients/create-client';
import { databaseClock } from '@/server/kernel/clock';
import type { Context, Principal } from '@/server/kernel/context';
import type { Ledger } from '@/server/ledger/ledger';
import { openAccount } from '@/server/ledger/open-account';
import { openLedger } from '@/server/ledger/open-ledger';

const CURRENCY = 'GHS';
/** Enough for every debit of 1 that a run can make, also when one wallet takes them all. */
const FUNDS_MINOR = 10_000_000_000n;
/** In-process postings while the stage is set: large batches, since nobody waits for a single one. */
const STAGE_BATCH_MAX = 2_000;
const STAGE_IN_FLIGHT = 8_000;
const ORIGIN = { actor: 'bench', requestId: 'req_bench' };

/** A database with one client and its wallets, as the server and the generator need to know it. */
export interface BenchDatabase {
  readonly url: string;
  readonly tenantId: string;
  readonly secret: string;
  readonly walletIds: readonly string[];
  /** The same wallets by their public ids. */
  readonly wallets: readonly string[];
  /** A client service that charges two percent of every debit. */
  readonly serviceCode: string;
  /** A second client's test books, where the simulator's money goes. */
  readonly payments: { readonly tenantId: string; readonly secret: string };
}

export async function onServer<R>(serverUrl: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

export async function createDatabase(serverUrl: string, name: string, template = 'template1'): Promise<string> {
  await onServer(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  return databaseUrl(serverUrl, name);
}

/** Empty tables, then a client and its wallets, each with paid money through the ledger. */
export async function prepareDatabase(serverUrl: string, name: string, walletCount: number): Promise<BenchDatabase> {
  const url = await createDatabase(serverUrl, name);
  await migrate({ url });
  const db = openDatabase({ url, maxConnections: 2, role: null, applicationName: 'bench' });
  const ledger = await openStageLedger(url);
  try {
    const made = await createClient(
      { db, ledger, clock: databaseClock },
      { name: 'Bench', keyMode: 'live', scopes: ['*'] },
    );
    const tenantId = made.liveTenantId;
    const walletIds = Array.from({ length: walletCount }, () => ledger.nextId());
    await openWallets(db.pool, ledger, tenantId, walletIds);
    await postAll(ledger, walletIds.length, (n) => ({
      kind: 'credit',
      accountId: walletIds[n] as string,
      from: 'EXTERNAL_SETTLEMENT',
      operation: 'credit',
      amountMinor: FUNDS_MINOR,
      currency: null,
      expiresAtMs: null,
      priority: 50,
      service: null,
      reference: `fund-${n}`,
      ...plain(ledger, tenantId),
    }));
    const wallets = walletIds.map((id) => formatId('wallet', id));
    const serviceCode = await makeService({ db, ledger, clock: databaseClock }, made);
    const payer = await createClient({ db, ledger, clock: databaseClock }, { name: 'Payments', scopes: ['*'] });
    const payments = { tenantId: payer.testTenantId, secret: payer.secret };
    return { url, tenantId, secret: made.secret, walletIds, wallets, serviceCode, payments };
  } finally {
    await ledger.close();
    await db.pool.end();
  }
}

async function makeService(parts: Pick<Context, 'db' | 'ledger' | 'clock'>, client: NewClient): Promise<string> {
  const principal: Principal = {
    kind: 'api_key',
    tenantId: client.liveTenantId,
    clientId: client.publicId,
    mode: 'live',
    credentialId: client.keyId,
    actor: ORIGIN.actor,
    scopes: ['*'],
    role: null,
    isOperator: false,
    actsOnClient: false,
  };
  const { code } = await createService(
    { ...parts, principal, requestId: ORIGIN.requestId, address: null, answer: null },
    {
      clientCode: client.code,
      name: 'Bench',
      serviceCode: 'BENCH',
      currency: CURRENCY,
      effectiveAtMs: null,
      terms: {
        has_transaction_fee: true,
        transaction_fee_type: 'PERCENTAGE',
        transaction_fee: '2',
        minimum_transaction_amount: '0.01',
        maximum_transaction_amount: '1000000',
      },
    },
  );
  return code;
}

/** Debits spread evenly over all wallets, as the API would post them: the history of an older system. */
export async function growHistory(
  { url, tenantId, walletIds }: BenchDatabase,
  prefix: string,
  journals: number,
): Promise<void> {
  const ledger = await openStageLedger(url);
  try {
    await postAll(ledger, journals, (n) => ({
      kind: 'debit',
      // A stride coprime to the count, so that one wallet's entries lie as far apart as in life.
      accountId: walletIds[(n * 7_919) % walletIds.length] as string,
      to: 'AVAILABLE_COLLECTIONS',
      operation: 'debit',
      amountMinor: 1n,
      currency: null,
      service: null,
      reference: `${prefix}-${String(n).padStart(9, '0')}`,
      ...plain(ledger, tenantId),
    }));
  } finally {
    await ledger.close();
  }
}

/** The same rows as `openWallet` leaves, less their audit and event, in a few statements. */
async function openWallets(
  pool: pg.Pool,
  ledger: Ledger,
  tenantId: string,
  walletIds: readonly string[],
): Promise<void> {
  const tx = await pool.connect();
  try {
    await tx.query('begin');
    // The first one brings the tenant's own accounts with it.
    const [first, ...others] = walletIds;
    const input = { tenantId, id: first as string, type: 'CUSTOMER_WALLET' as const, currency: CURRENCY };
    await openAccount(tx, { ...input, customerId: `cus_${first}` }, () => ledger.nextId());
    await tx.query(
      `insert into accounts (tenant_id, id, type, currency, customer_id)
       select $1, w.id, 'CUSTOMER_WALLET', $2, 'cus_' || w.id from unnest($3::bigint[]) as w (id)`,
      [tenantId, CURRENCY, others],
    );
    await tx.query(
      `insert into customers (tenant_id, id) select $1, 'cus_' || w.id from unnest($2::bigint[]) as w (id)`,
      [tenantId, walletIds],
    );
    await tx.query(
      'insert into account_profiles (tenant_id, account_id) select $1, w.id from unnest($2::bigint[]) as w (id)',
      [tenantId, walletIds],
    );
    await tx.query('commit');
  } finally {
    tx.release();
  }
}

type PlainPart = 'tenantId' | 'id' | 'origin' | 'description' | 'metadata' | 'businessAtMs';
type Posting = Parameters<Ledger['submit']>[0];

function plain(ledger: Ledger, tenantId: string): Pick<Extract<Posting, { kind: 'debit' }>, PlainPart> {
  return { tenantId, id: ledger.nextId(), origin: ORIGIN, description: 'Bench', metadata: null, businessAtMs: null };
}

function openStageLedger(url: string): Promise<Ledger> {
  return openLedger({ url, clock: databaseClock, queueMax: STAGE_IN_FLIGHT, batchMax: STAGE_BATCH_MAX });
}

/** Posts `count` commands with a bounded number in flight; any refusal ends the bench. */
async function postAll(ledger: Ledger, count: number, commandOf: (n: number) => Posting): Promise<void> {
  let next = 0;
  const submitter = async (): Promise<void> => {
    while (next < count) {
      const outcome = await ledger.submit(commandOf(next++));
      if (!outcome.ok) throw new Error(`A posting that sets the stage was refused: ${outcome.refusal.code}.`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, STAGE_IN_FLIGHT) }, submitter));
}
