import type { ReactNode } from 'react';

export interface Happening {
  readonly key: string;
  readonly title: ReactNode;
  readonly when: ReactNode;
  readonly more?: ReactNode;
  readonly tone?: 'now' | 'cold' | 'gold' | 'bad';
}

/** What happened, one line each, with who and why under it. */
export function Timeline({ of }: { readonly of: readonly Happening[] }) {
  return (
    <ol className="timeline">
      {of.map(({ key, title, when, more, tone }) => (
        <li key={key} className={tone}>
          <p>
            <span>{title}</span>
            {when}
          </p>
          {more !== undefined && <p>{more}</p>}
        </li>
      ))}
    </ol>
  );
}
