'use client';

import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { toast } from 'sonner';
import type { ApiClient } from '@/components/api/client';
import type { ApiError } from '@/components/api/error';
import { useAct } from '@/components/api/queries';
import { useStepUp } from '@/components/console/step-up';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { TextArea, TextField } from './field';

/** What a form inside an `ActDialog` is given. */
export interface FormState {
  readonly error: ApiError | null;
}

/**
 * A dialog that does one thing through the API, named by verb and object. It says what will happen, asks for a reason
 * where the books want one, has the account number or the name typed where there is no way back, shows the API's refusal
 * where it belongs, and says when a second person has to agree first.
 */
export function ActDialog<Result>({
  open,
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
}: {
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
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {open && (
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
      )}
    </Dialog>
  );
}

/** The form of an `ActDialog`, for the pages where what is to be decided stands in the open. */
export function ActForm<Result>({
  verb,
  danger = false,
  reason,
  typed,
  ready = true,
  act,
  done,
  onDone,
  onCancel,
  children,
}: {
  readonly verb: string;
  readonly danger?: boolean;
  readonly reason: 'none' | 'optional' | 'required';
  readonly typed?: readonly [string, string];
  readonly ready?: boolean;
  readonly act: (
    api: ApiClient,
    given: { readonly reason: string; readonly idempotencyKey: string },
  ) => Promise<Result>;
  readonly done: ((result: Result) => string) | null;
  readonly onDone: (result: Result) => void;
  /** Without it there is nothing to leave. */
  readonly onCancel?: () => void;
  readonly children?: ReactNode | ((form: FormState) => ReactNode);
}) {
  const [why, setWhy] = useState('');
  const [echo, setEcho] = useState('');
  // One key for one opened form: pressing twice, or again after a lost answer, is the same request.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const stepUp = useStepUp();
  const mutation = useAct((api, given: { reason: string; idempotencyKey: string }) => act(api, given));
  const alertId = useId();
  const complete = ready && (reason !== 'required' || why.trim() !== '') && (typed === undefined || echo === typed[0]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!complete || mutation.isPending) return;
    mutation.mutate(
      { reason: why.trim(), idempotencyKey },
      {
        onSuccess(result) {
          if (isApproval(result)) toast('Asked for approval: a second person has to agree before anything happens.');
          else if (done !== null) toast.success(done(result));
          onDone(result);
        },
        onError(error) {
          if (error.code === 'step_up_required') stepUp.ask(() => submit(event));
        },
      },
    );
  };
  const error = mutation.error?.code === 'step_up_required' ? null : mutation.error;
  return (
    <form className="act" onSubmit={submit} noValidate>
      <div className="act-body">
        {typeof children === 'function' ? children({ error }) : children}
        {reason !== 'none' && (
          <TextArea
            label={reason === 'required' ? 'Reason' : 'Reason, if there is one'}
            hint="Kept in the audit trail with your name."
            value={why}
            maxLength={500}
            onChange={(event) => setWhy(event.target.value)}
          />
        )}
        {typed !== undefined && (
          <TextField
            label={`Type the ${typed[1]} ${typed[0]} to go on`}
            autoComplete="off"
            spellCheck={false}
            className="input mono"
            value={echo}
            onChange={(event) => setEcho(event.target.value)}
          />
        )}
        {error !== null && (
          <p className="problem" id={alertId} role="alert">
            {error.message}
          </p>
        )}
      </div>
      <footer>
        {onCancel !== undefined && (
          <button type="button" className="btn" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button
          type="submit"
          className={`btn ${danger ? 'primary danger' : 'primary'}`}
          aria-disabled={!complete || mutation.isPending}
        >
          {mutation.isPending ? 'One moment…' : verb}
        </button>
      </footer>
    </form>
  );
}

function isApproval(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'object' in result && result.object === 'approval';
}
