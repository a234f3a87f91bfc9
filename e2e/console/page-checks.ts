import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2, A and AA: what console.md asks for. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** What axe finds, each as one line with the elements it means. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}

/** How far a page is wider than its window, once it has taken to its width; 0 where nothing scrolls sideways. */
export async function sidewaysScroll(page: Page): Promise<number> {
  const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  await page
    .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, {
      timeout: 2_000,
    })
    .catch(() => {});
  return page.evaluate(wider);
}

export interface Weight {
  /** Bytes as they came over the network. */
  readonly scripts: number;
  readonly total: number;
  readonly requests: number;
}

/** Counts what a first visit loads, from the network itself; call `weigh` when the page has settled. */
export async function startScales(page: Page): Promise<() => Weight> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const types = new Map<string, string>();
  const sizes = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  return () => {
    const all = [...sizes];
    const sum = (parts: typeof all): number => parts.reduce((total, [, bytes]) => total + bytes, 0);
    return {
      scripts: sum(all.filter(([id]) => types.get(id) === 'Script')),
      total: sum(all),
      requests: all.length,
    };
  };
}

interface Kept {
  shift: number;
  paint: number;
}

/** Has the browser keep the page's layout shifts and its largest paint, from before its first byte on. */
export async function keepVitals(page: Page): Promise<() => Promise<Kept>> {
  await page.addInitScript(() => {
    const kept = { shift: 0, paint: 0 };
    (window as unknown as { kept: Kept }).kept = kept;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as unknown as { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) kept.shift += shift.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) kept.paint = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { kept: Kept }).kept);
}
