import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Dialect, highlight } from './samples/highlight';
import { LANGUAGES } from './samples/languages';
import type { SampleRequest } from './samples/request';

function Figure({ caption, label, children }: { caption: ReactNode; label: string; children: ReactNode }) {
  return (
    <figure className="code">
      <figcaption>
        {caption}
        <CopyButton label={label} />
      </figcaption>
      {children}
    </figure>
  );
}

/** Works through one listener in `docs-behaviour.tsx`, and is not shown where scripts do not run. */
export function CopyButton({ label }: { label: string }) {
  return (
    <button type="button" className="copy" data-copy="">
      <Copy className="idle" aria-hidden="true" />
      <Check className="done" aria-hidden="true" />
      <span className="copy-word">Copy</span>
      <span className="sr-only"> {label}</span>
    </button>
  );
}

interface BlockProps {
  title: ReactNode;
  /** What it is, for who cannot see the title beside it. */
  label: string;
  code: string;
  dialect: Dialect;
}

/** One block that is the same in every language: a terminal, a JSON body. */
export function CodeFigure({ title, label, code, dialect }: BlockProps) {
  return (
    <Figure caption={<span className="caption">{title}</span>} label={label}>
      <CodeBlock label={label} code={code} dialect={dialect} />
    </Figure>
  );
}

export function CodeBlock({
  label,
  code,
  dialect,
  className,
}: Omit<BlockProps, 'title'> & { className?: string | undefined }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this names text that can be scrolled to.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it.
    <pre tabIndex={0} role="group" aria-label={label} className={className}>
      <code>{highlight(code, dialect)}</code>
    </pre>
  );
}

/** The same request in every language; the radios of the top bar choose, without JavaScript. */
export function RequestFigure({ title, label, request }: { title: ReactNode; label: string; request: SampleRequest }) {
  return (
    <Figure caption={<span className="caption">{title}</span>} label={label}>
      {LANGUAGES.map((language) => (
        <CodeBlock
          key={language.id}
          label={`${label}, ${language.name}`}
          code={language.write(request)}
          dialect={language.id}
          className={`l-${language.id}`}
        />
      ))}
    </Figure>
  );
}
