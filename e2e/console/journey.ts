import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { write } from './keyboard';
import { baseUrl, type ConsoleSession, openSession, type Person } from './session';

/** The machine may be busy with other tests: what a journey waits for may take this long, and the whole of it so long. */
const STEP_MS = 45_000;
export const JOURNEY_MS = 240_000;

export async function typePassword(page: Page, { email, password }: Person, to: string): Promise<void> {
  await page.goto(`${baseUrl()}/signin?next=${encodeURIComponent(to)}`);
  await write(page.getByLabel('E-mail'), email);
  await write(page.getByLabel('Password', { exact: true }), password);
  await page.keyboard.press('Enter');
}

/** A browser of its own, watched: what it complains of fails the journey. */
export async function inBrowser(browser: Browser, work: (session: ConsoleSession) => Promise<void>): Promise<void> {
  const session = await openSession(browser);
  session.page.setDefaultTimeout(STEP_MS);
  try {
    await work(session);
    expect(session.problems).toEqual([]);
  } finally {
    await session.context.close();
  }
}

/** Signed in by keyboard, at a page of the console. */
export function as(
  browser: Browser,
  person: Person,
  to: string,
  work: (session: ConsoleSession) => Promise<void>,
): Promise<void> {
  return inBrowser(browser, async (session) => {
    await typePassword(session.page, person, to);
    await session.page.waitForURL((url) => url.pathname.startsWith('/console'));
    await work(session);
  });
}

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' });

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });

export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Past the page: the API with the session’s cookie, as a script of the page would call it. */
export async function callAs(
  page: Page,
  { method, path, client, body }: { method: string; path: string; client: string | null; body?: unknown },
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await page.context().request.fetch(baseUrl() + path, {
    method,
    headers: {
      Origin: baseUrl(),
      'Pesewa-Mode': 'test',
      ...(client !== null && { 'Pesewa-Client': client }),
      ...(method !== 'GET' && { 'Content-Type': 'application/json' }),
    },
    ...(method !== 'GET' && { data: JSON.stringify(body ?? {}) }),
  });
  return { status: response.status(), text: await response.text() };
}
