'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

/**
 * What floats behind a trigger: the platform's own disclosure. Escape and a press elsewhere close it, and Escape gives the
 * focus back.
 */
export function Disclosure({
  label,
  className,
  trigger,
  panel,
  end = false,
  children,
}: {
  /** What a screen reader hears of the trigger, where its words are not enough. */
  readonly label?: string;
  readonly className: string;
  readonly trigger: ReactNode;
  /** The class of what opens. */
  readonly panel: string;
  /** Whether its right edge is the trigger's. */
  readonly end?: boolean;
  /** Given as a function it is made while it is open alone, so that a first field takes the focus. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  const close = (): void => {
    details.current?.removeAttribute('open');
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    const pressed = (event: PointerEvent): void => {
      if (details.current?.contains(event.target as Node) !== true) details.current?.removeAttribute('open');
    };
    const typed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      details.current?.removeAttribute('open');
      details.current?.querySelector('summary')?.focus();
    };
    addEventListener('pointerdown', pressed);
    addEventListener('keydown', typed);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('keydown', typed);
    };
  }, [open]);
  const isMade = typeof children !== 'function' || open;
  return (
    <details
      className={`menu ${end ? 'end' : ''}`}
      ref={details}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={className} aria-label={label}>
        {trigger}
      </summary>
      {isMade && <div className={panel}>{typeof children === 'function' ? children(close) : children}</div>}
    </details>
  );
}
