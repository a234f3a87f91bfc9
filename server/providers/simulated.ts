import type { ProviderEntry } from './configuration';

/**
 * The test-mode entries that a simulator at this origin serves, each under its name: the same adapters, other base URLs. What they identify
 * themselves with is the simulator's own (`simulator/credentials.ts`) and guards nothing.
 */
export function simulatedProviders(origin: string): ProviderEntry[] {
  const momo = {
    apiUser: '5f0f3c5a-6b2c-4d0e-9a53-0c9d7f1b2a10',
    apiKey: 'simulated-momo-api-key',
    subscriptionKey: 'simulated-momo-subscription-key',
  };
  const entry = (
    id: string,
    adapter: ProviderEntry['adapter'],
    endpoints: Readonly<Record<string, string>>,
    credentials: Readonly<Record<string, string>>,
    only: ProviderEntry['only'] = null,
  ): ProviderEntry => ({ id, adapter, mode: 'test', endpoints, credentials, only });

  return [
    ...['ghana', 'uganda', 'ivorycoast', 'zambia'].map((place) =>
      entry(`mtn-momo-${place}`, 'mtn-momo', { baseUrl: `${origin}/mtn-momo`, targetEnvironment: `mtn${place}` }, momo),
    ),
    entry(
      'daraja',
      'daraja',
      { baseUrl: `${origin}/daraja` },
      {
        consumerKey: 'simulated-daraja-consumer-key',
        consumerSecret: 'simulated-daraja-consumer-secret',
        shortcode: '174379',
        passkey: 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919',
      },
    ),
    entry(
      'hubtel',
      'hubtel',
      { baseUrl: `${origin}/hubtel`, statusBaseUrl: `${origin}/hubtel` },
      { clientId: 'simulated-hubtel-id', clientSecret: 'simulated-hubtel-secret', posSalesId: '11684' },
      [{ channel: 'TELECEL' }, { channel: 'AIRTELTIGO' }],
    ),
    entry(
      'vodacom-tz',
      'vodacom-tz',
      { baseUrl: `${origin}/vodacom-tz/sandbox` },
      {
        apiKey: 'simulated-vodacom-api-key',
        publicKey: SIMULATED_PORTAL_KEY,
        serviceProviderCode: '000000',
      },
    ),
    entry(
      'paystack',
      'paystack',
      { baseUrl: `${origin}/paystack` },
      { secretKey: 'sk_test_simulated_paystack_secret', contactEmail: 'payments@example.com' },
      [{ channel: 'CARD' }, { channel: 'BANK' }],
    ),
  ];
}

const SIMULATED_PORTAL_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtoc0qVlzLur2w/i1e9lU2WFScHCb19X5EwHy5nXKwODoUsTr4reG/hx0lxMv3p7HH601T6g/NHr7W1SK4ZSMM2+/DcCXZmCVBc4EDGt3P1o7CTx2H+OJQn7+NMRJQAid/7EJjuGONTxb/lF7QK1a/S3jw1TKdbTpUSKXC1HxOeD53qNx/2Os4bNWYvHox2cbxcsPf22Gao25p/1KBOgqkJ0BnFRS9h8JV9g7K7bcev+uPPiWOwLCM6O/iIhJqKvyzNUxx8PsFD55CschAO4fltZcJjcGLHqxmu3tvt5fKw2dbpgQWcBM37pFRyrNWbc5kpGMFZLtsI1hMOWCKZ5qowIDAQAB';
