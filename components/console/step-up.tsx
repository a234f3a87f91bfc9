'use client';

import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';

const StepUpDialog = lazy(() => import('./step-up-dialog'));

interface StepUp {
  /** Asks who is there once more, then goes on. */
  readonly ask: (goOn: () => void) => void;
}

const StepUpContext = createContext<StepUp | null>(null);

/** Before a dangerous act the API wants to know that it is still the same person: one dialog for the whole console. */
export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const [goOn, setGoOn] = useState<(() => void) | null>(null);
  const value = useMemo<StepUp>(() => ({ ask: (next) => setGoOn(() => next) }), []);
  const proved = (): void => {
    setGoOn(null);
    goOn?.();
  };
  return (
    <StepUpContext value={value}>
      {children}
      <Suspense>{goOn !== null && <StepUpDialog close={() => setGoOn(null)} proved={proved} />}</Suspense>
    </StepUpContext>
  );
}

export function useStepUp(): StepUp {
  const value = useContext(StepUpContext);
  if (value === null) throw new Error('useStepUp is for pages of the console');
  return value;
}
