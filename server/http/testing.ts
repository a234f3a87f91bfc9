import type { Database } from '@/db/client';
import { type CreateClientInput, createClient, type NewClient } from '@/server/clients/create-client';
import type { Clock } from '@/server/kernel/clock';
import { databaseClock } from '@/server/kernel/clock';
import { readConfig } from '@/server/kernel/config';
import { openLog } from '@/server/kernel/log';
import type { Ledger } from '@/server/ledger/ledger';
import { openLedger } from '@/server/ledger/open-ledger';
import { type App, createApp } from './app';
import type { AnyOperation } from './operation';
import { operations as everyOperation } from './operations';
import { assembleServices, type Services } from './services';

/** Of no deployment. */
const TEST_KEY = Buffer.alloc(32, 'pesewa-test').toString('base64');

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape and assert what they find
  readonly body: any;
}

export interface ApiHarness {
  readonly app: App;
  readonly services: Services;
  readonly ledger: Ledger;
  newClient(input?: Partial<CreateClientInput>): Promise<NewClient>;
  /** @param authorization a whole header, or a secret to send as Bearer; null for none */
  call(
    method: string,
    path: string,
    authorization: string | null,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer>;
  close(): Promise<void>;
}

/** The API on a test's own database, without a port: requests go straight into the app. */
export async function openTestApi(
  database: { url: string; db: Database },
  options: { clock?: Clock; env?: Record<string, string>; operations?: readonly AnyOperation[] } = {},
): Promise<ApiHarness> {
  const clock = options.clock ?? databaseClock;
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    ENCRYPTION_KEYS: TEST_KEY,
    AUTH_SECRET: TEST_KEY,
    ...options.env,
  });
  const ledger = await openLedger({ url: database.url, clock });
  const services = assembleServices({ db: database.db, ledger, clock, config, log: openLog('silent') });
  const app = createApp(services, options.operations ?? everyOperation);
  return {
    app,
    services,
    ledger,
    newClient: (input = {}) => createClient({ db: database.db, ledger, clock }, { name: 'Test', ...input }),
    call: async (method, path, authorization, body, headers = {}) => {
      const response = await app.request(path, {
        method,
        headers: {
          ...(authorization !== null && {
            Authorization: authorization.includes(' ') ? authorization : `Bearer ${authorization}`,
          }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = text !== '' && response.headers.get('content-type') === 'application/json';
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    close: async () => {
      await services.requestLog.close();
      await ledger.close();
    },
  };
}

export function basic(clientId: string, secret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
}
