import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser } from '../browser/chromium';
import { fresh } from '../golden/api';
import { as, button, callAs, dialog, heading, JOURNEY_MS } from './journey';
import { giveFile, press, reach, write } from './keyboard';
import { booksOf, newPerson, newWallet, ownBooks, until } from './own-books';
import { demoBooks } from './pages';

/** Money is given, asked for, agreed to and traced: by keyboard alone. */
const ROWS = 1_000;
const WALLETS = 20;

describe.skipIf(CHROMIUM === null)('money by keyboard', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it(
    'issues a thousand credits by file, of which two fail and say why',
    async () => {
      const books = await ownBooks();
      const person = await newPerson('finance');
      const customers = Array.from({ length: WALLETS }, () => fresh('cus'));
      await Promise.all(customers.map((customer) => newWallet(books, { customer })));
      const stranger = fresh('nobody');
      const lines = Array.from({ length: ROWS }, (_, index) => {
        if (index === 249) return `${stranger},2.50,GHS`;
        if (index === 699) return `${customers[0]},ten,GHS`;
        return `${customers[index % WALLETS]},2.50,GHS`;
      });
      const file = { name: 'loyalty.csv', text: `customer_id,amount,currency\n${lines.join('\n')}\n` };
      await as(browser, person, `/console/test/${books.code}/promotions/imports/new`, async ({ page }) => {
        await giveFile(page.locator('input[type=file]'), file);
        await page.getByText('1,000 rows and a header.').waitFor();
        await write(page.getByLabel('What the credits are for'), 'Loyalty credit');
        await press(button(page, 'Check the file'));
        await page.getByRole('heading', { name: /998 of 1,000 rows can be issued/ }).waitFor();
        // Both reasons, each under its row.
        const refused = page.getByRole('table', { name: 'Rows that cannot be issued, among their neighbours' });
        await refused.getByText(stranger).first().waitFor();
        const reasons = await refused.locator('.row-why b').allTextContents();
        expect(reasons).toHaveLength(2);
        expect(reasons[0]).toMatch(/customer/i);
        expect(reasons[1]).toMatch(/amount|ten/i);
        await press(button(page, 'Issue 998 credits'));
        await press(dialog(page).getByRole('button', { name: 'Issue GHS 2,495.00' }));
        await page.getByRole('heading', { name: /998 credits issued: .*2,495\.00\. 2 were refused/ }).waitFor();
        await press(button(page, /^Refused/));
        const results = page.getByRole('table', { name: /^What became of every row/ });
        await results.getByText(reasons[1] ?? '').waitFor();
      });
      const wallets = await books.call('GET', '/v1/wallets?limit=100', undefined, 200);
      const balances = (wallets.body['data'] as { balance: number }[]).map(({ balance }) => balance);
      expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(998 * 250);
    },
    JOURNEY_MS,
  );

  it(
    'lets a second person agree to what the first asked, and never the first',
    async () => {
      const books = await ownBooks();
      await books.call('PUT', '/v1/approval_policy', { rules: [{ verb: 'credit', above: { GHS: 20_000 } }] }, 200);
      const [maker, checker] = await Promise.all([newPerson('finance'), newPerson('finance')]);
      const wallet = await newWallet(books);
      const balance = async (): Promise<unknown> => (await books.call('GET', `/v1/wallets/${wallet}`)).body['balance'];
      let request = '';
      await as(browser, maker, `/console/test/${books.code}/wallets/${wallet}`, async ({ page }) => {
        await press(button(page, 'Credit…'));
        await write(dialog(page).getByLabel('Amount, GHS'), '350.00');
        await write(dialog(page).getByLabel('What it is for'), 'For the outage of May');
        await press(dialog(page).getByRole('button', { name: 'Request credit of GHS 350.00' }));
        await page.getByText('Asked for approval').waitFor();
        expect(await balance()).toBe(0);
        const pending = await books.call('GET', '/v1/approvals?status=pending', undefined, 200);
        request = String((pending.body['data'] as { id: string }[])[0]?.id);
        // The one who asked may take it back, and no more: neither by the page nor past it.
        await page.keyboard.press('g');
        await page.keyboard.press('a');
        await heading(page, /Approvals/).waitFor();
        await page.goto(`${new URL(page.url()).origin}/console/test/${books.code}/approvals/${request}`);
        await button(page, 'Take it back').waitFor();
        expect(await button(page, /^Approve/).count()).toBe(0);
        expect(await button(page, 'Reject').count()).toBe(0);
        const { body } = await books.call('GET', `/v1/approvals/${request}`, undefined, 200);
        const answer = await callAs(page, {
          method: 'POST',
          path: `/v1/approvals/${request}/approve`,
          client: books.code,
          body: { state: body['state'] },
        });
        expect(answer.status).toBe(403);
        expect(await balance()).toBe(0);
      });
      await as(browser, checker, `/console/test/${books.code}/approvals/${request}`, async ({ page }) => {
        await page.getByText('Waiting for you').first().waitFor();
        await press(button(page, 'Approve credit of GHS 350.00'));
        await page.getByText(`Approved by you`).waitFor();
        expect(await until('The credit', async () => ((await balance()) === 35_000 ? true : null))).toBe(true);
      });
    },
    JOURNEY_MS,
  );

  it(
    'follows a balance to its journal and the provider’s message in three steps',
    async () => {
      const { code, list } = await demoBooks();
      const books = await booksOf(code, 'Kaneshie Motors');
      const wallet = await walletPaidByPhone(books, await list('/v1/topups?status=succeeded&limit=20'));
      const person = await newPerson('auditor');
      await as(browser, person, `/console/test/${code}/wallets/${wallet}`, async ({ page }) => {
        const row = page.getByRole('row').filter({ hasText: 'Top-up' });
        await press(row.getByRole('button', { name: /^Journal of entry/ }).first());
        await press(page.getByRole('link', { name: 'Open journal' }));
        await page.waitForURL(/\/journals\//);
        await press(button(page, 'View message'));
        const message: Locator = dialog(page).locator('pre');
        await reach(message);
        expect((await message.textContent())?.length).toBeGreaterThan(10);
      });
    },
    JOURNEY_MS,
  );
});

/** A wallet whose last entries have a top-up in them that a provider spoke of. */
async function walletPaidByPhone(
  books: Awaited<ReturnType<typeof booksOf>>,
  topUps: readonly { readonly [field: string]: unknown }[],
): Promise<string> {
  for (const topUp of topUps) {
    const wallet = String(topUp['wallet_id']);
    const entries = await books.call('GET', `/v1/wallets/${wallet}/transactions?limit=10`, undefined, 200);
    const found = (entries.body['data'] as { id: string; type: string }[]).find(({ type }) => type === 'topup');
    if (found === undefined) continue;
    const journal = await books.call('GET', `/v1/journals/${found.id}`, undefined, 200);
    if ((journal.body['trail'] as { observation: unknown }).observation !== null) return wallet;
  }
  throw new Error('No wallet of the demo data has a top-up of late.');
}
