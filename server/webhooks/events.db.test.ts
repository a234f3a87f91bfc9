import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES, EVENTS, type EventType, schemaOfEvent } from '@/contracts/events';
import { parseId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { exampleOfEvent } from '@/server/http/v1/event-examples';
import { fixedClock } from '@/server/kernel/clock';
import { sweepExpired } from '@/server/ledger/sweep';
import { makeOperator } from '@/server/staff/testing';
import { tellExpiringCredit } from '@/server/wallets/tell-expiring-credit';

const clock = fixedClock(Date.UTC(2026, 5, 1, 12));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let client: NewClient;
let operatorToken: string;
let count = 0;

interface Event {
  id: string;
  type: EventType;
  timestamp: string;
  livemode: boolean;
  data: Record<string, unknown>;
}

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  client = await api.newClient({ name: 'Eventful' });
  operatorToken = (await makeOperator(api.services)).token;
});

afterAll(async () => {
  await api.close();
  await database.close();
});

const call = async (method: string, path: string, body?: unknown, by = client.secret): Promise<ApiAnswer> => {
  const answer = await api.call(method, path, by, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer;
};
const reference = (): string => `ref_${++count}`;
const money = (amount = 100) => ({ amount, description: 'Event', reference: reference() });

async function allEvents(): Promise<Event[]> {
  const events: Event[] = [];
  for (let after = ''; ; ) {
    const { body } = await call('GET', `/v1/events?limit=100${after}`);
    events.push(...body.data);
    if (!body.has_more) return events;
    after = `&after=${body.next_cursor}`;
  }
}

/** Does everything that this release can do and that has an event. */
async function doEverything(): Promise<void> {
  const open = async (): Promise<string> =>
    (await call('POST', '/v1/wallets', { customer_id: `cus_${++count}`, currency: 'GHS' })).body.id;
  const [walletId, other] = [await open(), await open()];
  await call('PATCH', `/v1/wallets/${walletId}`, { metadata: { tier: 'pro' }, low_balance_threshold: 900 });
  const soon = new Date(clock.fixedMs() + 60_000).toISOString();
  await call('POST', `/v1/wallets/${walletId}/credit`, money(1_000));
  await call('POST', `/v1/wallets/${walletId}/credit`, { ...money(50), expires_at: soon, priority: 90 });
  await call('POST', `/v1/wallets/${walletId}/debit`, money(10));
  await call('POST', '/v1/transfers', {
    source_wallet_id: walletId,
    destination_wallet_id: other,
    currency: 'GHS',
    ...money(40),
  });
  const hold = async (): Promise<string> =>
    (await call('POST', `/v1/wallets/${walletId}/holds`, { ...money(20), expires_at: soon })).body.id;
  await call('POST', `/v1/holds/${await hold()}/capture`, { amount: 15 });
  await call('POST', `/v1/holds/${await hold()}/void`, {});
  await hold();
  clock.advance(59_000);
  await tellExpiringCredit({ db: database.db, clock, ledger: api.ledger });
  clock.advance(61_000);
  await sweepExpired(database.db.pool, api.ledger, clock.fixedMs());
  const { available } = (await call('GET', `/v1/wallets/${walletId}`)).body;
  await call('POST', `/v1/wallets/${walletId}/debit`, money(available));
  await call('POST', `/v1/wallets/${walletId}/credit`, money(1_000));
  await call('POST', `/v1/wallets/${walletId}/freeze`, {});
  await call('POST', `/v1/wallets/${walletId}/unfreeze`, {});
  const service = await call('POST', '/api/v1/client-services', {
    client_code: await codeOf(),
    client_service_name: 'Payout',
    service_code: 'PAYOUT',
    has_transaction_fee: false,
    minimum_transaction_amount: 0.01,
    maximum_transaction_amount: 1_000,
    is_active: 1,
  });
  await call('PATCH', `/api/v1/client-services/${service.body.client_service_code}`, {
    maximum_transaction_amount: 500,
  });
  const account = async (): Promise<string> =>
    (
      await call('POST', '/api/v1/accounts', {
        client_code: await codeOf(),
        account_type_code: 'FLOAT_ACCOUNT',
        account_name: 'Float',
        currency: 'GHS',
        minimum_balance: 0,
        can_overdraw: true,
        status: 'ACTIVE',
      })
    ).body.account_number;
  const movement = () => ({
    client_service_code: service.body.client_service_code,
    transaction_source: 'EXTERNAL',
    transaction_amount: 1,
    source_transaction_id: reference(),
    transaction_date: '2026-06-01T12:00:00Z',
  });
  await call('POST', '/api/v1/account-transfers', {
    source_account_number: await account(),
    destination_account_number: await account(),
    ...movement(),
  });
  const moved = await call('POST', '/api/v1/transactions?command=CREDIT', {
    account_number: await account(),
    ...movement(),
  });
  await call('POST', `/api/v1/transactions/${moved.body.transaction_id}?command=REVERSE`, { reason: 'Event' });
  const [latest] = (await call('GET', `/v1/wallets/${other}/transactions`)).body.data;
  await call('POST', `/v1/transactions/${latest.id}/reverse`, { reason: 'Event' });
  await call('POST', `/v1/wallets/${walletId}/close`, {});
  await call('PATCH', `/api/v1/clients/${await codeOf()}`, { description: 'Changed' }, operatorToken);
}

async function codeOf(): Promise<string> {
  const { rows } = await database.db.pool.query<{ code: string }>('select code from clients where public_id = $1', [
    client.publicId,
  ]);
  return rows[0]?.code ?? '';
}

describe('the catalogue', () => {
  it.each(EVENT_TYPES)('%s has an example that its schema takes', (type) => {
    const example = exampleOfEvent(type);
    expect(schemaOfEvent(type).safeParse(example).error).toBeUndefined();
  });

  it('is that of the specification', () => {
    expect(EVENT_TYPES).toHaveLength(47);
    expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
  });
});

describe('events', () => {
  let events: Event[];

  beforeAll(async () => {
    await doEverything();
    events = await allEvents();
  });

  /** Their senders have tests of their own. */
  const elsewhere = (type: string): boolean =>
    /^(topup|auto_topup|payment|refund|approval|webhook_endpoint)\./.test(type);

  it('are told of everything that the catalogue says is sent', () => {
    const told = new Set(events.map(({ type }) => type));
    const promised = EVENT_TYPES.filter((type) => EVENTS[type].isSent && !elsewhere(type));
    expect(promised.filter((type) => !told.has(type))).toEqual([]);
  });

  it('have the shape that the catalogue gives their type, and nothing besides', () => {
    for (const event of events) {
      const parsed = schemaOfEvent(event.type).safeParse(event);
      expect(parsed.error, `${event.type} ${JSON.stringify(event.data)}`).toBeUndefined();
      expect(parsed.data, event.type).toEqual(event);
    }
  });

  it('are newest first, each once, over pages', async () => {
    const ids = events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort().reverse());
    const first = (await call('GET', '/v1/events?limit=3')).body;
    const second = (await call('GET', `/v1/events?limit=3&after=${first.next_cursor}`)).body;
    expect([...first.data, ...second.data].map(({ id }: Event) => id)).toEqual(ids.slice(0, 6));
  });

  it('are found by type and by time', async () => {
    for (const type of ['wallet.debited', 'hold.created', 'service.version_created'] as const) {
      const found = (await call('GET', `/v1/events?limit=100&type=${type}`)).body.data;
      expect(found).toEqual(events.filter((event) => event.type === type));
      expect(found.length).toBeGreaterThan(0);
    }
    const at = events.at(-1)?.timestamp ?? '';
    const upTo = (await call('GET', `/v1/events?limit=100&to=${encodeURIComponent(at)}`)).body.data;
    expect(upTo).toEqual([]);
    const day = (await call('GET', '/v1/events?limit=100&from=2026-06-01&to=2026-06-01')).body.data;
    expect(day).toHaveLength(events.length);
    expect((await api.call('GET', '/v1/events?type=wallet.eaten', client.secret)).status).toBe(400);
  });

  it('say of each wallet every sequence that moved it, with balances that follow each other', () => {
    const moves = events.filter(({ type }) => /^wallet\.(credited|debited|credit_expired)$/.test(type));
    expect(moves.length).toBeGreaterThan(3);
    for (const { data } of moves) {
      const sign = ['debit', 'expiry'].includes(String(data['type'])) ? -1 : 1;
      expect(Number(data['balance_before']) + sign * Number(data['amount'])).toBe(data['balance_after']);
      expect(data['sequence']).toBeTypeOf('number');
    }
  });

  it('stay as they were first shown, whatever happens to their object', async () => {
    const walletId = (await call('POST', '/v1/wallets', { customer_id: `cus_${++count}`, currency: 'GHS' })).body.id;
    await call('POST', `/v1/wallets/${walletId}/credit`, money(500));
    const made = await call('POST', `/v1/wallets/${walletId}/debit`, money(5));
    const before = (await call('GET', '/v1/events?limit=3')).body.data as Event[];
    await call('POST', `/v1/transactions/${made.body.id}/reverse`, { reason: 'Event' });
    await call('POST', `/v1/wallets/${walletId}/freeze`, {});
    for (const event of before) expect((await call('GET', `/v1/events/${event.id}`)).body).toEqual(event);
  });

  it('of a transaction say nothing of a reversal that came before they were first shown', async () => {
    const walletId = (await call('POST', '/v1/wallets', { customer_id: `cus_${++count}`, currency: 'GHS' })).body.id;
    await call('POST', `/v1/wallets/${walletId}/credit`, money(500));
    const made = await call('POST', `/v1/wallets/${walletId}/debit`, money(5));
    await call('POST', `/v1/transactions/${made.body.id}/reverse`, { reason: 'Event' });
    const [debited] = (await call('GET', '/v1/events?type=wallet.debited&limit=1')).body.data as Event[];
    expect(debited?.data).toMatchObject({ id: made.body.id, amount: 5 });
    expect(debited?.data['reversed_by']).toBeUndefined();
  });

  it('of another client are not there', async () => {
    const stranger = await api.newClient({ name: 'Stranger' });
    const theirs = await api.call('GET', `/v1/events/${events[0]?.id}`, stranger.secret);
    const nobodys = await api.call('GET', '/v1/events/evt_0000000000032', stranger.secret);
    expect([theirs.status, theirs.body.error.code]).toEqual([nobodys.status, nobodys.body.error.code]);
    expect((await api.call('GET', '/v1/events', stranger.secret)).body.data).toEqual([]);
  });

  it('are in the queue only where somebody listens', async () => {
    const queued = async (): Promise<number> =>
      (await database.db.pool.query('select 1 from event_queue')).rowCount ?? 0;
    expect(await queued()).toBe(0);
    const { id } = (await call('POST', '/v1/webhook_endpoints', { url: 'https://hooks.example.org/' })).body;
    await call('POST', '/v1/wallets', { customer_id: `cus_${++count}`, currency: 'GHS' });
    expect(await queued()).toBe(1);
    await call('POST', `/v1/webhook_endpoints/${id}/disable`, {});
    await call('POST', '/v1/wallets', { customer_id: `cus_${++count}`, currency: 'GHS' });
    expect(await queued()).toBe(1);
    expect(parseId('webhook', id)).not.toBeNull();
  });
});
