'use client';

import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { TextField } from '@/components/patterns/field';
import { Dialog, DialogContent } from '@/components/ui/dialog';

interface StepUp {
  /** Asks who is there once more, then goes on. */
  readonly ask: (goOn: () => void) => void;
}

const StepUpContext = createContext<StepUp | null>(null);

/** Before a dangerous act the API wants to know that it is still the same person: one dialog for the whole console. */
export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const { api } = useConsole();
  const [goOn, setGoOn] = useState<(() => void) | null>(null);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback((next: () => void) => {
    setSecret('');
    setProblem(null);
    setGoOn(() => next);
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    api.post('/v1/me/step_up', { body: /^\d{6}$/.test(secret) ? { code: secret } : { password: secret } }).then(
      () => {
        setGoOn(null);
        goOn?.();
      },
      (error: Error) => setProblem(error.message),
    );
  };
  const value = useMemo(() => ({ ask }), [ask]);
  return (
    <StepUpContext value={value}>
      {children}
      <Dialog open={goOn !== null} onOpenChange={(open) => !open && setGoOn(null)}>
        {goOn !== null && (
          <DialogContent title="Is it still you?" description="This changes what others rely on, so we ask once more.">
            <form className="act" onSubmit={submit}>
              <div className="act-body">
                <TextField
                  label="Password, or the code of your authenticator"
                  type="password"
                  autoComplete="current-password"
                  value={secret}
                  problem={problem}
                  onChange={(event) => setSecret(event.target.value)}
                />
              </div>
              <footer>
                <button type="submit" className="btn primary" aria-disabled={secret === ''}>
                  Go on
                </button>
              </footer>
            </form>
          </DialogContent>
        )}
      </Dialog>
    </StepUpContext>
  );
}

export function useStepUp(): StepUp {
  const value = useContext(StepUpContext);
  if (value === null) throw new Error('useStepUp is for pages of the console');
  return value;
}
