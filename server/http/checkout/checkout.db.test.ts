import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '@/contracts/channels';
import { parseId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { pollDue } from '@/server/payments/poll';
import { accepted, installTestPorts, ScriptedProvider, type TestPorts } from '@/server/payments/testing';
import type { Observation } from '@/server/providers/provider';
import { makeService } from '@/server/transactions/testing';

/** The checkout as a browser without a script uses it: pages, forms, redirects and a cookie; the provider's truth is scripted. */
const START_MS = Date.UTC(2026, 10, 21, 10, 42);
const MINUTE_MS = 60_000;
const clock = fixedClock(START_MS);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let provider: ScriptedProvider;
let ports: TestPorts;
let client: NewClient;
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { BASE_URL: 'https://pay.example.com' } });
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(async () => {
  clock.set(START_MS + ++count * 3_600_000 * 24);
  provider = new ScriptedProvider();
  ports = installTestPorts(database.db, provider);
  client = await api.newClient({ name: 'Volta Data', keyMode: 'test' });
});

const services = () => ({ db: database.db, ledger: api.ledger, clock });
const call = (method: string, path: string, body?: unknown) => api.call(method, path, client.secret, body);

interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly text: string;
}

/** Follows redirects within the checkout, as a browser does; keeps its cookie. */
class Browser {
  cookie: string | null = null;
  at = '';

  async open(path: string, form?: Record<string, string>): Promise<Page> {
    const response = await api.app.request(`https://pay.example.com${path}`, {
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        ...(this.cookie !== null && { Cookie: this.cookie }),
        ...(form !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: new URLSearchParams(form).toString() }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) this.cookie = set.split(';')[0] ?? null;
    const location = response.headers.get('location');
    if (response.status === 303 && location?.startsWith('/') === true) return this.open(location);
    this.at = location ?? path;
    const html = await response.text();
    return { status: response.status, headers: response.headers, html, text: textOf(html) };
  }
}

function textOf(html: string): string {
  return html
    .replace(/<(style|script|title|noscript)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,])/g, '$1');
}

interface Checkout {
  readonly id: string;
  readonly walletId: string;
  readonly path: string;
  readonly number: string;
}

async function newCheckout({
  amount = 5000,
  phone = '+233241234567',
}: {
  amount?: number;
  phone?: string | null;
} = {}): Promise<Checkout> {
  const customer = `cus_${++count}`;
  await call('POST', '/v1/customers', { id: customer, name: 'Ama Mensah', phone });
  const wallet = await call('POST', '/v1/wallets', { customer_id: customer, currency: 'GHS' });
  const made = await call('POST', `/v1/wallets/${wallet.body.id}/topups`, {
    amount,
    redirect_url: 'http://localhost:5173/done?cart=7',
    cancel_url: 'http://localhost:5173/cart',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return {
    id: made.body.id,
    walletId: wallet.body.id,
    path: new URL(made.body.checkout_url).pathname,
    number: made.body.payment_number,
  };
}

const topUp = async ({ id }: Checkout) => (await call('GET', `/v1/topups/${id}`)).body;
const balance = async ({ walletId }: Checkout): Promise<number> =>
  (await call('GET', `/v1/wallets/${walletId}`)).body.balance;
const MTN = { pay: 'momo', network: 'MTN', phone: '024 123 4567' };
const poll = async (ms: number) => {
  clock.advance(ms);
  await pollDue(services());
};
const says = (truth: Partial<Observation>): void => {
  provider.truth = () => truth;
};
const paid = (): void => says({ outcome: 'succeeded', receipt: '48213907715', currency: 'GHS' });
const unpaid = (code: FailureCode): void => says({ outcome: 'failed', code });
const customerBearsTwoPercent = async (): Promise<void> => {
  const code = await makeService(api, database.db, client.testTenantId, {
    hasFee: true,
    fee: { type: 'PERCENTAGE', partsPerMillion: 20_000n },
    feeBearer: 'customer',
  });
  expect((await call('PATCH', '/v1/collection_policy', { client_service_code: code })).status).toBe(200);
};

describe('the way to paid, without a script', () => {
  it('says what is paid, charged and credited, prompts once, credits once, and shows the receipt', async () => {
    await customerBearsTwoPercent();
    const checkout = await newCheckout();
    const browser = new Browser();
    const start = await browser.open(checkout.path);
    expect(start.status).toBe(200);
    expect(start.text).toContain('Top up Ama’s wallet 50.00 Fee 1.00 You pay GHS 51.00');
    expect(start.text).toContain(`Payment number ${checkout.number}`);
    expect(provider.initiated).toEqual([]);

    const waiting = await browser.open(`${checkout.path}/pay`, MTN);
    expect(waiting.text).toContain('Approve on your phone');
    expect(waiting.text).toMatch(/MTN waits until \d\d:\d\d 5:00/);
    expect(waiting.html).not.toContain('0241234567');
    expect(provider.initiated).toMatchObject([
      { amountMinor: 5100n, phone: '233241234567', channel: 'MTN', accountReference: checkout.number },
    ]);
    expect(await topUp(checkout)).toMatchObject({
      status: 'pending',
      attempts: 1,
      payment_id: expect.stringMatching(/^pay_/),
    });

    // Pressed again, and from another browser: the truth is shown, and nothing is sent.
    for (const other of [browser, new Browser()]) {
      expect((await other.open(`${checkout.path}/pay`, { ...MTN, phone: '0551234567' })).text).toContain(
        'Approve on your phone',
      );
      expect((await other.open(`${checkout.path}/again`, {})).text).toContain('Approve on your phone');
      await other.open(`${checkout.path}/cancel`, {});
    }
    expect(provider.initiated).toHaveLength(1);
    expect((await topUp(checkout)).status).toBe('pending');

    const confirming = await browser.open(`${checkout.path}/approved`, {});
    expect(confirming.text).toContain('MTN is confirming');
    expect((await browser.open(checkout.path)).text).toContain('You told us you approved');
    expect((await browser.open(`${checkout.path}?view=waiting`)).text).toContain('Waiting for you to approve');

    clock.advance(5_000);
    paid();
    const success = await browser.open(`${checkout.path}/ask`, {});
    expect(success.text).toContain('GHS 50.00 added to Ama’s wallet');
    expect(success.text).toContain('You paid GHS 51.00 New balance GHS 50.00');
    expect(success.text).toContain(
      `Receipt number ${checkout.number} MTN number 48213907715 Paid from 024 ••• 4567, MTN MoMo`,
    );
    expect(success.html).toContain(
      `href="http://localhost:5173/done?cart=7&amp;topup_id=${checkout.id}&amp;status=succeeded"`,
    );
    expect(await balance(checkout)).toBe(5000);

    const elsewhere = await new Browser().open(checkout.path);
    expect(elsewhere.text).toContain('This is already paid');
    expect(elsewhere.text).not.toContain('New balance');
    await browser.open(`${checkout.path}/pay`, MTN);
    expect(provider.initiated).toHaveLength(1);
    expect(await balance(checkout)).toBe(5000);
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  });

  it('moves on for the script too: the version changes with the step', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    const waiting = await browser.open(`${checkout.path}/pay`, MTN);
    const version = async () => (await browser.open(`${checkout.path}/status`)).html;
    const first = await version();
    expect(waiting.html).toContain(`data-version="${first}"`);
    expect(await version()).toBe(first);
    for (const view of ['change', 'waiting']) {
      const page = await browser.open(`${checkout.path}?view=${view}`);
      const status = /data-status="([^"]+)"/.exec(page.html)?.[1] ?? '';
      expect(page.html).toContain(`data-version="${(await browser.open(status)).html}"`);
    }
    unpaid('cancelled');
    await poll(61_000);
    expect(await version()).not.toBe(first);
    expect((await browser.open(`${checkout.path}?view=change`)).text).toContain('You cancelled on the phone');
  });

  it('prompts once when pressed twenty times at once', async () => {
    const checkout = await newCheckout();
    const pages = await Promise.all(Array.from({ length: 20 }, () => new Browser().open(`${checkout.path}/pay`, MTN)));
    expect(pages.every(({ status }) => status === 200)).toBe(true);
    expect(provider.initiated).toHaveLength(1);
    expect(await topUp(checkout)).toMatchObject({ status: 'pending', attempts: 1 });
  });

  it('goes on where a process died between the claim and the payment, two minutes later', async () => {
    const checkout = await newCheckout();
    await database.db.pool.query(
      `update top_ups set status = 'processing', attempts = 1, payment_reference = 'dead-1',
         claimed_until = timestamptz 'epoch' + $2::bigint * interval '1 millisecond' where id = $1`,
      [parseId('topup', checkout.id), clock.fixedMs() + 120_000],
    );
    const browser = new Browser();
    expect((await browser.open(checkout.path)).text).toContain('Your request is on its way');
    await browser.open(`${checkout.path}/pay`, MTN);
    expect(provider.initiated).toHaveLength(0);
    clock.advance(121_000);
    expect((await browser.open(checkout.path)).text).toContain('How do you want to pay?');
    expect((await browser.open(`${checkout.path}/pay`, MTN)).text).toContain('Approve on your phone');
    expect(provider.initiated).toHaveLength(1);
  });
});

describe('the number', () => {
  it('of another network is asked about once, then let through', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    const wrong = { ...MTN, phone: '020 123 4567' };
    const asked = await browser.open(`${checkout.path}/pay`, wrong);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('020 is a Telecel number and you chose MTN. Choose Telecel, or type your MTN number.');
    expect(asked.html).toContain('value="020 123 4567"');
    expect(browser.at).toBe(`${checkout.path}/pay`);
    expect(provider.initiated).toEqual([]);
    // Another number of another network is another question.
    const hidden = /name="asked" value="([^"]+)"/.exec(asked.html)?.[1] ?? '';
    expect((await browser.open(`${checkout.path}/pay`, { ...wrong, phone: '0501234567', asked: hidden })).status).toBe(
      422,
    );
    expect((await browser.open(`${checkout.path}/pay`, { ...wrong, asked: hidden })).text).toContain(
      'Approve on your phone',
    );
    expect(provider.initiated).toMatchObject([{ channel: 'MTN', phone: '233201234567' }]);
  });

  it.each(['', '12', '024123456', 'abc', '+254712345678', '0241234567890123'])('%j cannot be used', async (phone) => {
    const checkout = await newCheckout();
    const page = await new Browser().open(`${checkout.path}/pay`, { ...MTN, phone });
    expect(page.status).toBe(422);
    expect(page.text).toContain('This is not a number we can use.');
    expect(page.html).toContain('aria-invalid="true"');
    expect(await topUp(checkout)).toMatchObject({ status: 'created', attempts: 0 });
  });

  it.each(['0241234567', '024-123-4567', '+233 24 123 4567', '233241234567'])('%j is understood', async (phone) => {
    const checkout = await newCheckout();
    await new Browser().open(`${checkout.path}/pay`, { ...MTN, phone });
    expect(provider.initiated).toMatchObject([{ phone: '233241234567' }]);
  });

  it('is the customer’s own where the policy locks it, whatever is sent', async () => {
    expect((await call('PATCH', '/v1/collection_policy', { phone_policy: 'locked' })).status).toBe(200);
    const checkout = await newCheckout();
    const browser = new Browser();
    const page = await browser.open(checkout.path);
    expect(page.text).toContain('Your mobile money number 024 ••• 4567 MTN MoMo');
    expect(page.html).not.toContain('id="phone"');
    await browser.open(`${checkout.path}/pay`, { ...MTN, network: 'TELECEL', phone: '0201234567' });
    expect(provider.initiated).toMatchObject([{ channel: 'MTN', phone: '233241234567' }]);
  });

  it('cannot be prompted where the policy locks it and there is none', async () => {
    await call('PATCH', '/v1/collection_policy', { phone_policy: 'locked' });
    const checkout = await newCheckout({ phone: null });
    expect((await new Browser().open(checkout.path)).text).not.toContain('Mobile money number');
    await new Browser().open(`${checkout.path}/pay`, MTN);
    expect(provider.initiated).toEqual([]);
  });
});

describe('a code first, where the policy asks for it', () => {
  const codeIn = (text: string): string => /The code is (\d{6})/.exec(text)?.[1] ?? '';

  beforeEach(async () => {
    expect((await call('PATCH', '/v1/collection_policy', { phone_policy: 'otp' })).status).toBe(200);
  });

  it('prompts nobody before it is right', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    const asked = await browser.open(`${checkout.path}/pay`, MTN);
    expect(asked.text).toContain('We sent an SMS with 6 digits to 024 ••• 4567.');
    expect(browser.at).toBe(checkout.path);
    const code = codeIn(asked.text);
    expect(code).toHaveLength(6);
    const wrong = code === '000000' ? '111111' : '000000';
    for (const left of [4, 3]) {
      const page = await browser.open(`${checkout.path}/code`, { code: wrong });
      expect(page.text).toContain(`That code is not right. You have ${left} tries left.`);
    }
    expect(provider.initiated).toEqual([]);
    expect((await browser.open(`${checkout.path}/code`, { code })).text).toContain('Approve on your phone');
    expect(provider.initiated).toMatchObject([{ phone: '233241234567' }]);
  });

  it('wrong five times is over; a new one is sent a minute later at the earliest', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    const code = codeIn((await browser.open(`${checkout.path}/pay`, MTN)).text);
    const wrong = code === '000000' ? '111111' : '000000';
    let page: Page | null = null;
    for (let n = 0; n < 5; n++) page = await browser.open(`${checkout.path}/code`, { code: wrong });
    expect(page?.text).toContain('That code does not work any more.');
    expect((await browser.open(`${checkout.path}/code`, { code })).text).not.toContain('Approve on your phone');
    const sent = ports.texts.length;
    await browser.open(`${checkout.path}/resend`, {});
    expect(ports.texts).toHaveLength(sent);
    clock.advance(61_000);
    const again = await browser.open(`${checkout.path}/resend`, {});
    expect(ports.texts).toHaveLength(sent + 1);
    expect((await browser.open(`${checkout.path}/code`, { code: codeIn(again.text) })).text).toContain(
      'Approve on your phone',
    );
  });

  it('can be given up for another number', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    await browser.open(`${checkout.path}/pay`, MTN);
    expect((await browser.open(`${checkout.path}/change-number`, {})).text).toContain('How do you want to pay?');
    expect((await browser.open(`${checkout.path}/pay`, { ...MTN, phone: '0551234567' })).text).toContain(
      '055 ••• 4567',
    );
  });
});

describe('what is not known is not said', () => {
  it('checks after the network’s own time, never says failed, and credits a late success', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    await browser.open(`${checkout.path}/pay`, MTN);
    says({ outcome: 'unknown' });
    clock.advance(5 * MINUTE_MS);
    const checking = await browser.open(checkout.path);
    expect(checking.text).toContain('We’re checking with MTN');
    expect(checking.text).toContain('Do not pay again yet.');
    expect(checking.text).not.toContain('No money was taken');
    await browser.open(`${checkout.path}/pay`, MTN);
    expect(provider.initiated).toHaveLength(1);
    await poll(MINUTE_MS);
    expect((await browser.open(checkout.path)).text).toContain('Do not pay again yet.');
    // The link ends; a payment that is under way does not.
    clock.advance(23 * 3_600_000);
    expect((await browser.open(checkout.path)).text).toContain('Do not pay again yet.');
    await poll(3_600_000);
    await poll(MINUTE_MS);
    const unknown = await browser.open(checkout.path);
    expect(unknown.text).toContain('MTN has not answered us');
    expect(unknown.text).toContain('Do not pay again.');
    expect(unknown.text).not.toContain('No money was taken');
    expect((await topUp(checkout)).status).toBe('in_reconciliation');
    expect((await call('POST', `/v1/topups/${checkout.id}/expire`, {})).status).toBe(409);
  });

  it('another amount than was asked for is for a person, and credits nothing', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    await browser.open(`${checkout.path}/pay`, MTN);
    says({ outcome: 'succeeded', amountMinor: 4000n, currency: 'GHS' });
    await poll(61_000);
    const page = await browser.open(checkout.path);
    expect(page.text).toContain('Do not pay again.');
    expect(page.text).not.toContain('No money was taken');
    expect(await balance(checkout)).toBe(0);
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  });

  it('a request that got no answer is being checked', async () => {
    provider.answer = () => ({ status: 'unknown', reason: 'no_answer', providerCode: null, message: 'timeout' });
    const checkout = await newCheckout();
    const page = await new Browser().open(`${checkout.path}/pay`, MTN);
    expect(page.text).toContain('Do not pay again yet.');
  });

  it('is paid late by the first request, while a second is open: paid stays paid', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    await browser.open(`${checkout.path}/pay`, MTN);
    unpaid('expired');
    await poll(5 * MINUTE_MS);
    says({ outcome: 'pending' });
    expect((await browser.open(`${checkout.path}/again`, {})).text).toContain('Approve on your phone');
    const mine = provider.initiated.filter(({ accountReference }) => accountReference.startsWith(checkout.number));
    expect(mine.map(({ accountReference }) => accountReference)).toEqual([checkout.number, `${checkout.number}-2`]);
    provider.truth = ({ accountReference }) =>
      accountReference === checkout.number
        ? { outcome: 'succeeded', currency: 'GHS', receipt: 'LATE' }
        : { outcome: 'failed', code: 'cancelled' };
    for (let n = 0; n < 4; n++) await poll(10 * MINUTE_MS);
    const page = await browser.open(checkout.path);
    expect(page.text).toContain('This is already paid');
    expect(page.text).toContain('MTN number LATE');
    expect((await topUp(checkout)).status).toBe('succeeded');
    expect(await balance(checkout)).toBe(5000);
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  });
});

describe('every ending says first that no money was taken', () => {
  it.each([
    ['cancelled', 'You cancelled on the phone', true],
    ['insufficient_funds', 'Not enough money', true],
    ['wrong_pin', 'The PIN was wrong', true],
    ['busy', 'Another request is open on this phone', true],
    ['unreachable', 'We could not reach the phone', true],
    ['limit_reached', 'This MoMo has reached its limit', false],
    ['payer_not_found', 'This number has no MTN MoMo', false],
    ['declined', 'The payment did not go through', true],
  ] as const)('%s: %s', async (code, title, canRepeat) => {
    const checkout = await newCheckout();
    const browser = new Browser();
    await browser.open(`${checkout.path}/pay`, MTN);
    unpaid(code);
    await poll(61_000);
    const page = await browser.open(checkout.path);
    expect(page.text).toContain(title);
    expect(page.text).toContain('No money was taken.');
    expect(page.html.includes(`action="${checkout.path}/again"`)).toBe(canRepeat);
    expect((await browser.open(`${checkout.path}?view=pay`)).text).toContain('How do you want to pay?');
    expect(await topUp(checkout)).toMatchObject({ status: 'failed', failure_code: code });
    if (!canRepeat) return;
    paid();
    await browser.open(`${checkout.path}/again`, {});
    await poll(61_000);
    expect((await browser.open(checkout.path)).text).toContain('GHS 50.00 added to Ama’s wallet');
    expect(await balance(checkout)).toBe(5000);
  });

  it('nobody approved in time', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    await browser.open(`${checkout.path}/pay`, MTN);
    unpaid('expired');
    await poll(5 * MINUTE_MS);
    expect((await browser.open(checkout.path)).text).toContain('Nobody approved in time');
  });

  it('too many requests to one phone', async () => {
    await call('PATCH', '/v1/collection_policy', { prompts_per_phone_hour: 1 });
    const checkout = await newCheckout();
    const browser = new Browser();
    await browser.open(`${checkout.path}/pay`, MTN);
    unpaid('cancelled');
    await poll(61_000);
    const page = await browser.open(`${checkout.path}/again`, {});
    expect(page.status).toBe(429);
    expect(page.text).toContain('Too many requests to this phone');
    expect(page.text).toMatch(/You can send one more at \d\d:\d\d\./);
    expect(provider.initiated).toHaveLength(1);
    expect(await topUp(checkout)).toMatchObject({ status: 'failed', failure_code: 'cancelled' });
  });

  it('a network that does not answer is listed, and nothing is sent to it', async () => {
    provider.isUp = false;
    const checkout = await newCheckout();
    const browser = new Browser();
    const page = await browser.open(checkout.path);
    expect(page.text).toContain('MTN, Telecel and AirtelTigo are not answering right now');
    expect(page.html).toMatch(/id="net-mtn" disabled/);
    expect((await browser.open(`${checkout.path}/pay`, MTN)).status).toBe(422);
    expect(provider.initiated).toEqual([]);
    expect(await topUp(checkout)).toMatchObject({ status: 'created', attempts: 0 });
  });
});

describe('going back', () => {
  it('cancels and leads to the cancel address, with what became of it', async () => {
    const checkout = await newCheckout();
    const browser = new Browser();
    expect((await browser.open(`${checkout.path}/cancel`, {})).status).toBe(303);
    expect(browser.at).toBe(`http://localhost:5173/cart?topup_id=${checkout.id}&status=canceled`);
    expect((await topUp(checkout)).status).toBe('canceled');
    expect((await browser.open(checkout.path)).text).toContain('This link has ended No money was taken.');
    await browser.open(`${checkout.path}/pay`, MTN);
    expect(provider.initiated).toEqual([]);
  });

  it('after its time the link has ended, and says until when it was open', async () => {
    const checkout = await newCheckout();
    clock.advance(25 * 3_600_000);
    const page = await new Browser().open(checkout.path);
    expect(page.text).toContain('This link has ended');
    expect(page.text).toContain('It was open until');
    await new Browser().open(`${checkout.path}/pay`, MTN);
    expect(provider.initiated).toEqual([]);
  });
});

describe('cards and transfers', () => {
  const aggregator = (): void => {
    provider = new ScriptedProvider('paystack');
    const [route] = provider.capabilities.routes;
    if (route === undefined) throw new Error('A scripted provider has routes.');
    Object.assign(provider.capabilities, {
      routes: [...provider.capabilities.routes, { ...route, channel: 'CARD' }, { ...route, channel: 'BANK' }],
    });
    ports = installTestPorts(database.db, provider);
  };

  it('leads to the card partner’s page by a page of ours, and back', async () => {
    aggregator();
    const url = 'https://partner.example/page?x=1&y=2';
    provider.answer = (attempt) => accepted(attempt, { next: { kind: 'redirect', url } });
    const checkout = await newCheckout();
    const browser = new Browser();
    expect((await browser.open(checkout.path)).text).toContain('You type your card on a page of Paystack');
    const away = await browser.open(`${checkout.path}/pay`, { pay: 'card' });
    expect(away.status).toBe(200);
    expect(away.headers.get('refresh')).toBe(`0; url=${url}`);
    expect(provider.initiated).toMatchObject([
      { channel: 'CARD', phone: null, returnUrl: `https://pay.example.com${checkout.path}` },
    ]);
    const back = await browser.open(checkout.path);
    expect(back.headers.get('refresh')).toBeNull();
    expect(back.text).toContain('Paystack is confirming');
    paid();
    expect((await browser.open(`${checkout.path}/ask`, {})).text).toContain('GHS 50.00 added to Ama’s wallet');
    expect(await balance(checkout)).toBe(5000);
  });

  it('shows the account to send to', async () => {
    aggregator();
    provider.answer = (attempt) =>
      accepted(attempt, {
        next: {
          kind: 'bank_account',
          bankName: 'Ecobank Ghana',
          accountNumber: '1441002788359',
          accountName: 'PAYSTACK VOLTA DATA',
          expiresAtMs: clock.fixedMs() + 3_600_000,
        },
      });
    const checkout = await newCheckout();
    const browser = new Browser();
    const page = await browser.open(`${checkout.path}/pay`, { pay: 'bank' });
    expect(page.text).toContain('Send GHS 50.00 from your bank');
    expect(page.text).toContain('144 100 278 8359');
    const other = await browser.open(`${checkout.path}?view=change`);
    expect(other.text).toContain('Do not send the transfer');
    expect(other.text).not.toContain('I pressed Cancel');
    const sent = await browser.open(`${checkout.path}/ask`, { view: 'sent' });
    expect(sent.text).toContain('We’re checking with');
    expect(sent.text).toContain('Do not pay again yet.');
  });
});

describe('the address', () => {
  it('is nobody’s when it is wrong, whatever is asked of it', async () => {
    const { path } = await newCheckout();
    const wrong = path.slice(0, -1) + (path.endsWith('a') ? 'b' : 'a');
    for (const there of [wrong, '/pay/x', `${path}/nothing`, `${path}/pay/more`, '/pay/%00']) {
      const page = await new Browser().open(there);
      expect(page.status, there).toBe(404);
      expect(page.text, there).toContain('There is nothing here');
    }
    expect((await new Browser().open(`${wrong}/pay`, MTN)).status).toBe(404);
  });

  it('is kept: no referrer, no cache, no frame, nothing loaded, no script but ours', async () => {
    const { path } = await newCheckout();
    const [page, again] = [await new Browser().open(path), await new Browser().open(path)];
    const policy = page.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(page.html.match(/nonce="([^"]+)"/g)).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`]);
    expect(again.headers.get('content-security-policy')).not.toContain(nonce);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' http://localhost:5173");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('takes no more than a form, and escapes what it shows again', async () => {
    const { path } = await newCheckout();
    expect((await new Browser().open(`${path}/pay`, { ...MTN, phone: '9'.repeat(9_000) })).status).toBe(500);
    const evil = await new Browser().open(`${path}/pay`, { ...MTN, phone: '"><script>x' });
    expect(evil.html).not.toContain('<script>x');
    expect(evil.html).toContain('&quot;&gt;&lt;script&gt;x');
  });

  it('shows the client’s own name, colour and telephone', async () => {
    await call('PUT', '/v1/checkout_settings', {
      return_hosts: [],
      display_name: 'Volta & Sons',
      prompt_name: 'VOLTA LTD',
      support_phone: '+233302900148',
      brand_colour: '#FFD200',
    });
    const checkout = await newCheckout();
    const browser = new Browser();
    const page = await browser.open(checkout.path);
    expect(page.text).toContain('Help: call Volta &amp; Sons, 030 290 0148');
    expect(page.html).toContain('.who i{background:#ffd200;color:#1b1d1a}');
    expect((await browser.open(`${checkout.path}/pay`, MTN)).text).toContain('To VOLTA LTD');
  });
});
