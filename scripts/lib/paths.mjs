import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {string[]} parts */
export const inRoot = (...parts) => path.join(root, ...parts);

/**
 * A path as a person in the checkout would write it.
 * @param {string} absolute
 */
export function shortPath(absolute) {
  const relative = path.relative(root, absolute);
  return relative === '' || relative.startsWith('..') ? absolute : relative;
}
