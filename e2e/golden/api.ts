import { randomUUID } from 'node:crypto';

/** Both ways the API is served; every case runs against each. */
export const MOUNTS = [
  ['ahead of Next.js', required('E2E_BASE_URL')],
  ['inside Next.js', required('E2E_NEXT_BASE_URL')],
] as const;

export interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

export const CLIENT: Credentials = { clientId: required('E2E_CLIENT_ID'), secret: required('E2E_CLIENT_SECRET') };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Answers are judged field by field in the tests.
  readonly body: Record<string, unknown>;
}

export interface Api {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The body as it is given, byte for byte. */
  raw(method: string, path: string, body: string | null, headers?: Record<string, string>): Promise<Answer>;
}

export const basic = ({ clientId, secret }: Credentials): string =>
  `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;

export const bearer = ({ secret }: Credentials): string => `Bearer ${secret}`;

export function apiAt(baseUrl: string, authorization: string = basic(CLIENT)): Api {
  const raw: Api['raw'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Authorization: authorization,
        ...(body !== null && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
  };
  return {
    raw,
    call: (method, path, body, headers) => raw(method, path, body === undefined ? null : JSON.stringify(body), headers),
  };
}

/** Unique for ever: each test makes its own customers and references. */
export const fresh = (prefix: string): string => `${prefix}_${randomUUID().slice(0, 18)}`;

/** A wallet of a new customer, with credit in it. */
export async function newWallet(api: Api, options: { currency?: string; amount?: number } = {}): Promise<string> {
  const currency = options.currency ?? 'GHS';
  const created = await api.call('POST', '/v1/wallets', { customer_id: fresh('cus'), currency });
  if (created.status !== 201) throw new Error(`No wallet was made: ${created.status} ${created.text}`);
  const id = String(created.body['id']);
  if (options.amount !== undefined) {
    const credit = { amount: options.amount, description: 'Opening credit', reference: fresh('open') };
    const credited = await api.call('POST', `/v1/wallets/${id}/credit`, credit);
    if (credited.status !== 200) throw new Error(`No credit was made: ${credited.status} ${credited.text}`);
  }
  return id;
}

/** What the books say of a wallet, to see that a refused request changed nothing. */
export async function booksOf(api: Api, walletId: string): Promise<unknown> {
  const [wallet, transactions, holds] = await Promise.all(
    ['', '/transactions?limit=100', '/holds?limit=100'].map((path) =>
      api.call('GET', `/v1/wallets/${walletId}${path}`),
    ),
  );
  return { wallet: wallet?.body, transactions: transactions?.body['data'], holds: holds?.body['data'] };
}

export const ISO_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: run the tests through npm test.`);
  return value;
}
