'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

/**
 * A menu of links and buttons behind one of its own: the platform's disclosure, which opens before any script runs.
 * Escape, a press elsewhere and a choice close it.
 */
export function Menu({
  label,
  className,
  trigger,
  end = false,
  children,
}: {
  /** What a screen reader hears of the trigger. */
  readonly label: string;
  readonly className: string;
  readonly trigger: ReactNode;
  /** Whether its right edge is the trigger's. */
  readonly end?: boolean;
  readonly children: ReactNode;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const close = (): void => details.current?.removeAttribute('open');
    const pressed = (event: PointerEvent): void => {
      if (details.current?.contains(event.target as Node) !== true) close();
    };
    const typed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      close();
      details.current?.querySelector('summary')?.focus();
    };
    const chosen = (event: Event): void => {
      if ((event.target as Element).closest('a, button') !== null) close();
    };
    const list = details.current?.querySelector('.menu-list');
    addEventListener('pointerdown', pressed);
    addEventListener('keydown', typed);
    list?.addEventListener('click', chosen);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('keydown', typed);
      list?.removeEventListener('click', chosen);
    };
  }, [open]);
  return (
    <details
      className={`menu ${end ? 'end' : ''}`}
      ref={details}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={className} aria-label={label}>
        {trigger}
      </summary>
      <div className="menu-list">{children}</div>
    </details>
  );
}
