import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config';

const DATABASE_URL = 'postgresql://user:hunter2@localhost/db';

describe('readConfig', () => {
  it('needs a database and has defaults for the rest', () => {
    expect(readConfig({ DATABASE_URL })).toMatchObject({
      port: 3000,
      apiMount: 'ahead',
      rateLimitPerMinute: 600_000,
      trustedProxies: 0,
    });
    expect(() => readConfig({})).toThrow(/^DATABASE_URL must be set/);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'abc'],
    ['API_MOUNT', 'sideways'],
    ['BASE_URL', 'https://example.com/path'],
    ['TRUSTED_PROXIES', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_TOKEN', 'short'],
    ['LEDGER_BATCH_MAX', '0'],
  ])('refuses %s=%s in one line that names it', (name, value) => {
    expect(() => readConfig({ DATABASE_URL, [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ DATABASE_URL, [name]: value })).toThrow(new RegExp(`^${name} must [^\n]*\\.$`));
  });

  it('repeats no value', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://user:hunter2@localhost/db' })).toThrow(/^(?!.*hunter2)/);
  });
});
