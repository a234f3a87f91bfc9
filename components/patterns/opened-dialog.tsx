'use client';

import { Dialog, DialogContent } from '@/components/ui/dialog';
import type { ActDialogProps } from './act-dialog';
import { ActForm } from './act-form';

/** An `ActDialog` while it is open. */
export default function OpenedDialog({
  onOpenChange,
  title,
  description,
  verb,
  danger = false,
  reason = 'none',
  typed,
  ready = true,
  wide = false,
  act,
  done,
  onDone,
  children,
}: ActDialogProps<unknown>) {
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent title={title} wide={wide} {...(description !== undefined && { description })}>
        <ActForm
          {...{ verb, danger, reason, ready, act, done, children }}
          {...(typed !== undefined && { typed })}
          onDone={(result) => {
            onOpenChange(false);
            onDone?.(result);
          }}
          onCancel={() => onOpenChange(false)}
        />
      </DialogContent>
    </Dialog>
  );
}
