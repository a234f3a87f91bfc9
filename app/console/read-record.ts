import { notFound } from 'next/navigation';
import type { ApiClient } from '@/components/api/client';
import { ApiError } from '@/components/api/error';
import { type FirstRead, known } from '@/components/api/prefetch';
import type { AnswerOf, PathOf, RequestOf } from '@/server/http/api-types';

/**
 * The record that a page is about: one that is not there has no page; one that its reader may not see is left to the page,
 * which says so.
 */
export async function readRecord<P extends PathOf<'get'>>(
  api: ApiClient,
  path: P,
  request: RequestOf<'get', P>,
): Promise<{ readonly answer: AnswerOf<'get', P> | null; readonly reads: readonly FirstRead[] }> {
  try {
    const answer = await api.get(path, request);
    return { answer, reads: [known(path, request, answer)] };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) notFound();
    if (error instanceof ApiError && error.status === 403) return { answer: null, reads: [] };
    throw error;
  }
}
