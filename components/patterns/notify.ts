'use client';

/** What a toast is told by: `shell.tsx` shows it, and loads what draws it at the first one. */
export interface Notice {
  readonly text: string;
  readonly kind: 'plain' | 'success' | 'error';
}

const EVENT = 'pesewa-notice';

/** Says something that has happened, for a moment and without taking the focus. */
export function notify(text: string, kind: Notice['kind'] = 'plain'): void {
  dispatchEvent(new CustomEvent<Notice>(EVENT, { detail: { text, kind } }));
}

export function onNotice(show: (notice: Notice) => void): () => void {
  const listen = (event: Event): void => show((event as CustomEvent<Notice>).detail);
  addEventListener(EVENT, listen);
  return () => removeEventListener(EVENT, listen);
}
