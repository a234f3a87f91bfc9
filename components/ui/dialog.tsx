'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

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
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="veil" />
      <Primitive.Content
        className={`dialog ${wide ? 'wide' : ''}`}
        {...(description === undefined && { 'aria-describedby': undefined })}
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
