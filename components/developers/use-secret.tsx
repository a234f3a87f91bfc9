'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';

const SecretDialog = dynamic(() => import('./secret-dialog').then((file) => file.SecretDialog), { ssr: false });

export interface ShownSecret {
  readonly title: string;
  /** Absent where the answer was a repeated one. */
  readonly secret: string | undefined;
  /** What to do with it. */
  readonly note: string;
}

/** Holds a secret from the answer that had it until the person has stored it: the dialog that asked is closed by then. */
export function useSecret(): { readonly show: (secret: ShownSecret) => void; readonly dialog: ReactNode } {
  const [shown, setShown] = useState<ShownSecret | null>(null);
  return { show: setShown, dialog: shown !== null && <SecretDialog {...shown} close={() => setShown(null)} /> };
}
