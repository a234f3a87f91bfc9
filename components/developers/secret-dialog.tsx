'use client';

import { Dialog, DialogContent } from '@/components/ui/dialog';
import { CopyText } from './code';

/** A secret in the one moment that it is shown: a press beside it does not take it away. */
export function SecretDialog({
  title,
  secret,
  note,
  close,
}: {
  readonly title: string;
  /** Absent where the answer was a repeated one. */
  readonly secret: string | undefined;
  /** What to do with it. */
  readonly note: string;
  readonly close: () => void;
}) {
  const stay = (event: Event): void => event.preventDefault();
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={title}
        description="It is shown this once, and never again."
        onInteractOutside={stay}
        onEscapeKeyDown={stay}
      >
        <div className="act">
          <div className="act-body">
            {secret === undefined ? (
              <p className="problem" role="alert">
                It was shown in an answer before this one, and is not kept. Make another.
              </p>
            ) : (
              <p className="secret">
                <code>{secret}</code>
              </p>
            )}
            <p className="soft text-[13px]">{note}</p>
          </div>
          <footer>
            {secret !== undefined && <CopyText text={secret} label="Copy the secret" className="btn" />}
            <button type="button" className="btn primary" onClick={close}>
              I have stored it
            </button>
          </footer>
        </div>
      </DialogContent>
    </Dialog>
  );
}
