'use client';

import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { ApiClient } from '@/components/api/client';
import type { ApiError } from '@/components/api/error';
import { useAct } from '@/components/api/queries';
import { useStepUp } from '@/components/console/step-up';
import { TextArea, TextField } from './field';
import { notify } from './notify';

/** What a form inside an `ActDialog` is given. */
export interface FormState {
  readonly error: ApiError | null;
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
          if (isApproval(result)) notify('Asked for approval: a second person has to agree before anything happens.');
          else if (done !== null) notify(done(result), 'success');
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
