'use client';

import { CircleOff, Lock, SearchX, Sprout, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiError } from '@/components/api/error';

/** Nothing is there: because nothing was ever made, because no row matches, or because the reader may not see it. */
export function Empty({
  kind,
  title,
  children,
  action,
}: {
  readonly kind: 'first' | 'none' | 'forbidden';
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  const Icon = kind === 'first' ? Sprout : kind === 'none' ? SearchX : Lock;
  return (
    <div className="blank">
      <Icon aria-hidden="true" />
      <p className="strong">{title}</p>
      {children !== undefined && <p className="soft">{children}</p>}
      {action}
    </div>
  );
}

/** What could not be read, in the API's words, with the request to name and a way to try again. */
export function Failed({ error, retry }: { readonly error: ApiError; readonly retry?: () => void }) {
  if (error.status === 403) {
    return (
      <Empty kind="forbidden" title="Your role does not include this">
        {error.message}
      </Empty>
    );
  }
  const Icon = error.status === 404 ? CircleOff : TriangleAlert;
  return (
    <div className="blank" role="alert">
      <Icon aria-hidden="true" />
      <p className="strong">{error.status === 404 ? 'There is nothing here' : 'This could not be read'}</p>
      <p className="soft">{error.message}</p>
      {error.requestId !== null && <p className="dim small">Request {error.requestId}</p>}
      {retry !== undefined && (
        <button type="button" className="btn" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** The shape of what is coming: a line of the given width in percent. */
export function Skeleton({ width = 100 }: { readonly width?: number }) {
  return <span className="sk" style={{ width: `${width}%` }} />;
}
