'use client';

import { type MouseEvent, type ReactNode, useRef } from 'react';
import { Disclosure } from './disclosure';

/** A menu of links and buttons behind one of its own; a choice closes it. */
export function Menu({
  children,
  ...frame
}: {
  readonly label?: string;
  readonly className: string;
  readonly trigger: ReactNode;
  readonly end?: boolean;
  readonly children: ReactNode;
}) {
  const items = useRef<HTMLDivElement>(null);
  const choose = (event: MouseEvent): void => {
    if ((event.target as Element).closest('a, button') !== null) {
      items.current?.closest('details')?.removeAttribute('open');
    }
  };
  return (
    <Disclosure panel="menu-list" {...frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the choices bubble; they are links and buttons */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
      <div ref={items} onClick={choose}>
        {children}
      </div>
    </Disclosure>
  );
}
