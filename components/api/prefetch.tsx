import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import type { AnswerOf, PathOf, RequestOf } from '@/server/http/api-types';
import type { ApiClient } from './client';
import { ApiError } from './error';
import { queryKey } from './query-key';

/** One read of a page's first paint. */
export interface FirstRead {
  readonly path: PathOf<'get'>;
  readonly request: object;
  /** The answer, where the page had to ask before it knew what else to ask for. */
  readonly answer?: object;
}

/** Typed by the operation, so that a page cannot ask for what `useApi` would not. */
export function read<P extends PathOf<'get'>>(path: P, request: RequestOf<'get', P>): FirstRead {
  return { path, request: request as object };
}

/** A read whose answer the page has already. */
export function known<P extends PathOf<'get'>>(
  path: P,
  request: RequestOf<'get', P>,
  answer: AnswerOf<'get', P>,
): FirstRead {
  return { path, request: request as object, answer: answer as object };
}

/**
 * What a page shows first, read on the server and handed to `useApi` under the same keys. One of `reads` that is not
 * there makes the page not found; what else refuses it is asked again in the browser, which says so in its place.
 */
export async function Prefetched({
  api,
  reads,
  optional = [],
  children,
}: {
  readonly api: ApiClient;
  readonly reads: readonly FirstRead[];
  readonly optional?: readonly FirstRead[];
  readonly children: ReactNode;
}) {
  const queries = new QueryClient();
  const get = ({ path, request }: FirstRead) => api.get(path, request as RequestOf<'get', typeof path>);
  await Promise.all([
    ...reads.map(async (one) => {
      const answer = one.answer ?? ((await get(one).catch(orNotFound)) as object | null);
      if (answer !== null) queries.setQueryData(queryKey(api.scope, one.path, one.request), answer);
    }),
    ...optional.map((one) =>
      queries.prefetchQuery({
        queryKey: queryKey(api.scope, one.path, one.request),
        queryFn: () => get(one),
        retry: false,
      }),
    ),
  ]);
  return <HydrationBoundary state={dehydrate(queries)}>{children}</HydrationBoundary>;
}

function orNotFound(error: unknown): null {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 404) notFound();
  return null;
}
