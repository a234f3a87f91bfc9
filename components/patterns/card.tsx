import type { ReactNode } from 'react';

export function Card({
  title,
  note,
  end,
  footer,
  padded = false,
  className = '',
  label,
  children,
}: {
  readonly title?: ReactNode;
  readonly note?: ReactNode;
  /** On the right of the header: a link, a button. */
  readonly end?: ReactNode;
  readonly footer?: ReactNode;
  /** For text and forms; tables go from edge to edge. */
  readonly padded?: boolean;
  readonly className?: string;
  /** Names a card without a title. */
  readonly label?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={`card ${className}`} aria-label={label}>
      {title !== undefined && (
        <header>
          <h2>{title}</h2>
          {note !== undefined && <span className="note">{note}</span>}
          {end !== undefined && <div className="end">{end}</div>}
        </header>
      )}
      {padded ? <div className="body">{children}</div> : children}
      {footer !== undefined && <footer>{footer}</footer>}
    </section>
  );
}

/** Names and values of one thing. */
export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="kv">
      {of.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
