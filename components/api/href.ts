import type { Route } from 'next';
import type { Scope } from './client';

/** `hrefIn(scope, '/wallets/wal_…')`: every address of the console names mode and client, so that it can be shared. */
export function hrefIn({ mode, client }: Scope, path: string): Route {
  return `/console/${mode}/${client}${path === '/' ? '' : path}` as Route;
}
