'use client';

import { Popover as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;
export const PopoverClose = Primitive.Close;

export function PopoverContent({ align = 'start', ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content className="popover" align={align} sideOffset={6} collisionPadding={8} {...props} />
    </Primitive.Portal>
  );
}
