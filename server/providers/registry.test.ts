import { describe, expect, it } from 'vitest';
import { CREDENTIALS } from '@/simulator/credentials';
import { ProviderConfigurationError, problemsOfCredentials, readProviders } from './configuration';
import { type OwnCredentials, ProviderRegistry } from './registry';
import { simulatedProviders } from './simulated';
import { anAttempt, FakeProvider } from './testing';

const TEST = { tenantId: '7', mode: 'test' } as const;
const LIVE = { tenantId: '8', mode: 'live' } as const;
const GHANA_MTN = { channel: 'MTN', country: 'GH', currency: 'GHS' } as const;

const hubtelEntry = (given: object = {}) => ({
  id: 'hubtel',
  adapter: 'hubtel',
  mode: 'live',
  endpoints: { baseUrl: 'https://rmp.hubtel.com', statusBaseUrl: 'https://api-txnstatus.hubtel.com' },
  credentials: { clientId: 'a', clientSecret: 'canary-secret', posSalesId: '11684' },
  ...given,
});

function registryOf(entries: readonly object[], own: readonly OwnCredentials[] = []) {
  return new ProviderRegistry(readProviders(JSON.stringify(entries)), { of: async () => own }, { nowMs: () => 0 });
}

describe('who serves what', () => {
  it('is the first entry of the mode that has the route', async () => {
    const registry = registryOf([
      hubtelEntry({ id: 'test', mode: 'test' }),
      hubtelEntry({ id: 'telecel', only: [{ channel: 'TELECEL' }] }),
      hubtelEntry({ id: 'all' }),
    ]);
    const account = async (channel: 'MTN' | 'TELECEL') =>
      (await registry.choose(LIVE, { ...GHANA_MTN, channel }))?.served.account;
    expect(await account('TELECEL')).toBe('telecel');
    expect(await account('MTN')).toBe('all');
    expect(await registry.choose(LIVE, { ...GHANA_MTN, country: 'UG', currency: 'UGX' })).toBeNull();
    expect((await registry.of(TEST)).map((served) => served.account)).toEqual(['test']);
  });

  it('narrows bounds and never widens them', async () => {
    const only = [{ channel: 'MTN', leastMinor: '100', greatestMinor: '500000' }];
    const chosen = await registryOf([hubtelEntry({ only })]).choose(LIVE, GHANA_MTN);
    expect(chosen?.route).toMatchObject({ leastMinor: 100n, greatestMinor: 500_000n });
    const daraja = { baseUrl: 'https://api.safaricom.co.ke' };
    const credentials = { consumerKey: 'k', consumerSecret: 's', shortcode: '174379', passkey: 'p' };
    const wide = [{ greatestMinor: '9999999999' }];
    const kenya = registryOf([
      { id: 'd', adapter: 'daraja', mode: 'live', endpoints: daraja, credentials, only: wide },
    ]);
    expect((await kenya.choose(LIVE, { channel: 'MPESA', country: 'KE', currency: 'KES' }))?.route.greatestMinor).toBe(
      25_000_000n,
    );
  });

  it('is a client’s own account first, kept as long as its credentials are', async () => {
    const own = (version: string, isRevoked = false): OwnCredentials => ({
      id: '42',
      entryId: 'hubtel',
      version,
      isRevoked,
      open: () => ({ clientId: 'own', clientSecret: 'own', posSalesId: '2' }),
    });
    const rows = [own('1')];
    const registry = registryOf([hubtelEntry()], rows);
    const first = await registry.choose(LIVE, GHANA_MTN);
    expect(first?.served.account).toBe('hubtel/42');
    expect((await registry.choose(LIVE, GHANA_MTN))?.served.provider).toBe(first?.served.provider);
    rows[0] = own('2');
    expect((await registry.choose(LIVE, GHANA_MTN))?.served.provider).not.toBe(first?.served.provider);
    // Revoked: new payments go by the deployment's, old ones are still asked about where they began.
    rows[0] = own('2', true);
    expect((await registry.choose(LIVE, GHANA_MTN))?.served.account).toBe('hubtel');
    expect(await registry.at(LIVE, 'hubtel/42')).not.toBeNull();
    expect(await registry.at(LIVE, 'hubtel/43')).toBeNull();
    expect(await registry.at(TEST, 'hubtel/42')).toBeNull();
    expect(await registry.at(TEST, 'hubtel')).toBeNull();
  });

  it('serves clients with credentials of their own where the deployment has none', async () => {
    const { credentials: _, ...bare } = hubtelEntry();
    expect(await registryOf([bare]).forRoute(LIVE, GHANA_MTN)).toBeNull();
  });

  it('passes over one whose circuit is open while another serves', async () => {
    const fake = await FakeProvider.start();
    const entry = (id: string) =>
      hubtelEntry({ id, mode: 'test', endpoints: { baseUrl: fake.origin, statusBaseUrl: fake.origin } });
    const registry = registryOf([entry('first'), entry('second')]);
    const chosen = async () => (await registry.choose(TEST, GHANA_MTN))?.served;
    const first = await chosen();
    for (let i = 0; i < 5; i++) await first?.provider.initiate(anAttempt(), {});
    expect((await chosen())?.account).toBe('second');
    const second = await chosen();
    for (let i = 0; i < 5; i++) await second?.provider.initiate(anAttempt(), {});
    expect((await chosen())?.account).toBe('first');
    await fake.stop();
  });

  it('tells MTN’s countries apart by route', async () => {
    const registry = new ProviderRegistry(
      simulatedProviders('http://127.0.0.1:4010'),
      { of: async () => [] },
      { nowMs: () => 0 },
    );
    const uganda = { channel: 'MTN', country: 'UG', currency: 'UGX' } as const;
    expect(await registry.named(TEST, 'mtn-momo', uganda)).toBe(await registry.at(TEST, 'mtn-momo-uganda'));
    expect(await registry.named(LIVE, 'mtn-momo', uganda)).toBeNull();
    expect(registry.deploymentNamed('paystack')).toHaveLength(1);
  });
});

describe('the configuration', () => {
  const message = (entries: unknown): string => {
    try {
      readProviders(typeof entries === 'string' ? entries : JSON.stringify(entries));
    } catch (error) {
      if (error instanceof ProviderConfigurationError) return error.message;
    }
    return 'fine';
  };

  it.each([
    ['{', 'PROVIDERS must be a JSON list'],
    [{}, 'PROVIDERS[]'],
    [[{}], 'PROVIDERS[0.id]'],
    [[hubtelEntry({ adapter: 'wave' })], 'PROVIDERS[0.adapter]'],
    [[hubtelEntry({ extra: 1 })], 'PROVIDERS[0]'],
    [[hubtelEntry(), hubtelEntry()], 'The id hubtel is there twice'],
    [[hubtelEntry({ credentials: { clientId: 'a' } })], 'hubtel: credentials.clientSecret'],
    [
      [hubtelEntry({ endpoints: { baseUrl: 'http://rmp.hubtel.com', statusBaseUrl: 'https://x.example' } })],
      'hubtel: endpoints.baseUrl',
    ],
    [
      [hubtelEntry({ endpoints: { baseUrl: 'https://user:pass@rmp.hubtel.com', statusBaseUrl: 'https://x.example' } })],
      'hubtel: endpoints.baseUrl',
    ],
    [
      [hubtelEntry({ endpoints: { baseUrl: 'http://127.0.0.1:1', statusBaseUrl: 'http://127.0.0.1:1' } })],
      'https alone',
    ],
  ])('%j is refused at the place', (entries, place) => {
    expect(message(entries)).toContain(place);
    expect(message(entries)).not.toContain('canary');
  });

  it('keeps live and test keys of Paystack apart', () => {
    const [entry] = readProviders(
      JSON.stringify([
        { id: 'p', adapter: 'paystack', mode: 'live', endpoints: { baseUrl: 'https://api.paystack.co' } },
      ]),
    );
    if (entry === undefined) throw new Error('no entry');
    const contactEmail = 'a@example.com';
    expect(problemsOfCredentials(entry, { secretKey: 'sk_live_1', contactEmail })).toEqual([]);
    expect(problemsOfCredentials(entry, { secretKey: 'sk_test_1', contactEmail })).toEqual([
      'secretKey: must be a live key',
    ]);
  });

  it('knows the simulator by the credentials that it takes', () => {
    for (const { adapter, credentials } of simulatedProviders('http://127.0.0.1:4010')) {
      expect(credentials).toMatchObject(CREDENTIALS[adapter]);
    }
  });
});
