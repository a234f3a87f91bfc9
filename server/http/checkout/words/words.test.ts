import { describe, expect, it } from 'vitest';
import { FIXTURES, fixtureHtml } from '../testing';
import { LANGUAGES, wordsFor } from './choose';
import { en, type Words } from './en';

type Leaf = readonly [path: string, value: unknown];

/** Every word and sentence by its path, those of failures too. */
function leavesOf(value: object, path = ''): Leaf[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): Leaf[] =>
    typeof inner === 'object' && inner !== null ? leavesOf(inner, `${path}${key}.`) : [[`${path}${key}`, inner]],
  );
}

/** Words that are the same in another language, or names. */
const SHARED = new Set(['cardKinds', 'failures.number.title', 'fr modeLabel', 'fr mobileMoney']);
const OTHERS = LANGUAGES.filter((words) => words !== en).map((words): [string, Words] => [words.lang, words]);

describe.each(OTHERS)('%s', (lang, words) => {
  it('has every key of English, of the same kind, and no other', () => {
    const shapeOf = (table: Words): Record<string, string> =>
      Object.fromEntries(leavesOf(table).map(([path, value]) => [path, typeof value]));
    expect(shapeOf(words)).toEqual(shapeOf(en));
  });

  it('says nothing in English', () => {
    const theirs = new Map(leavesOf(words));
    const same = leavesOf(en).filter(
      ([path, value]) =>
        typeof value === 'string' && theirs.get(path) === value && !SHARED.has(path) && !SHARED.has(`${lang} ${path}`),
    );
    expect(same).toEqual([]);
  });

  it('takes every figure and name into its sentences that English does', () => {
    const marks = ['«1»', '«2»', '«3»'];
    const missing = leavesOf(en).flatMap(([path, value]) => {
      if (typeof value !== 'function' || path === 'notAnswering' || path.endsWith('todo')) return [];
      const say = (said: unknown): string => String((said as (...given: string[]) => unknown)(...marks));
      const english = say(value);
      const other = say(new Map(leavesOf(words)).get(path));
      return marks.filter((mark) => english.includes(mark) && !other.includes(mark)).map((mark) => `${path} ${mark}`);
    });
    expect(missing).toEqual([]);
  });

  it.each(Object.entries(FIXTURES))('%s is a page in it', (_name, fixture) => {
    const page = fixtureHtml(fixture, { words });
    expect(page).toContain(`<html lang="${lang}"`);
    expect(page.replace(/<script[\s\S]*?<.script>/g, '')).not.toMatch(/undefined|\[object|NaN/);
    for (const english of [en.youPay, en.nothingTaken, en.iApproved, en.paymentNumber, en.untilYouApprove]) {
      expect(page).not.toContain(`>${english}<`);
    }
  });
});

describe('the language of a browser', () => {
  it.each([
    [null, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['de-DE,de;q=0.9', 'en'],
    ['fr-CI,fr;q=0.9,en;q=0.8', 'fr'],
    ['sw-KE, en;q=0.9', 'sw'],
    ['SW', 'sw'],
    ['en-GB,sw;q=0.9', 'en'],
    ['de;q=1.0, sw;q=0.5, fr;q=0.7', 'fr'],
    ['fr;q=0, sw;q=0.1', 'sw'],
    ['fr;q=x, sw;q=0.1', 'sw'],
    [`${'x,'.repeat(5_000)}fr`, 'en'],
  ])('%s', (header, lang) => {
    expect(wordsFor(header).lang).toBe(lang);
  });
});
