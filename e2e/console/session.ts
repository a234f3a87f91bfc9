import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** The console of the server under test, as one person sees it. */
export interface ConsoleSession {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What a reader of the browser's console would find: errors, warnings of hydration, refusals of the policy. */
  readonly problems: string[];
}

export interface Person {
  readonly email: string;
  readonly password: string;
}

export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: run the tests through npm test.`);
  return value;
}

export const baseUrl = (): string => required('E2E_BASE_URL');

export const demoOperator = (): Person => ({
  email: required('E2E_OPERATOR_EMAIL'),
  password: required('E2E_OPERATOR_PASSWORD'),
});

/** A browser of its own, not signed in. */
export async function openSession(browser: Browser, options: BrowserContextOptions = {}): Promise<ConsoleSession> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  return { context, page, problems: watch(page) };
}

/** Every error and warning that the page writes, from now on. */
export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}

/** By the form, as a person does. */
export async function signIn(page: Page, { email, password }: Person, to = '/console'): Promise<void> {
  await page.goto(`${baseUrl()}/signin?next=${encodeURIComponent(to)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/console'));
}
