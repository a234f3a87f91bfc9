import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type TestSimulator } from '../testing';
import { type Merchant, startMerchant } from '../testing-merchant';

const AMA = '233241234567';
let simulator: TestSimulator;
let merchant: Merchant;

beforeAll(async () => {
  [simulator, merchant] = await Promise.all([startSimulator(), startMerchant()]);
});
afterEach(async () => {
  await simulator.control.reset();
  merchant.heard.length = 0;
});
afterAll(async () => {
  await simulator.close();
  await merchant.close();
});

/** MTN asks Ama for money. */
async function ring(amount = '51.00', phone = AMA): Promise<string> {
  const { apiUser, apiKey, subscriptionKey } = simulator.credentials['mtn-momo'];
  const key = { 'ocp-apim-subscription-key': subscriptionKey };
  const token = await fetch(`${simulator.url}/mtn-momo/collection/token/`, {
    method: 'POST',
    headers: { ...key, authorization: `Basic ${Buffer.from(`${apiUser}:${apiKey}`).toString('base64')}` },
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const reference = randomUUID();
  await fetch(`${simulator.url}/mtn-momo/collection/v1_0/requesttopay`, {
    method: 'POST',
    headers: {
      ...key,
      authorization: `Bearer ${access_token}`,
      'x-target-environment': 'mtnghana',
      'x-reference-id': reference,
      'x-callback-url': `${merchant.url}/cb`,
    },
    body: JSON.stringify({
      amount,
      currency: 'GHS',
      externalId: 'x',
      payer: { partyIdType: 'MSISDN', partyId: phone },
      payerMessage: 'Ref <7K4M>',
    }),
  });
  return reference;
}

const page = async (phone = AMA): Promise<string> => (await fetch(`${simulator.url}/handset?phone=${phone}`)).text();

/** Presses a button of the form, as a browser without JavaScript does. */
async function press(fields: Record<string, string>, path = ''): Promise<string> {
  const answer = await fetch(`${simulator.url}/handset${path}`, {
    method: 'POST',
    body: new URLSearchParams({ phone: AMA, ...fields }),
    redirect: 'manual',
  });
  expect(answer.status).toBe(303);
  return (await fetch(new URL(answer.headers.get('location') ?? '', simulator.url))).text();
}

const answer = async (reference: string, fields: Record<string, string>): Promise<string> => {
  const { id } = await simulator.control.charge({ reference });
  return press({ charge: id, ...fields });
};

const charge = (reference: string) => simulator.control.charge({ reference });

describe('a prompt', () => {
  it('rings with amount, payee and reference, and how long there is', async () => {
    expect(await page()).toContain('No request now');
    await ring();
    const text = await page();
    expect(text).toContain('Pay GHS 51.00 to PESEWA DEMO. Fee GHS 0.00. Ref &lt;7K4M&gt;.');
    expect(text).toContain('1 new');
    expect(text).toContain('5:00');
    await simulator.control.advance(60_000);
    expect(await page()).toContain('4:00');
  });

  it('is approved with the PIN, and the purse is lighter', async () => {
    const reference = await ring();
    const text = await answer(reference, { do: 'send', pin: '1234' });
    expect(text).toContain('You paid GHS 51.00 to PESEWA DEMO. New balance GHS 261.00.');
    expect(await charge(reference)).toMatchObject({ state: 'paid', callbacks: [{ status: 200 }] });
    expect(await press({ do: 'read' })).not.toContain('You paid GHS 51.00');
  });

  it('takes two wrong PINs and the third as the end', async () => {
    const reference = await ring();
    expect(await answer(reference, { do: 'send', pin: '0000' })).toContain('Wrong PIN, 2 tries left');
    expect(await answer(reference, { do: 'send', pin: '' })).toContain('Wrong PIN, one try left');
    await answer(reference, { do: 'send', pin: '9999' });
    expect(await charge(reference)).toMatchObject({ state: 'failed', failure: 'wrong_pin' });
  });

  it.each([
    [{ do: 'send', pin: '2' }, 'decline'],
    [{ do: 'decline' }, 'decline'],
    [{ do: 'wrong-pin' }, 'wrong_pin'],
    [{ do: 'no-funds' }, 'insufficient_funds'],
  ])('%j ends as %s', async (fields, failure) => {
    const reference = await ring();
    await answer(reference, fields as unknown as Record<string, string>);
    expect(await charge(reference)).toMatchObject({ state: 'failed', failure });
  });

  it('fails for want of money when the purse is too small for a right PIN', async () => {
    const reference = await ring('312.01');
    await answer(reference, { do: 'approve' });
    expect(await charge(reference)).toMatchObject({ failure: 'insufficient_funds' });
    await press({ do: 'add' });
    const again = await ring('312.01');
    await answer(again, { do: 'approve' });
    expect(await charge(again)).toMatchObject({ state: 'paid' });
  });

  it('ignored leaves the screen and runs out', async () => {
    const reference = await ring();
    expect(await answer(reference, { do: 'ignore' })).toContain('No request now');
    expect(await charge(reference)).toMatchObject({ state: 'waiting' });
    await simulator.control.advance(300_000);
    expect(await charge(reference)).toMatchObject({ failure: 'expire' });
  });

  it('cannot be answered by a phone that is off, and is there when it is on again', async () => {
    const reference = await ring();
    expect(await press({ do: 'off' })).toContain('Phone is off');
    await answer(reference, { do: 'approve' });
    expect(await charge(reference)).toMatchObject({ state: 'waiting' });
    expect(await press({ do: 'on' })).toContain('Pay GHS 51.00');
    await press({ do: 'off' });
    await simulator.control.advance(300_000);
    expect(await charge(reference)).toMatchObject({ failure: 'unreachable' });
  });

  it('that is over cannot be answered any more', async () => {
    const reference = await ring();
    const { id } = await charge(reference);
    await simulator.control.advance(300_000);
    await press({ charge: id, do: 'approve' });
    expect(await charge(reference)).toMatchObject({ state: 'failed', failure: 'expire' });
  });

  it('belongs to its phone', async () => {
    const reference = await ring();
    const { id } = await charge(reference);
    await press({ phone: '233201234567', charge: id, do: 'approve' });
    expect(await charge(reference)).toMatchObject({ state: 'waiting' });
  });

  it('comes one at a time, the oldest first', async () => {
    const first = await ring('1.00');
    await ring('2.00');
    expect(await page()).toContain('Pay GHS 1.00');
    expect(await answer(first, { do: 'approve' })).toContain('Pay GHS 2.00');
  });
});

describe('the page', () => {
  it('opens any number, as people write it', async () => {
    expect(await page('024%20999%209999')).toContain('data-phone="233249999999"');
    expect(await page('%2B254700000001')).toContain('M-PESA');
    expect(await page('%3Cscript%3E')).toContain(`data-phone="${AMA}"`);
  });

  it('shows the phone that rings when none is named', async () => {
    await ring('5.00', '233201234567');
    expect(await (await fetch(`${simulator.url}/handset`)).text()).toContain('data-phone="233201234567"');
  });

  it('keeps past requests, sends callbacks again and reverses', async () => {
    const reference = await ring();
    await answer(reference, { do: 'approve' });
    const { id } = await charge(reference);
    expect(await press({ do: 'tell' }, `/charges/${id}`)).toContain('2 callbacks: 200, 200');
    expect(merchant.heard).toHaveLength(2);
    expect(await press({ do: 'reverse' }, `/charges/${id}`)).toContain('Taken back');
  });

  it('makes a failure a late success', async () => {
    const reference = await ring();
    await answer(reference, { do: 'decline' });
    const { id } = await charge(reference);
    await press({ do: 'late' }, `/charges/${id}`);
    expect(await charge(reference)).toMatchObject({ state: 'paid' });
  });

  it('sends its live parts whenever something changes', async () => {
    const stop = new AbortController();
    const stream = await fetch(`${simulator.url}/handset/events?phone=${AMA}`, { signal: stop.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    const readUntil = async (words: string): Promise<void> => {
      while (!text.includes(words)) text += new TextDecoder().decode((await reader.read()).value);
    };
    await readUntil('No request now');
    await ring();
    await readUntil('Pay GHS 51.00');
    stop.abort();
  });

  it('has its style, script and icon, and nothing from elsewhere', async () => {
    for (const [file, type] of [
      ['style.css', 'text/css'],
      ['script.js', 'text/javascript'],
      ['icon.svg', 'image/svg+xml'],
    ]) {
      const found = await fetch(`${simulator.url}/handset/${file}`);
      expect([found.status, found.headers.get('content-type')]).toEqual([200, expect.stringContaining(type ?? '')]);
    }
    const texts = await Promise.all(
      ['', '/cards', '/messages'].map(async (path) => (await fetch(`${simulator.url}/handset${path}`)).text()),
    );
    for (const text of texts) expect(text).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
  });

  it('shows raw messages without credentials', async () => {
    await ring();
    const text = await (await fetch(`${simulator.url}/handset/messages`)).text();
    expect(text).toContain('/mtn-momo/collection/v1_0/requesttopay');
    expect(text).toContain('authorization: Bearer …');
    expect(text).not.toContain(simulator.credentials['mtn-momo'].subscriptionKey);
  });
});

describe('faults', () => {
  it('hit the next request of the phone, and only it', async () => {
    expect(await press({ for: 'next', fault: 'duplicate', 'v-duplicate': '3' }, '/faults')).toContain(
      'The next request of 233241234567: callbacks 3',
    );
    for (const times of [3, 4]) {
      const reference = await ring();
      await answer(reference, { do: 'approve' });
      expect(merchant.heard).toHaveLength(times);
    }
  });

  it('take the network down for a while', async () => {
    await press({ for: 'network', fault: 'down', 'v-down': '60' }, '/faults');
    const ask = () => fetch(`${simulator.url}/mtn-momo/collection/token/`, { method: 'POST' });
    expect((await ask()).status).toBe(503);
    await simulator.control.advance(60_000);
    expect((await ask()).status).toBe(401);
  });

  it.each([
    [{ fault: 'duplicate', 'v-duplicate': 'many' }, 'Nothing was set'],
    [{ fault: 'amount', 'v-amount': '5.001' }, 'Nothing was set'],
    [{}, 'Tick a fault first'],
    [{ clear: '1' }, 'Nothing is broken'],
  ])('%j says "%s"', async (fields, words) => {
    expect(await press({ for: 'next', ...fields } as Record<string, string>, '/faults')).toContain(words);
  });
});
