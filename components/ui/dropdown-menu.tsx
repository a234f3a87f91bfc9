'use client';

import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

export const DropdownMenu = Primitive.Root;
export const DropdownMenuTrigger = Primitive.Trigger;

export function DropdownMenuContent({ align = 'start', ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content className="menu-list" align={align} sideOffset={6} collisionPadding={8} {...props} />
    </Primitive.Portal>
  );
}

export function DropdownMenuItem({
  danger = false,
  ...props
}: ComponentProps<typeof Primitive.Item> & { readonly danger?: boolean }) {
  return <Primitive.Item className={`menu-item ${danger ? 'danger' : ''}`} {...props} />;
}

export function DropdownMenuLabel(props: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className="who" {...props} />;
}

export function DropdownMenuSeparator() {
  return <Primitive.Separator className="menu-line" />;
}

export function DropdownMenuCheckboxItem(props: ComponentProps<typeof Primitive.CheckboxItem>) {
  return <Primitive.CheckboxItem className="menu-item" {...props} />;
}

export const DropdownMenuItemIndicator = Primitive.ItemIndicator;
