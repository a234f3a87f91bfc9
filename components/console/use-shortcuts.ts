'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useConsole, useHref } from '@/components/api/scope';
import { navigationOf } from './navigation';

/** How long after `g` the second key still counts. */
const SEQUENCE_MS = 1_200;

/** ⌘K or / search, ? help, g then a letter a page. */
export function useShortcuts({ search, help }: { readonly search: () => void; readonly help: () => void }): void {
  const router = useRouter();
  const { me } = useConsole();
  const href = useHref();
  const handle = useRef<(event: KeyboardEvent) => void>(() => {});
  const goAt = useRef(0);
  handle.current = (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') return act(event, search);
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (event.key === '/') return act(event, search);
    if (event.key === '?') return act(event, help);
    if (event.key === 'g') {
      goAt.current = event.timeStamp;
      return;
    }
    if (event.timeStamp - goAt.current > SEQUENCE_MS) return;
    goAt.current = 0;
    const item = navigationOf(me)
      .flatMap(({ items }) => items)
      .find(({ key }) => key === event.key);
    if (item !== undefined) act(event, () => router.push(href(item.path)));
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => handle.current(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function act(event: KeyboardEvent, what: () => void): void {
  event.preventDefault();
  what();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input, textarea, select') ||
      target.closest('[role="dialog"]') !== null)
  );
}
