import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import { makeSecretBoxKey, openSecretBox, type SecretBox } from '@/server/kernel/secret-box';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { testContext } from '@/server/wallets/testing';
import { readProviders } from './configuration';
import { listCredentials, openCredentialsSource } from './credentials';
import { reencryptCredentials } from './reencrypt-credentials';
import { ProviderRegistry } from './registry';
import { revokeCredentials } from './revoke-credentials';
import { setCredentials } from './set-credentials';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let harness: LedgerHarness;
let ctx: Context;
let monotonicMs = 0;
const clock = fixedClock(Date.UTC(2026, 5, 6, 12));

const OLD_KEY = makeSecretBoxKey();
const NEW_KEY = makeSecretBoxKey();
const boxOf = (...keys: string[]): SecretBox => openSecretBox({ keys, dataDir: '/nonexistent' });

const ENTRIES = readProviders(
  JSON.stringify(
    ['test', 'live'].map((mode) => ({
      id: `hubtel-${mode}`,
      adapter: 'hubtel',
      mode,
      endpoints: { baseUrl: 'https://rmp.hubtel.com', statusBaseUrl: 'https://api-txnstatus.hubtel.com' },
    })),
  ),
);
const OWN = { clientId: 'canary-client-id-0001', clientSecret: 'canary-secret-0001', posSalesId: '11684' };
const GHANA = { channel: 'TELECEL', country: 'GH', currency: 'GHS' } as const;

beforeAll(async () => {
  database = await makeTestDatabase();
  harness = await openTestLedger(database, clock);
  ctx = testContext(harness, database.db, clock);
});

afterAll(async () => {
  await harness?.close();
  await database?.close();
});

beforeEach(async () => {
  const admin = harness.adminPool(database.url);
  await admin.query('delete from provider_credentials');
  await admin.end();
});

function registryWith(secretBox: SecretBox): ProviderRegistry {
  const source = openCredentialsSource(database.db.pool, secretBox, () => monotonicMs);
  return new ProviderRegistry(ENTRIES, source, { nowMs: clock.fixedMs });
}

const owner = () => ({ tenantId: harness.tenantId, mode: 'test' as const });

describe('a client’s own credentials', () => {
  it('serve its payments a second later, and are nowhere to be read', async () => {
    const secretBox = boxOf(OLD_KEY);
    const registry = registryWith(secretBox);
    expect(await registry.forRoute(owner(), GHANA)).toBeNull();
    const view = await setCredentials(ctx, { registry, secretBox }, { entryId: 'hubtel-test', credentials: OWN });
    expect(await registry.forRoute(owner(), GHANA)).toBeNull();
    monotonicMs += 1_000;
    expect((await registry.choose(owner(), GHANA))?.served.account).toBe(`hubtel-test/${view.id}`);
    expect(await registry.forRoute({ ...owner(), tenantId: '424242' }, GHANA)).toBeNull();

    expect(view.hint).toEqual({ clientId: '…0001', clientSecret: '…0001', posSalesId: '11684' });
    const { rows } = await database.db.pool.query(
      `select c::text as row from provider_credentials c union all
       select a::text from audit_log a where action like 'provider_credentials.%'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(rows)).not.toContain('canary');
  });

  it('set again are the same account with a new key; revoked they make way, and are still found', async () => {
    const secretBox = boxOf(OLD_KEY);
    const registry = registryWith(secretBox);
    const parts = { registry, secretBox };
    const first = await setCredentials(ctx, parts, { entryId: 'hubtel-test', credentials: OWN });
    const second = await setCredentials(ctx, parts, {
      entryId: 'hubtel-test',
      credentials: { ...OWN, clientSecret: 'canary-secret-0002' },
    });
    expect(second.id).toBe(first.id);
    const ended = await revokeCredentials(ctx, first.id, 'another account');
    expect(ended.revokedAtMs).toBe(clock.fixedMs());
    expect(await revokeCredentials(ctx, first.id)).toEqual(ended);
    const third = await setCredentials(ctx, parts, { entryId: 'hubtel-test', credentials: OWN });
    expect(third.id).not.toBe(first.id);
    expect((await listCredentials(database.db.pool, harness.tenantId)).map(({ id }) => id)).toEqual([
      third.id,
      first.id,
    ]);
    monotonicMs += 1_000;
    expect(await registry.at(owner(), `hubtel-test/${first.id}`)).not.toBeNull();
    const { rows } = await database.db.pool.query<{ action: string }>(
      'select action from audit_log where object_id = $1 order by id',
      [first.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'provider_credentials.set',
      'provider_credentials.set',
      'provider_credentials.revoked',
    ]);
  });

  it.each([
    ['hubtel-live', OWN, 'resource_missing'],
    ['wave', OWN, 'resource_missing'],
    ['hubtel-test', { ...OWN, clientSecret: '' }, 'parameter_invalid'],
    ['hubtel-test', { ...OWN, baseUrl: 'https://elsewhere.example' }, 'parameter_invalid'],
  ])('for %s %j are refused', async (entryId, credentials, code) => {
    const secretBox = boxOf(OLD_KEY);
    const parts = { registry: registryWith(secretBox), secretBox };
    const set = async () => setCredentials(ctx, parts, { entryId, credentials });
    await expect(set()).rejects.toMatchObject({ code });
    expect(await listCredentials(database.db.pool, harness.tenantId)).toEqual([]);
  });

  it('are nobody’s to revoke but their owner’s', async () => {
    const secretBox = boxOf(OLD_KEY);
    const parts = { registry: registryWith(secretBox), secretBox };
    const { id } = await setCredentials(ctx, parts, { entryId: 'hubtel-test', credentials: OWN });
    const other = { ...ctx, principal: { ...ctx.principal, tenantId: '424242' } };
    await expect(revokeCredentials(other, id)).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('moved to another row do not open', async () => {
    const secretBox = boxOf(OLD_KEY);
    const parts = { registry: registryWith(secretBox), secretBox };
    const { id } = await setCredentials(ctx, parts, { entryId: 'hubtel-test', credentials: OWN });
    const admin = harness.adminPool(database.url);
    await admin.query(
      `insert into provider_credentials select 424242, id, entry, provider, sealed, hint, created_at, updated_at, revoked_at
       from provider_credentials where id = $1`,
      [id],
    );
    await admin.end();
    await expect(registryWith(secretBox).forRoute({ ...owner(), tenantId: '424242' }, GHANA)).rejects.toThrow();
  });
});

describe('a new encryption key', () => {
  it('takes over row by row; then the old one may go', async () => {
    const old = boxOf(OLD_KEY);
    const { id } = await setCredentials(
      ctx,
      { registry: registryWith(old), secretBox: old },
      { entryId: 'hubtel-test', credentials: OWN },
    );
    const both = boxOf(NEW_KEY, OLD_KEY);
    expect((await registryWith(both).choose(owner(), GHANA))?.served.account).toBe(`hubtel-test/${id}`);
    await expect(registryWith(boxOf(NEW_KEY)).forRoute(owner(), GHANA)).rejects.toThrow('not at hand');
    expect(await reencryptCredentials(database.db.pool, both)).toBe(1);
    expect(await reencryptCredentials(database.db.pool, both)).toBe(0);
    expect((await registryWith(boxOf(NEW_KEY)).choose(owner(), GHANA))?.served.account).toBe(`hubtel-test/${id}`);
  });
});
