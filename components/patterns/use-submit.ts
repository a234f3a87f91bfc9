'use client';

import { useState } from 'react';

import type { ApiClient } from '@/components/api/client';
import type { ApiError } from '@/components/api/error';
import { useAct } from '@/components/api/queries';
import { useStepUp } from '@/components/console/step-up';
import { notify } from './notify';

/**
 * For a form that is a page of its own, what `ActDialog` is for a dialog: one idempotency key until it has gone through,
 * who is there asked once more where the API wants to know, a toast that tells done from held.
 */
export function useSubmit<Input, Result>(
  act: (api: ApiClient, input: Input, idempotencyKey: string) => Promise<Result>,
  { done, onDone }: { readonly done: string | null; readonly onDone: (result: Result) => void },
): {
  readonly submit: (input: Input) => void;
  readonly pending: boolean;
  readonly error: ApiError | null;
  readonly reset: () => void;
} {
  const [key, setKey] = useState(() => crypto.randomUUID());
  const stepUp = useStepUp();
  const mutation = useAct((api, input: Input) => act(api, input, key));
  const submit = (input: Input): void => {
    if (mutation.isPending) return;
    mutation.mutate(input, {
      onSuccess(result) {
        setKey(crypto.randomUUID());
        if (isHeld(result)) notify('Asked for approval: a second person has to agree before anything happens.');
        else if (done !== null) notify(done, 'success');
        onDone(result);
      },
      onError(error) {
        // A refusal is final for its key; a lost answer is asked for again under the same.
        if (error.status < 500) setKey(crypto.randomUUID());
        if (error.code === 'step_up_required') stepUp.ask(() => submit(input));
      },
    });
  };
  return {
    submit,
    pending: mutation.isPending,
    error: mutation.error?.code === 'step_up_required' ? null : mutation.error,
    reset: mutation.reset,
  };
}

function isHeld(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'object' in result && result.object === 'approval';
}
