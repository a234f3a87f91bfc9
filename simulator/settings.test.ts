import { describe, expect, it } from 'vitest';
import { readSettings } from './settings';

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      port: 4010,
      host: '127.0.0.1',
      payee: 'PESEWA DEMO',
      autoApproveMs: null,
      paystackWebhookUrl: null,
      vodacomMode: 'sync',
      vodacomResponseUrl: null,
      publicUrl: null,
    });
  });

  it('are read', () => {
    expect(
      readSettings({
        SIMULATOR_AUTO_APPROVE_MS: '0',
        SIMULATOR_VODACOM_MODE: 'async',
        SIMULATOR_URL: 'https://sim.example/',
      }),
    ).toMatchObject({
      autoApproveMs: 0,
      vodacomMode: 'async',
      publicUrl: 'https://sim.example',
    });
    expect(readSettings({ SIMULATOR_AUTO_APPROVE_MS: 'off' }).autoApproveMs).toBeNull();
  });

  it.each([
    ['SIMULATOR_PORT', '0'],
    ['SIMULATOR_PORT', '65536'],
    ['SIMULATOR_PORT', 'x'],
    ['SIMULATOR_HOST', ''],
    ['SIMULATOR_AUTO_APPROVE_MS', '-1'],
    ['SIMULATOR_AUTO_APPROVE_MS', '86400001'],
    ['SIMULATOR_PAYEE', ''],
    ['SIMULATOR_PAYEE', 'x'.repeat(41)],
    ['SIMULATOR_PAYSTACK_WEBHOOK_URL', 'ftp://x'],
    ['SIMULATOR_VODACOM_MODE', 'both'],
    ['SIMULATOR_URL', 'nowhere'],
  ])('refuse %s=%j in one line that names it', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} [^\\n]+$`));
  });
});
