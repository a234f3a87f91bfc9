import { describe, expect, it } from 'vitest';
// @ts-expect-error The scripts are plain JavaScript, to run before anything is installed.
import { readSettings } from './lib/settings.mjs';

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toMatchObject({ port: 3000, databaseUrl: undefined, demoClientId: undefined });
  });

  it('make demo data in a database of Pesewa’s own alone, unless told to', () => {
    const url = 'postgresql://user@localhost/theirs';
    expect(readSettings({}).demoData).toBe('auto');
    expect(readSettings({ DATABASE_URL: url }).demoData).toBe('off');
    expect(readSettings({ DATABASE_URL: url, DEMO_DATA: 'on' }).demoData).toBe('on');
    expect(readSettings({ DEMO_DATA: 'off' }).demoData).toBe('off');
  });

  it.each([
    ['PORT', ''],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['SIMULATOR_PORT', ''],
    ['SIMULATOR_PORT', '65536'],
    ['SIMULATOR_PORT', '4010x'],
    ['SIMULATOR_PORT', '-1'],
    ['SIMULATOR_PORT', '3000'],
    ['DATABASE_URL', ''],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'postgres://'],
    ['DATA_DIR', ' '],
    ['DEMO_CLIENT_ID', ''],
    ['DEMO_CLIENT_ID', 'a b'],
    ['DEMO_CLIENT_ID', 'x'.repeat(65)],
    ['DEMO_CLIENT_SECRET', 'short'],
    ['DEMO_CLIENT_SECRET', "with'quote"],
    ['DEMO_CLIENT_SECRET', 'with"quote'],
    ['DEMO_CLIENT_SECRET', 'with space'],
    ['DEMO_CLIENT_SECRET', 'back\\slash'],
    ['DEMO_CLIENT_SECRET', 'back`tick`'],
    ['DEMO_CLIENT_SECRET', 'x'.repeat(129)],
    ['DEMO_OPERATOR_EMAIL', ''],
    ['DEMO_OPERATOR_EMAIL', 'operator'],
    ['DEMO_OPERATOR_EMAIL', 'a@b'],
    ['DEMO_OPERATOR_EMAIL', "o'hara@example.com"],
    ['DEMO_OPERATOR_EMAIL', 'a b@example.com'],
    ['DEMO_OPERATOR_EMAIL', `${'x'.repeat(65)}@example.com`],
    ['DEMO_DATA', 'yes'],
    ['DEMO_OPERATOR_PASSWORD', ''],
    ['DEMO_OPERATOR_PASSWORD', 'short'],
    ['DEMO_OPERATOR_PASSWORD', "with'quote1"],
    ['DEMO_OPERATOR_PASSWORD', 'with space'],
    ['DEMO_OPERATOR_PASSWORD', 'x'.repeat(129)],
  ])('refuse %s=%j in one line that names it', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} [^\\n]+$`));
  });

  it.each([
    [{}, 4010],
    [{ SIMULATOR_PORT: '4711' }, 4711],
    [{ SIMULATOR_PORT: 'off' }, undefined],
    [{ SIMULATOR_PORT: '0' }, undefined],
    [{ PROVIDERS_SIMULATOR_URL: 'http://127.0.0.1:9999' }, undefined],
  ])('%j gives the simulator port %s', (env, port) => {
    expect(readSettings(env).simulatorPort).toBe(port);
  });

  it('do not repeat what may be secret', () => {
    const refusal = (env: Record<string, string>) => {
      try {
        readSettings(env);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(refusal({ DEMO_CLIENT_SECRET: 'hunter2 hunter2' })).not.toContain('hunter2');
    expect(refusal({ DEMO_OPERATOR_PASSWORD: 'hunter2 hunter2' })).not.toContain('hunter2');
    expect(refusal({ DATABASE_URL: 'mysql://root:hunter2@host/x' })).not.toContain('hunter2');
  });

  it.each(['operator@example.com', 'Ama.Mensah+demo@mail.example.co'])('accept the e-mail address %s', (email) =>
    expect(readSettings({ DEMO_OPERATOR_EMAIL: email }).demoOperatorEmail).toBe(email),
  );

  it.each(['postgres://u:p@h/d', 'postgresql://u:p@h:5432/d?sslmode=require', 'postgresql://u@localhost/d?host=/tmp'])(
    'accept %s',
    (databaseUrl) => expect(readSettings({ DATABASE_URL: databaseUrl }).databaseUrl).toBe(databaseUrl),
  );
});
