import { describe, expect, it } from 'vitest';
import { checkUrl, classOf, type DestinationPolicy, DestinationRefused, resolveDestination } from './destination';

const live: DestinationPolicy = { mode: 'live', allowedHosts: [] };
const test: DestinationPolicy = { mode: 'test', allowedHosts: [] };
const resolvesTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** Every class of address that is not the public internet, with its first, last or best-known members. */
const NOT_PUBLIC = [
  // this network, unspecified
  '0.0.0.0',
  '0.1.2.3',
  '::',
  // loopback
  '127.0.0.1',
  '127.255.255.254',
  '::1',
  // private (RFC 1918), unique local
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.255.255',
  'fc00::1',
  'fd12:3456:789a::1',
  'fd00:ec2::254',
  // carrier-grade NAT, and Alibaba's metadata in it
  '100.64.0.1',
  '100.127.255.255',
  '100.100.100.200',
  // link-local, with the metadata service of most clouds; Azure's wire server
  '169.254.0.1',
  '169.254.169.254',
  '169.254.170.2',
  'fe80::1',
  'febf::1',
  '168.63.129.16',
  // site-local of old
  'fec0::1',
  // multicast, broadcast
  '224.0.0.1',
  '239.255.255.255',
  'ff02::1',
  'ff0e::1',
  '255.255.255.255',
  // protocol assignments (Oracle's metadata), documentation, benchmarking, reserved, 6to4 relay
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '198.51.100.1',
  '203.0.113.1',
  '198.18.0.1',
  '198.19.255.255',
  '240.0.0.1',
  '192.88.99.1',
  '2001:db8::1',
  '3fff::1',
  '100::1',
  '2001:2::1',
  '5f00::1',
  // IPv4 in IPv6: mapped, compatible, translated, NAT64 well-known and local, 6to4, Teredo, ISATAP-like privates
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '::8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '2001:0:4136:e378::1',
  '2001::1',
  '4000::1',
  'not an address',
  '',
];

const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '41.66.192.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450::200e',
];

describe('addresses', () => {
  it.each(NOT_PUBLIC)('%s is not public', (address) => {
    expect(classOf(address)).not.toBe('public');
  });

  it.each(PUBLIC)('%s is public', (address) => {
    expect(classOf(address)).toBe('public');
  });

  it.each(NOT_PUBLIC.filter((address) => address.length > 1 && !address.includes(' ')))(
    'a name that resolves to %s is refused, alone or behind a good one',
    async (address) => {
      for (const found of [[address], ['8.8.8.8', address]]) {
        await expect(resolveDestination('https://hooks.example.org/', live, resolvesTo(...found))).rejects.toThrow(
          DestinationRefused,
        );
      }
    },
  );
});

describe('URLs', () => {
  it.each([
    'http://hooks.example.org/',
    'ftp://hooks.example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//example.org',
    'https://',
    'hooks',
    'https://user@hooks.example.org/',
    'https://u:p@hooks.example.org/',
    'https://hooks.example.org/#part',
    'https://hooks.example.org:22/',
    'https://hooks.example.org:80/',
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://app.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[fd00:ec2::254]/',
    'https://１２７.０.０.１/',
    `https://hooks.example.org/${'a'.repeat(2_048)}`,
  ])('%s is refused', (url) => {
    for (const policy of [live, test]) expect(() => checkUrl(url, policy)).toThrow(DestinationRefused);
  });

  it.each(['https://hooks.example.org/a?b=c', 'https://hooks.example.org:8443/', 'https://8.8.8.8/'])(
    '%s is taken',
    (url) => {
      expect(checkUrl(url, live).href).toBe(url);
    },
  );

  it('says nothing of what a name resolved to', async () => {
    const refusal = resolveDestination('https://hooks.example.org/', live, resolvesTo('10.1.2.3'));
    await expect(refusal).rejects.toThrow('must lead to an address on the public internet');
    await expect(refusal).rejects.not.toThrow(/10\.1|private/);
  });

  it('gives the one address to connect to', async () => {
    let asked = 0;
    const destination = await resolveDestination('https://hooks.example.org/', live, async (name) => {
      asked += 1;
      expect(name).toBe('hooks.example.org');
      return [{ address: '8.8.8.8', family: 4 }];
    });
    expect(destination).toMatchObject({ address: '8.8.8.8', family: 4 });
    expect(asked).toBe(1);
  });
});

describe('hosts that the operator vouches for', () => {
  const vouched = (mode: 'live' | 'test'): DestinationPolicy => ({
    mode,
    allowedHosts: ['localhost', '127.0.0.1:9000', 'hooks.corp.internal'],
  });

  it('may be this machine and plain HTTP in test mode', async () => {
    expect(checkUrl('http://localhost:9000/', vouched('test')).port).toBe('9000');
    expect(checkUrl('http://127.0.0.1:9000/', vouched('test')).port).toBe('9000');
    expect(() => checkUrl('http://127.0.0.1:9001/', vouched('test'))).toThrow(DestinationRefused);
    const resolved = resolveDestination('http://localhost:9000/', vouched('test'), resolvesTo('127.0.0.1'));
    await expect(resolved).resolves.toMatchObject({ address: '127.0.0.1' });
  });

  it('may be private, but neither this machine nor plain, in live mode', async () => {
    const url = 'https://hooks.corp.internal/';
    await expect(resolveDestination(url, vouched('live'), resolvesTo('10.0.0.5'))).resolves.toBeDefined();
    await expect(resolveDestination(url, vouched('live'), resolvesTo('127.0.0.1'))).rejects.toThrow(DestinationRefused);
    expect(() => checkUrl('http://hooks.corp.internal/', vouched('live'))).toThrow(DestinationRefused);
    expect(() => checkUrl('https://127.0.0.1:9000/', vouched('live'))).toThrow(DestinationRefused);
  });

  it('are never a metadata service', async () => {
    for (const mode of ['live', 'test'] as const) {
      const resolved = resolveDestination('https://hooks.corp.internal/', vouched(mode), resolvesTo('169.254.169.254'));
      await expect(resolved).rejects.toThrow(DestinationRefused);
    }
  });
});
