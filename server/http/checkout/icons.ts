import { raw } from 'hono/html';
import type { Html } from './html';

const PATHS = {
  check: '<path d="M4 10.5l4 4 8-9"/>',
  x: '<path d="M5 5l10 10M15 5L5 15"/>',
  clock: '<circle cx="10" cy="10" r="7.5"/><path d="M10 6v4.2l2.6 1.8"/>',
  lock: '<rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9"/>',
  alert: '<path d="M10 3l7.5 13.5h-15z"/><path d="M10 8v4M10 14.2v.1"/>',
  stop: '<path d="M7 2.5h6L17.5 7v6L13 17.5H7L2.5 13V7z"/><path d="M10 6.2v4.6M10 13.6v.1"/>',
  off: '<path d="M2.5 7.5a11 11 0 0 1 4-2.4M9 4.6a11 11 0 0 1 8.5 2.9M5.5 11a6.5 6.5 0 0 1 3-1.7M12 9.6a6.5 6.5 0 0 1 2.5 1.4M10 15v.1M3.5 3l13 14"/>',
} as const;

export function icon(name: keyof typeof PATHS): Html {
  return raw(`<svg class="ico" viewBox="0 0 20 20" aria-hidden="true">${PATHS[name]}</svg>`);
}

/** The stem-and-coin p. */
export const MARK: Html = raw(
  '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4.5 4.5v13"/><circle cx="10.5" cy="8.5" r="6"/></svg>',
);
