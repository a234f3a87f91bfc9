import { Fragment } from 'react';
import type { HttpMethod } from './openapi/types';

/** A path whose placeholders stand back, and that breaks before a slash if it must. */
export function Path({ path }: { path: string }) {
  return path
    .split(/(\{[^}]+\})|(?=\/)/)
    .filter((part) => part !== undefined && part !== '')
    .map((part, index) =>
      part.startsWith('{') ? (
        <em key={part}>{part}</em>
      ) : (
        <Fragment key={part + String(index)}>
          {part.startsWith('/') && index > 0 && <wbr />}
          {part}
        </Fragment>
      ),
    );
}

export function Verb({ method, path }: { method: HttpMethod; path: string }) {
  return (
    <p className="verb">
      <b data-method={method}>{method.toUpperCase()}</b>
      <code>
        <Path path={path} />
      </code>
    </p>
  );
}
