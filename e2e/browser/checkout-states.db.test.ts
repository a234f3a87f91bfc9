import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES, type Fixture, type FixtureOptions, fixtureHtml } from '@/server/http/checkout/testing';
import { LANGUAGES } from '@/server/http/checkout/words/choose';
import { CHROMIUM, openBrowser } from './chromium';

/** Every page of the checkout in a real browser: for who does not see it, and for the narrowest phones. */
const CASES: readonly (readonly [string, Fixture, FixtureOptions])[] = [
  ...Object.entries(FIXTURES).map(([name, fixture]) => [name, fixture, {}] as const),
  ['offline', FIXTURES['waiting'] as Fixture, { isOffline: true }],
  ['start in test mode', FIXTURES['start'] as Fixture, { mode: 'test' }],
  ['success in test mode', FIXTURES['success'] as Fixture, { mode: 'test' }],
];

/** Longer words make wider pages; the elements are the same. */
const IN_OTHER_LANGUAGES: typeof CASES = LANGUAGES.slice(1).flatMap((words) =>
  Object.entries(FIXTURES).map(([name, fixture]) => [`${name} in ${words.lang}`, fixture, { words }] as const),
);

describe.skipIf(CHROMIUM === null)('the checkout’s pages', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(CASES)('%s: nothing for axe to find, light and dark, help opened', async (_name, fixture, options) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setContent(fixtureHtml(fixture, options));
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      expect(found, colorScheme).toEqual([]);
    }
  });

  it.each([...CASES, ...IN_OTHER_LANGUAGES])(
    '%s: no sideways scroll, and targets that a thumb meets',
    async (_name, fixture, options) => {
      for (const width of [320, 360, 412]) {
        await page.setViewportSize({ width, height: 800 });
        await page.setContent(fixtureHtml(fixture, options));
        const facts = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth,
          low: [...document.querySelectorAll('button, a.btn, summary, .way > label, .net label')]
            .map((element) => element.getBoundingClientRect().height)
            .filter((height) => height > 0 && height < 44),
        }));
        expect(facts.wide, `at ${width}`).toBeLessThanOrEqual(width);
        expect(facts.low, `at ${width}`).toEqual([]);
      }
    },
  );
});
