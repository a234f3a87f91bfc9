import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser } from '../browser/chromium';
import { fresh } from '../golden/api';
import { as, button, dialog, heading, inBrowser, JOURNEY_MS, typePassword } from './journey';
import { choose, press, write } from './keyboard';
import { newPerson, newWallet, ownBooks } from './own-books';
import { demoOperator } from './session';

/** Signing in, taking clients on, freezing: in a real browser, and by keyboard alone. */
describe.skipIf(CHROMIUM === null)('the console by keyboard', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it(
    'signs in with the code of an authenticator',
    async () => {
      const person = await newPerson('finance');
      await as(browser, person, '/console/test/all/settings/account', async ({ page }) => {
        await press(button(page, 'Set up second factor'));
        const secret = await dialog(page)
          .getByText(/^[A-Z2-7]{32}$/)
          .textContent();
        const totp = new TOTP({ secret: Secret.fromBase32(secret ?? '') });
        await write(dialog(page).getByLabel(/code/i), totp.generate());
        await page.keyboard.press('Enter');
        await page.getByRole('dialog', { name: 'Your recovery codes' }).waitFor();
        await inBrowser(browser, async ({ page: second }) => {
          await typePassword(second, person, '/console/test/all');
          await second.getByRole('heading', { name: 'Enter your code' }).waitFor();
          // A code is taken once, and the first turned it on: this is the next half minute’s, which is taken early.
          const code = totp.generate({ timestamp: Date.now() + 30_000 });
          await write(second.getByLabel('6-digit code'), code);
          await second.keyboard.press('Enter');
          await heading(second, 'Home').waitFor();
        });
      });
    },
    JOURNEY_MS,
  );

  it(
    'takes a client on, with a service',
    async () => {
      const name = `Accra Lights ${fresh('c').slice(-8)}`;
      await as(browser, demoOperator(), '/console/test/all/clients/new', async ({ page }) => {
        await write(page.getByLabel('Name', { exact: true }), name);
        await write(page.getByLabel('E-mail', { exact: true }), 'info@accra-lights.example');
        await write(page.getByLabel('Phone', { exact: true }), '+233 24 412 3456');
        await write(page.getByLabel('Business number or PIN'), fresh('pin'));
        await choose(page.getByLabel('Country'), 'Ghana');
        await write(page.getByLabel('Contact person'), 'Esi Owusu');
        await write(page.getByLabel('Their e-mail'), 'esi@accra-lights.example');
        await write(page.getByLabel('Their phone'), '+233 24 412 3457');
        await press(button(page, 'Create client'));
        await heading(page, name).waitFor();
        await press(page.getByRole('link', { name: 'New service' }));
        await heading(page, `New service of ${name}`).waitFor();
        await write(page.getByLabel('Name', { exact: true }), 'Wallet top-up');
        await write(page.getByLabel('Kind'), 'TOP_UP');
        await choose(page.getByLabel('Currency'), 'GHS');
        await write(page.getByLabel('Rate'), '1.5');
        await write(page.getByLabel('Smallest'), '1');
        await write(page.getByLabel('Largest'), '5000');
        await press(button(page, 'Create service'));
        await heading(page, 'Wallet top-up').waitFor();
        await page.getByText('1.5').first().waitFor();
      });
    },
    JOURNEY_MS,
  );

  it(
    'freezes a wallet with a reason, which stands in the audit trail',
    async () => {
      const books = await ownBooks();
      const person = await newPerson('ops');
      const wallet = await newWallet(books);
      const reason = `Phone was stolen, said ${fresh('call')}`;
      await as(browser, person, `/console/test/${books.code}/wallets/${wallet}`, async ({ page }) => {
        await press(button(page, 'Freeze…'));
        const freeze = dialog(page).getByRole('button', { name: 'Freeze wallet' });
        expect(await freeze.getAttribute('aria-disabled')).toBe('true');
        await write(dialog(page).getByLabel('Reason'), reason);
        await press(freeze);
        await button(page, 'Unfreeze…').waitFor();
        expect((await books.call('GET', `/v1/wallets/${wallet}`, undefined, 200)).body['status']).toBe('frozen');
        await page.keyboard.press('g');
        await page.keyboard.press('t');
        await heading(page, 'Audit trail').waitFor();
        const row = page.getByRole('row').filter({ hasText: 'Froze the wallet' });
        await row.getByText(person.name).waitFor();
        await press(row.getByRole('button', { name: /^Show what row/ }));
        await page.getByText(reason).waitFor();
      });
    },
    JOURNEY_MS,
  );
});
