import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControlClient } from '@/simulator/control-client';
import { CHROMIUM, openBrowser } from '../browser/chromium';
import { fresh } from '../golden/api';
import { as, button, dialog, heading, JOURNEY_MS } from './journey';
import { newPerson, newWallet, type OwnBooks, ownBooks, until } from './own-books';
import { required } from './session';

/** What goes wrong between us and others, and is put right. */
describe.skipIf(CHROMIUM === null)('the console of a day', () => {
  let browser: Browser;
  let receiver: Receiver;
  beforeAll(async () => {
    browser = await openBrowser();
    receiver = await openReceiver();
  });
  afterAll(async () => {
    await browser?.close();
    receiver?.close();
  });

  it(
    'sends a webhook again',
    async () => {
      const books = await ownBooks();
      const person = await newPerson('developer');
      const endpoint = await books.call(
        'POST',
        '/v1/webhook_endpoints',
        { url: receiver.url, events: ['wallet.credited'], description: 'Journey' },
        201,
      );
      await newWallet(books, { amount: 5_000 });
      const first = await until('The first delivery', async () => receiver.heard[0] ?? null);
      const path = `/console/test/${books.code}/developers/webhooks/${endpoint.body['id']}`;
      await as(browser, person, path, async ({ page }) => {
        const row = page.getByRole('row').filter({ hasText: 'wallet.credited' });
        await row.getByText('Succeeded').waitFor();
        await row.getByRole('link').click();
        await button(page, 'Resend').click();
        await dialog(page).getByRole('button', { name: 'Resend delivery' }).click();
        const again = await until('The second delivery', async () => receiver.heard[1] ?? null);
        expect(again.body).toBe(first.body);
        expect(again.id).toBe(first.id);
        await page.getByText('Sent again').first().waitFor();
        await heading(page, /^wallet\.credited was delivered/).waitFor();
      });
    },
    JOURNEY_MS,
  );

  it(
    'holds a statement against the books, with one row missing and one wrong',
    async () => {
      const books = await ownBooks();
      const person = await newPerson('finance');
      const [right, wrong, missing] = [await pay(books, 8_000), await pay(books, 6_000), await pay(books, 4_500)];
      const rows = [`${right.receipt},80.00,GHS,paid,${right.at}`, `${wrong.receipt},66.00,GHS,paid,${wrong.at}`];
      const content = `receipt,amount,currency,status,date\n${rows.join('\n')}\n`;
      const day = right.at.slice(0, 10);
      await as(browser, person, `/console/test/${books.code}/reconciliation`, async ({ page }) => {
        await button(page, /^Import/)
          .first()
          .click();
        const form = dialog(page);
        await form.getByLabel('Provider').selectOption('hubtel');
        await form.getByLabel('Written as').selectOption('generic');
        await form
          .getByLabel('Statement, CSV')
          .setInputFiles({ name: 'hubtel.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
        await form.getByLabel('First day').fill(day);
        await form.getByLabel('Last day').fill(missing.at.slice(0, 10));
        await form.getByRole('button', { name: 'Import statement' }).click();
        await page.waitForURL(/\/reconciliation\/rec_/);
        await heading(page, /disagrees with our books in 2 places/).waitFor();
        const lines = page.getByRole('table', { name: 'Lines, in the order of the file' });
        await lines.getByText('Amount differs').first().waitFor();
        await lines.getByText('Missing there').first().waitFor();
        expect(await lines.getByText(wrong.receipt).count()).toBeGreaterThan(0);
        for (const reason of ['Hubtel has corrected its line', 'It is on the statement of tomorrow']) {
          await lines.getByRole('button', { name: 'Answer…' }).first().click();
          await dialog(page).getByLabel('Reason').fill(reason);
          await dialog(page).getByRole('button', { name: 'Answer break' }).click();
          await dialog(page).waitFor({ state: 'detached' });
        }
        await heading(page, /is settled: all 2 breaks have an answer/).waitFor();
      });
    },
    JOURNEY_MS,
  );
});

interface Receiver {
  readonly url: string;
  readonly heard: readonly { readonly id: string; readonly body: string }[];
  readonly close: () => void;
}

/** A receiver of webhooks on this machine. */
async function openReceiver(): Promise<Receiver> {
  const heard: { id: string; body: string }[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.once('end', () => {
      heard.push({ id: String(request.headers['webhook-id']), body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    heard,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A payment that a phone of its own approves, to its end. */
async function pay(books: OwnBooks, minor: number): Promise<{ readonly receipt: string; readonly at: string }> {
  const phone = `23320${randomInt(1_000_000, 9_999_999)}`;
  await createControlClient(required('E2E_SIMULATOR_URL')).next({ phone }, { outcome: 'approve' });
  const reference = fresh('pay');
  const asked = await books.call('POST', '/v1/payments/receive', {
    amount: minor,
    currency: 'GHS',
    phone,
    provider: 'TELECEL',
    description: 'Union dues',
    metadata: { clientReference: reference },
  });
  if (asked.status !== 200) throw new Error(`No payment was begun: ${asked.status} ${asked.text}`);
  return until('The end of a payment', async () => {
    const { body } = await books.call('GET', `/v1/payments/${reference}/details`, undefined, 200);
    if (body['status'] !== 'succeeded') return null;
    return { receipt: String(body['receipt']), at: String(body['paid_at'] ?? body['updated_at']) };
  });
}
