import { type Answer, type Api, fresh } from '../golden/api';
import { operatorApi } from '../golden/operator';
import { baseUrl, type Person } from './session';

/** A client of a journey’s own, made through the API: what the journey does there disturbs no other. */
export interface OwnBooks {
  readonly code: string;
  readonly name: string;
  /** The operator acting on it, in test books. */
  readonly call: (method: string, path: string, body?: unknown, status?: number) => Promise<Answer>;
}

export type Role = 'admin' | 'finance' | 'ops' | 'support' | 'developer' | 'auditor';

const PASSWORD = 'volta lake sunrise 1965';

function expectStatus(answer: Answer, status: number, what: string): Answer {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.text}`);
  return answer;
}

export async function ownBooks(name = 'Journey Traders'): Promise<OwnBooks> {
  const api = await operatorApi(baseUrl());
  const made = await api.call('POST', '/api/v1/clients', {
    client_name: name,
    client_email: `${fresh('info')}@journey.example`,
    client_phone_number: '233302900148',
    contact_person_name: 'Admin',
    contact_person_email: 'admin@journey.example',
    contact_person_msisdn: '233302900148',
    business_pin: fresh('pin'),
    country: 'Ghana',
    is_active: 1,
  });
  const code = String(expectStatus(made, 201, 'No client was made').body['client_code']);
  return { code, name, call: callOn(api, code) };
}

/** The operator acting on a client that is there. */
export async function booksOf(code: string, name: string): Promise<OwnBooks> {
  return { code, name, call: callOn(await operatorApi(baseUrl()), code) };
}

function callOn(api: Api, code: string): OwnBooks['call'] {
  return async (method, path, body, status) => {
    const answer = await api.call(method, path, body, { 'Pesewa-Client': code });
    return status === undefined ? answer : expectStatus(answer, status, `${method} ${path}`);
  };
}

/** Somebody new: of the operator, or of a client. */
export async function newPerson(role: Role, of: OwnBooks | null = null): Promise<Person & { readonly name: string }> {
  const email = `${fresh(role)}@journey.example`;
  // A name of their own, by which they are found in the audit trail.
  const name = `Journey ${email.split('@')[0]?.slice(-6)}`;
  const body = { email, name, role, password: PASSWORD };
  if (of !== null) await of.call('POST', '/v1/users', body, 201);
  else {
    const api = await operatorApi(baseUrl());
    expectStatus(await api.call('POST', '/v1/users', body), 201, 'Nobody was made');
  }
  return { email, password: PASSWORD, name };
}

/** A wallet of a new customer, with promotional credit in it where an amount is given. */
export async function newWallet(
  books: OwnBooks,
  { customer = fresh('cus'), amount = 0 }: { readonly customer?: string; readonly amount?: number } = {},
): Promise<string> {
  const made = await books.call('POST', '/v1/wallets', { customer_id: customer, currency: 'GHS' }, 201);
  const id = String(made.body['id']);
  if (amount > 0) {
    const credit = { amount, description: 'Opening credit', reference: fresh('open') };
    await books.call('POST', `/v1/wallets/${id}/credit`, credit, 200);
  }
  return id;
}

/** Looks again until there is something; what the server does by itself takes a moment. */
export async function until<R>(what: string, look: () => Promise<R | null>): Promise<R> {
  const endMs = Date.now() + 30_000;
  while (Date.now() < endMs) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not come.`);
}
