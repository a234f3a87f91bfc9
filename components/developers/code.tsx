'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type Dialect, highlight } from '@/components/docs/samples/highlight';

/** A block of code with its copy button, tinted as in the docs. */
export function Code({
  title,
  label,
  code,
  dialect,
}: {
  readonly title: ReactNode;
  /** What it is, for who cannot see the title beside it. */
  readonly label: string;
  readonly code: string;
  readonly dialect: Dialect;
}) {
  return (
    <figure className="code-fig">
      <figcaption>
        <span className="cut">{title}</span>
        <CopyText text={code} label={`Copy ${label}`} />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this names text that can be scrolled to. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it. */}
      <pre tabIndex={0} role="group" aria-label={label}>
        <code>{highlight(code, dialect)}</code>
      </pre>
    </figure>
  );
}

export function CopyText({
  text,
  label,
  className = 'btn sm quiet',
}: {
  readonly text: string;
  readonly label: string;
  readonly className?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <button type="button" className={className} onClick={() => void copy()} aria-label={copied ? 'Copied' : label}>
      {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      {copied ? 'Copied' : 'Copy'}
    </button>
  );
}

/** JSON over lines; what is none as it came. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
