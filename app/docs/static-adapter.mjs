// @ts-check
import { readFile, writeFile } from 'node:fs/promises';

/**
 * The docs and the home page are text: React renders them at build time and has nothing left to do in the browser. Next
 * has no switch for that, so after the build its scripts are taken out of the pre-rendered pages: some 160 kB that
 * every first visit would load, and the page's content a second time as data. What the docs do in the browser is in
 * `public/docs.js`. Where this step does not run (`next dev`, a host with an adapter of its own) the pages just weigh more.
 *
 * @type {import('next').NextAdapter}
 */
const adapter = {
  name: 'pesewa-static-docs',
  async onBuildComplete({ outputs }) {
    for (const { pathname, fallback } of outputs.prerenders) {
      const file = fallback?.filePath;
      if (!file?.endsWith('.html') || !/^\/(index|docs(\/.*)?)?$/.test(pathname)) continue;
      await writeFile(file, withoutRuntime(await readFile(file, 'utf8')));
    }
  },
};

export default adapter;

/** @param {string} html */
function withoutRuntime(html) {
  return html
    .replace(/<script\b(?![^>]*\sdata-docs)[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b[^>]*\bas="script"[^>]*>/g, '');
}
