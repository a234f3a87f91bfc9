import type { Scope } from './client';

/** The one form of a read's key: what a server component fetches first is found by the browser under it. */
export function queryKey(scope: Scope, path: string, request: unknown): readonly unknown[] {
  return [scope.mode, scope.client, path, request];
}
