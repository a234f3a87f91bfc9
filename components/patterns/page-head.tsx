import type { Route } from 'next';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';

export interface Crumb {
  readonly label: string;
  readonly href?: Route;
}

/** A page's title (on detail pages a sentence), its facts under it, its actions beside. */
export function PageHead({
  title,
  crumbs = [],
  above,
  badges,
  sub,
  facts = [],
  actions,
  className = '',
}: {
  readonly title: ReactNode;
  readonly crumbs?: readonly Crumb[];
  /** Kind and status over the title, where the title is a sentence. */
  readonly above?: ReactNode;
  /** Statuses, beside the title. */
  readonly badges?: ReactNode;
  readonly sub?: ReactNode;
  readonly facts?: readonly ReactNode[];
  readonly actions?: ReactNode;
  readonly className?: string;
}) {
  return (
    <>
      {crumbs.length > 0 && (
        <nav className="crumbs" aria-label="Breadcrumb">
          {crumbs.map(({ label, href }, index) => (
            <Fragment key={label}>
              {index > 0 && <span aria-hidden="true">/</span>}
              {href === undefined ? <span>{label}</span> : <Link href={href}>{label}</Link>}
            </Fragment>
          ))}
        </nav>
      )}
      <div className={`head ${className}`}>
        <div className="min-w-0">
          {above !== undefined && <p className="above">{above}</p>}
          <div className="title">
            <h1>{title}</h1>
            {badges}
          </div>
          {sub !== undefined && <p className="sub">{sub}</p>}
          {facts.length > 0 && (
            <div className="facts sub">
              {facts.map((fact, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: facts have no identity but their place
                <span key={index}>{fact}</span>
              ))}
            </div>
          )}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </div>
    </>
  );
}
