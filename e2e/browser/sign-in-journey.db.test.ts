import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { nodeListener } from '@/server/http/mount';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { makeUser } from '@/server/staff/testing';
import { codeAt } from '@/server/staff/totp';
import { CHROMIUM, openBrowser } from './chromium';

/** A person signs in with password, app and recovery code, and ends a session elsewhere; by keyboard, with a script and without. */
const PASSWORD = 'volta lake sunrise 1965';

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape and assert what they find
  readonly body: any;
}

// After whatever the database itself says: people are made by its clock.
const clock = fixedClock(Date.UTC(2031, 5, 1, 12));

describe.skipIf(CHROMIUM === null)('signing in', () => {
  let database: Awaited<ReturnType<typeof makeTestDatabase>>;
  let api: ApiHarness;
  let server: Server;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    database = await makeTestDatabase();
    api = await openTestApi(database, { clock });
    const listener = nodeListener(api.services);
    server = createServer((incoming, outgoing) => {
      // The console is another's; here it is a page to arrive at, from which its calls are made.
      if (incoming.url?.startsWith('/console')) {
        outgoing
          .setHeader('Content-Type', 'text/html')
          .end('<!doctype html><html lang="en"><title>Console</title><h1>Console</h1>');
      } else listener(incoming, outgoing);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    server?.closeAllConnections();
    await api?.close();
    await database?.close();
  });

  const newPerson = async () =>
    makeUser(database.db, { clientId: (await api.newClient()).publicId, password: PASSWORD });

  /** As the console calls the API: same origin, by cookie. */
  const call = (page: Page, method: string, path: string, body?: unknown): Promise<Answer> =>
    page.evaluate(
      async ([method, path, body]) => {
        const response = await fetch(path as string, {
          method: method as string,
          headers: { 'Pesewa-Mode': 'test', 'Content-Type': 'application/json' },
          ...(body !== null && { body: body as string }),
        });
        return { status: response.status, body: await response.json() };
      },
      [method, path, body === undefined ? null : JSON.stringify(body)] as const,
    );

  const arrived = (page: Page): Promise<void> => page.getByRole('heading', { name: 'Console' }).waitFor();

  async function typePassword(page: Page, email: string): Promise<void> {
    await page.goto(`${origin}/signin?next=/console/test`);
    await page.getByLabel('E-mail').focus();
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    // Past the link beside the label.
    if ((await page.evaluate(() => document.activeElement?.id)) !== 'password') await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
  }

  async function check(page: Page): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    const size = page.viewportSize();
    for (const width of [320, 360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `at ${width} px: ${page.url()}`).toBeLessThanOrEqual(0);
    }
    if (size !== null) await page.setViewportSize(size);
  }

  async function newPage(
    options: { script?: boolean } = {},
  ): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
    const context = await browser.newContext({ javaScriptEnabled: options.script ?? true, bypassCSP: false });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // A form that is refused is answered with the page, under a status that says so.
      if (message.type() === 'error' && !message.text().includes('the server responded with a status of 4')) {
        errors.push(message.text());
      }
    });
    return { context, page, errors };
  }

  it('takes a password, then an app, then a recovery code, and ends the first session from the second', async () => {
    const user = await newPerson();
    const first = await newPage();
    await first.page.goto(`${origin}/signin`);
    await check(first.page);
    await first.page.getByLabel('E-mail').fill(user.email);
    await first.page.getByLabel('Password').fill('wrong');
    await first.page.keyboard.press('Enter');
    await first.page.getByRole('alert').waitFor();
    expect(await first.page.getByLabel('E-mail').inputValue()).toBe(user.email);
    await check(first.page);
    await typePassword(first.page, user.email);
    await arrived(first.page);

    await first.page.goto(`${origin}/signin/second-factor?next=/console/test`);
    await check(first.page);
    const secret = ((await first.page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
    await first.page.getByLabel('6-digit code').fill(codeAt(secret, clock.fixedMs()));
    await first.page.keyboard.press('Enter');
    await first.page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
    await check(first.page);
    const codes = await first.page.locator('.codes li').allTextContents();
    expect(codes).toHaveLength(10);
    await first.page.getByRole('link', { name: 'I have saved them' }).click();
    await arrived(first.page);

    clock.advance(60_000);
    const second = await newPage();
    await typePassword(second.page, user.email);
    await second.page.getByRole('heading', { name: 'Enter your code' }).waitFor();
    await check(second.page);
    await second.page.getByLabel('6-digit code').fill('000000');
    await second.page.keyboard.press('Enter');
    await second.page.getByText('That code is not right').waitFor();
    await second.page.getByLabel('6-digit code').fill(codeAt(secret, clock.fixedMs()));
    await second.page.keyboard.press('Enter');
    await arrived(second.page);

    const sessions = await call(second.page, 'GET', '/v1/me/sessions');
    expect(sessions.body.data).toHaveLength(2);
    const other = sessions.body.data.find((session: { is_current: boolean }) => !session.is_current);
    expect((await call(second.page, 'DELETE', `/v1/me/sessions/${other.id}`)).status).toBe(200);
    expect((await call(first.page, 'GET', '/v1/me')).status).toBe(401);

    // Signed out, and in again with a recovery code.
    await second.page.evaluate(() => {
      const form = document.body.appendChild(document.createElement('form'));
      form.method = 'post';
      form.action = '/signin/out';
      form.submit();
    });
    await second.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await check(second.page);
    await typePassword(second.page, user.email);
    await second.page.getByRole('link', { name: 'Use a recovery code' }).click();
    await check(second.page);
    await second.page.getByLabel('Recovery code').fill(codes[3] ?? '');
    await second.page.keyboard.press('Enter');
    await arrived(second.page);
    expect((await call(second.page, 'GET', '/v1/me')).body.second_factor.recovery_codes_left).toBe(9);
    expect([...first.errors, ...second.errors]).toEqual([]);
    await first.context.close();
    await second.context.close();
  }, 120_000);

  it('works without a script, on a phone, and does not move while it loads', async () => {
    const user = await newPerson();
    const { context, page } = await newPage({ script: false });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${origin}/signin?next=/console/test`);
    await page.getByLabel('E-mail').fill(user.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await arrived(page);
    await context.close();
    const scripted = await newPage();
    await scripted.page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await scripted.page.goto(`${origin}/signin`, { waitUntil: 'networkidle' });
    const shifts = await scripted.page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBe(0);
    await scripted.context.close();
  });

  it('takes no form that another site sends with the cookie', async () => {
    const user = await newPerson();
    const { context, page } = await newPage();
    await typePassword(page, user.email);
    await arrived(page);
    const evil = createServer((_request, response) => {
      response
        .setHeader('Content-Type', 'text/html')
        .end(
          `<!doctype html><title>Win</title><form method="post" action="${origin}/signin/out"><button>Take</button></form>`,
        );
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    try {
      await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
      await page.getByRole('button', { name: 'Take' }).click();
      await page.getByRole('heading', { name: 'Not taken' }).waitFor();
      await page.goto(`${origin}/console/test`);
      expect((await call(page, 'GET', '/v1/me')).status).toBe(200);
    } finally {
      evil.close();
      evil.closeAllConnections();
      await context.close();
    }
  });
});
