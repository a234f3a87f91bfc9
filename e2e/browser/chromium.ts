import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where a Chromium may be; `CHROMIUM` names another. None is downloaded. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;

if (CHROMIUM === null) {
  process.stderr.write(
    '\nNo Chromium was found, so the tests in a browser are left out: install one (Debian: apt-get install chromium), or name it in CHROMIUM.\n',
  );
}

export function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('There is no Chromium.');
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}
