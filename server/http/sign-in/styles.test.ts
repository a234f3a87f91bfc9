import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DARK, LIGHT } from './styles';

const css = readFileSync('app/globals.css', 'utf8');

it.each([
  ['light', LIGHT, /:root \{([^}]*)\}/],
  ['dark', DARK, /:root\[data-theme="dark"\] \{([^}]*)\}/],
] as const)('has the colours of the pages, %s', (_name, tokens, block) => {
  const text = block.exec(css)?.[1] ?? '';
  const there = Object.fromEntries(
    [...text.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
  for (const [name, value] of Object.entries(tokens)) expect({ name, value: there[name] }).toEqual({ name, value });
});
