'use client';

import { lazy, type ReactNode, Suspense } from 'react';
import type { ApiClient } from '@/components/api/client';
import type { FormState } from './act-form';

// Most visits open no dialog: it comes when one is asked for.
const Opened = lazy(() => import('./opened-dialog'));

export interface ActDialogProps<Result> {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** `Freeze Ama Mensah’s wallet` */
  readonly title: string;
  readonly description?: ReactNode;
  /** On the button: `Freeze wallet`. */
  readonly verb: string;
  readonly danger?: boolean;
  readonly reason?: 'none' | 'optional' | 'required';
  /** What has to be typed, and what it is: `['10004127', 'account number']`. */
  readonly typed?: readonly [string, string];
  /** Whether the form is filled well enough to be sent. */
  readonly ready?: boolean;
  readonly wide?: boolean;
  readonly act: (
    api: ApiClient,
    given: { readonly reason: string; readonly idempotencyKey: string },
  ) => Promise<Result>;
  /** What the toast says: `Wallet frozen`. Null says nothing. */
  readonly done: ((result: Result) => string) | null;
  readonly onDone?: (result: Result) => void;
  readonly children?: ReactNode | ((form: FormState) => ReactNode);
}

/**
 * A dialog that does one thing through the API, named by verb and object. It says what will happen, asks for a reason
 * where the books want one, has the account number or the name typed where there is no way back, shows the API's refusal
 * where it belongs, and says when a second person has to agree first.
 */
export function ActDialog<Result>(props: ActDialogProps<Result>) {
  if (!props.open) return null;
  return (
    <Suspense>
      <Opened {...(props as ActDialogProps<unknown>)} />
    </Suspense>
  );
}
