'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ComponentProps, type ReactNode, useState } from 'react';

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

/** A dialog in the middle, or at the foot of a phone's screen; focus stays inside and returns to what opened it. */
export function DialogContent({
  title,
  description,
  wide = false,
  children,
  ...props
}: Omit<ComponentProps<typeof Primitive.Content>, 'title'> & {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly wide?: boolean;
}) {
  // Most dialogs have no trigger of Radix’s own, to which alone it would give the focus back. Read before anything in the
  // dialog takes the focus.
  const [opener] = useState(() => (typeof document === 'undefined' ? null : document.activeElement));
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="veil" />
      <Primitive.Content
        className={`dialog ${wide ? 'wide' : ''}`}
        {...(description === undefined && { 'aria-describedby': undefined })}
        onCloseAutoFocus={(event) => {
          if (!(opener instanceof HTMLElement) || !opener.isConnected) return;
          event.preventDefault();
          opener.focus();
        }}
        {...props}
      >
        <header>
          <Primitive.Title asChild>
            <h2>{title}</h2>
          </Primitive.Title>
          <Primitive.Close className="iconbtn" aria-label="Close">
            <X aria-hidden="true" />
          </Primitive.Close>
        </header>
        {description !== undefined && <Primitive.Description className="soft">{description}</Primitive.Description>}
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
