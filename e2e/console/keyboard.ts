import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** A busy machine may take its time. */
const ALIVE_MS = 30_000;

/** More stops than any page has: whoever needs more cannot get there. */
const STOPS_MAX = 250;

/** Goes on with Tab until the focus is where it should be. */
export async function reach(target: Locator): Promise<void> {
  await alive(target);
  const page = target.page();
  for (let stops = 0; stops < STOPS_MAX; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not get to ${target} on ${page.url()}.`);
}

/** A key that is pressed before the page’s script has taken an element over does nothing: nobody is that quick. */
async function alive(target: Locator): Promise<void> {
  const isAlive = (): Promise<boolean> =>
    target.evaluate(
      (element) => !('__next_f' in window) || Object.keys(element).some((key) => key.startsWith('__reactFiber$')),
    );
  await expect.poll(isAlive, { timeout: ALIVE_MS }).toBe(true);
}

export async function press(target: Locator, key = 'Enter'): Promise<void> {
  await reach(target);
  await target.page().keyboard.press(key);
}

/** Writes into a field in place of what it says. */
export async function write(field: Locator, text: string): Promise<void> {
  await reach(field);
  const { keyboard } = field.page();
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type(text);
}

/** Chooses from a list by the beginning of an option’s words, as the platform lets one. */
export async function choose(list: Locator, words: string): Promise<void> {
  await list.locator('option', { hasText: words }).first().waitFor({ state: 'attached' });
  await reach(list);
  await list.page().keyboard.type(words);
}

/** Gives a file to a file field, which the keyboard opens. */
export async function giveFile(field: Locator, file: { readonly name: string; readonly text: string }): Promise<void> {
  // Listened for from the beginning: a chooser that opens before the browser knows of it is gone.
  const [chooser] = await Promise.all([field.page().waitForEvent('filechooser'), press(field)]);
  await chooser.setFiles({ name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) });
}
