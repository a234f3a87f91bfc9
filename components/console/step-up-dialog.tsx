'use client';

import { type FormEvent, useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { TextField } from '@/components/patterns/field';
import { Dialog, DialogContent } from '@/components/ui/dialog';

/** Asks who is there once more. */
export default function StepUpDialog({ close, proved }: { readonly close: () => void; readonly proved: () => void }) {
  const { api } = useConsole();
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const body = /^\d{6}$/.test(secret) ? { code: secret } : { password: secret };
    api.post('/v1/me/step_up', { body }).then(proved, (error: Error) => setProblem(error.message));
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
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
    </Dialog>
  );
}
