import { formatId } from '@/contracts/ids';
import type { Database } from '@/db/client';
import { insertApiKey } from '@/server/api-keys/insert-api-key';
import type { Clock } from '@/server/kernel/clock';
import type { Context, Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { makeSecret, storedSecret } from '@/server/kernel/secret';
import type { Ledger } from '@/server/ledger/ledger';
import { readCheckoutSettings, setCheckoutSettings } from '@/server/top-ups/checkout-settings';
import { creditWallet } from '@/server/wallets/credit-wallet';
import { openWallet } from '@/server/wallets/open-wallet';
import { createClient } from './create-client';
import { readDemoCredentials, writeDemoCredentials } from './demo-credentials';

const DEFAULT_CLIENT_ID = 'client_demo';
const WELCOME_MINOR = 15_000n;

export interface Demo {
  readonly clientId: string;
  /** Null when the client was made elsewhere and its secret is not known here. */
  readonly clientSecret: string | null;
  readonly walletId: string | null;
}

export interface DemoOptions {
  readonly dataDir: string;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly progress: (line: string) => void;
}

interface Parts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** The demo client with a wallet to try things on. At later starts it finds what is there and changes nothing. */
export async function ensureDemo(parts: Parts, options: DemoOptions): Promise<Demo> {
  const stored = await readDemoCredentials(options.dataDir);
  const clientId = options.clientId ?? stored.clientId ?? DEFAULT_CLIENT_ID;
  const known = options.clientSecret ?? (stored.clientId === clientId ? (stored.clientSecret ?? null) : null);
  const client = await findOrCreate(parts, clientId, known, options.progress);
  if (client.secret !== null) await writeDemoCredentials(options.dataDir, { clientId, clientSecret: client.secret });
  const walletId = await ensureWallet(parts, client.principal);
  await ensureCheckout(parts, client.principal);
  return { clientId, clientSecret: client.secret, walletId };
}

async function findOrCreate(
  parts: Parts,
  clientId: string,
  known: string | null,
  progress: (line: string) => void,
): Promise<{ principal: Principal; secret: string | null }> {
  const { db, ledger, clock } = parts;
  const { rows } = await db.pool.query<{ tenant_id: string }>(
    `select t.id as tenant_id from clients c join tenants t on t.client_id = c.id where c.public_id = $1 and t.mode = 'test'`,
    [clientId],
  );
  const principal = (tenantId: string, keyId: string): Principal => ({
    kind: 'api_key',
    tenantId,
    clientId,
    mode: 'test',
    credentialId: keyId,
    actor: `api_key:${keyId}`,
    scopes: ['*'],
    role: null,
    isOperator: false,
    actsOnClient: false,
  });
  const tenantId = rows[0]?.tenant_id;
  if (tenantId === undefined) {
    progress('Making the demo client');
    const secret = known ?? makeSecret('test');
    const made = await createClient(parts, { name: 'Demo', publicId: clientId, keyMode: 'test', secret });
    return { principal: principal(made.testTenantId, made.keyId), secret };
  }
  if (known === null) {
    progress(
      `The demo client ${clientId} is there; its secret was shown when it was made. Set DEMO_CLIENT_SECRET to add another.`,
    );
    return { principal: principal(tenantId, '0'), secret: null };
  }
  const { lookupId } = storedSecret(known);
  const keys = await db.pool.query<{ id: string }>('select id from api_keys where tenant_id = $1 and lookup_id = $2', [
    tenantId,
    lookupId,
  ]);
  const keyId = keys.rows[0]?.id;
  // A key that somebody revoked is there too, and stays revoked.
  if (keyId !== undefined) return { principal: principal(tenantId, keyId), secret: known };
  progress('Adding a key for DEMO_CLIENT_SECRET');
  const id = ledger.nextId();
  await insertApiKey(
    db.pool,
    { tenantId, id, secret: known, name: 'Demo', scopes: ['*'], expiresAtMs: null },
    clock.fixedMs(),
  );
  return { principal: principal(tenantId, id), secret: known };
}

/** Through the verbs and the ledger, so that the books hold from the first entry on. */
async function ensureWallet({ db, ledger, clock }: Parts, principal: Principal): Promise<string | null> {
  const ctx: Context = { principal, requestId: 'set-up', address: null, clock, db, ledger, answer: null };
  const { wallet } = await openWallet(ctx, { customerId: 'cus_demo', currency: 'GHS', metadata: null });
  try {
    await creditWallet(ctx, {
      walletId: wallet.id,
      amountMinor: WELCOME_MINOR,
      description: 'Welcome to Pesewa',
      reference: 'demo_welcome',
      metadata: null,
      expiresAtMs: null,
    });
  } catch (error) {
    // Made inactive by somebody: theirs to decide, and no reason not to start.
    if (!(error instanceof Problem)) throw error;
  }
  return formatId('wallet', wallet.id);
}

/** So that the documents' first top-up works: its addresses are on this host. The prompt's name is the simulator's. */
async function ensureCheckout({ db, ledger, clock }: Parts, principal: Principal): Promise<void> {
  const ctx: Context = { principal, requestId: 'set-up', address: null, clock, db, ledger, answer: null };
  if ((await readCheckoutSettings(ctx)).updatedAtMs !== null) return;
  await setCheckoutSettings(ctx, {
    returnHosts: ['example.com'],
    displayName: 'Pesewa Demo',
    promptName: 'PESEWA DEMO',
    supportPhone: null,
    brandColour: null,
  });
}
