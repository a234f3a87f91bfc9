'use client';

import { Check, Copy, Download, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Dialog, DialogContent } from '@/components/ui/dialog';

/** A secret that is in one answer and nowhere else, ever: to copy, or to keep as a file. */
export function ShownOnce({
  title,
  what,
  lines,
  note,
  fileName,
  close,
}: {
  readonly title: string;
  /** `link`, `recovery codes`: on the buttons. */
  readonly what: string;
  readonly lines: readonly string[];
  readonly note: string;
  /** Where it is worth keeping. */
  readonly fileName?: string;
  readonly close: () => void;
}) {
  const [copied, setCopied] = useState(false);
  const text = lines.join('\n');
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent title={title} description={note} onInteractOutside={(event) => event.preventDefault()}>
        <div className="act">
          <div className="act-body">
            <p className="warned">
              <TriangleAlert className="s" aria-hidden="true" />
              Shown this once. It cannot be read again.
            </p>
            <ul className={`shown-lines ${lines.length > 1 ? 'many' : ''}`}>
              {lines.map((line) => (
                <li key={line}>
                  <code>{line}</code>
                </li>
              ))}
            </ul>
            <div className="flex flex-wrap gap-2">
              <button type="button" className="btn" onClick={() => void copy()}>
                {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
                {copied ? 'Copied' : `Copy ${what}`}
              </button>
              {fileName !== undefined && (
                <a
                  className="btn"
                  download={fileName}
                  href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
                >
                  <Download aria-hidden="true" />
                  Download {what}
                </a>
              )}
            </div>
          </div>
          <footer>
            <button type="button" className="btn primary" onClick={close}>
              I have kept it
            </button>
          </footer>
        </div>
      </DialogContent>
    </Dialog>
  );
}
