import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser } from '../browser/chromium';
import { operatorApi } from '../golden/operator';
import { as, callAs, heading, JOURNEY_MS } from './journey';
import { newPerson, ownBooks } from './own-books';
import { demoBooks } from './pages';
import { baseUrl, demoOperator } from './session';

/** What people may not see, and may not do. */
const RECORDS = ['wallets', 'customers', 'payments', 'topups', 'journals', 'promotions', 'accounts', 'audit'] as const;

/** How the buttons and links begin that change something. */
const ACTS =
  /^(?:(?:Add|Answer|Approve|Cancel|Change|Close|Create|Deactivate|Delete|Disable|Discard|Edit|Enable|Freeze|Hold|Import|Invite|Issue|New|Pay out|Reject|Remove|Replay|Resend|Reverse|Revoke|Rotate|Save|Send|Set|Settle|Switch|Unfreeze|Upload)\b|(?:Credit|Debit|Low-balance alert|Refund)…)/;

describe.skipIf(CHROMIUM === null)('the console keeps people to what is theirs', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it(
    'shows a client’s member nothing of another client',
    async () => {
      const { code: other, list } = await demoBooks();
      const own = await ownBooks();
      const person = await newPerson('admin', own);
      const records: string[] = [];
      for (const kind of RECORDS) {
        const id = (await list(`/v1/${kind}`))[0]?.id;
        if (id !== undefined) records.push(`${kind}/${encodeURIComponent(id)}`);
      }
      expect(records.length).toBe(RECORDS.length);
      await as(browser, person, `/console/test/${own.code}`, async ({ page, problems }) => {
        await heading(page, 'Home').waitFor();
        for (const record of records) {
          const answer = await page.goto(`${baseUrl()}/console/test/${own.code}/${record}`);
          expect(answer?.status(), record).toBe(404);
          await heading(page, 'There is no page at this address').waitFor();
          expect((await callAs(page, { method: 'GET', path: `/v1/${record}`, client: null })).status, record).toBe(404);
          // The browser says of itself that the page was not found: that is what was wanted.
          expect(problems.splice(0).filter((line) => !line.includes('status of 404'))).toEqual([]);
        }
        // Under the other’s own address they come back to their own.
        await page.goto(`${baseUrl()}/console/test/${other}/wallets`);
        await heading(page, 'Home').waitFor();
        expect(new URL(page.url()).pathname).toBe(`/console/test/${own.code}`);
        await page.goto(`${baseUrl()}/console/test/${own.code}/clients/${other}`);
        await heading(page, 'There is no page at this address').waitFor();
        expect(problems.splice(0).filter((line) => !line.includes('status of 404'))).toEqual([]);
        const named = await callAs(page, { method: 'GET', path: '/v1/wallets', client: other });
        expect([403, 404]).toContain(named.status);
      });
    },
    JOURNEY_MS,
  );

  it(
    'lets an auditor change nothing',
    async () => {
      const { code, list } = await demoBooks();
      const first = async (path: string, field = 'id'): Promise<string> =>
        encodeURIComponent(String((await list(path))[0]?.[field]));
      const pages = [
        '/wallets',
        `/wallets/${await first('/v1/wallets?status=active')}`,
        `/customers/${await first('/v1/customers')}`,
        '/services',
        `/services/${await first('/api/v1/client-services', 'client_service_code')}`,
        `/journals/${await first('/v1/journals')}`,
        '/promotions',
        `/promotions/${await first('/v1/promotions')}`,
        '/reconciliation',
        '/developers/keys',
        '/developers/webhooks',
        `/developers/webhooks/${await first('/v1/webhook_endpoints')}`,
        '/settings/people',
        '/settings/policies',
        '/settings/checkout',
      ].map((path) => `/console/test/${code}${path}`);
      pages.push('/console/test/all/clients', `/console/test/all/clients/${code}`);
      const auditor = await newPerson('auditor');
      const found: string[] = [];
      await as(browser, auditor, '/console/test/all', async ({ page }) => {
        for (const path of pages) found.push(...(await actsOn(page, path)).map((name) => `${path}: ${name}`));
        expect(await refusedOf(page, code)).toEqual([]);
      });
      expect(found).toEqual([]);
      // The same pages have such buttons for whoever may: else the look above would be blind.
      const blind: string[] = [];
      await as(browser, demoOperator(), '/console/test/all', async ({ page }) => {
        for (const path of pages) if ((await actsOn(page, path)).length === 0) blind.push(path);
      });
      expect(blind).toEqual([]);
    },
    JOURNEY_MS,
  );
});

/** What a page offers to do, menus included. */
async function actsOn(page: Page, path: string): Promise<string[]> {
  await page.goto(baseUrl() + path);
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
  const names = await page
    .locator('main :is(button, a)')
    .evaluateAll((elements) =>
      elements.map((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim()),
    );
  return names.filter((name) => ACTS.test(name));
}

/** Each operation that changes something, called with the auditor’s session: those that are not refused for their role. */
async function refusedOf(page: Page, client: string): Promise<string[]> {
  const { body } = await (await operatorApi(baseUrl())).call('GET', '/openapi.json');
  const paths = body['paths'] as Record<string, Record<string, { 'x-scope'?: string | null }>>;
  const open: string[] = [];
  let tried = 0;
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { 'x-scope': scope }] of Object.entries(operations)) {
      if (method === 'get' || scope == null || scope.endsWith(':read')) continue;
      tried += 1;
      const target = path.replaceAll(/\{[^}]+\}/g, 'x');
      const { status, text } = await callAs(page, { method: method.toUpperCase(), path: target, client });
      if (status !== 403 || !text.includes('lacks the scope')) open.push(`${method} ${path}: ${status} ${text}`);
    }
  }
  expect(tried).toBeGreaterThan(40);
  return open;
}
