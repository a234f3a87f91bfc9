import type { Route } from 'next';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { ApiClient, type Scope } from '@/components/api/client';
import { ApiError } from '@/components/api/error';
import { hrefIn } from '@/components/api/href';
import { isPerson, type Me } from '@/components/api/me';
import { callInProcess } from '@/server/http/in-process';

/** Of the page's own request, and untrue of a read of the API. */
const NOT_FORWARDED = ['content-length', 'content-type', 'accept', 'idempotency-key', 'pesewa-client', 'pesewa-mode'];

export interface ScopeParams {
  readonly mode: string;
  readonly client: string;
}

export interface OpenedPage {
  readonly scope: Scope;
  readonly me: Me;
  readonly api: ApiClient;
}

/**
 * What every page of the console begins with: who is there, on which books. Nobody signed in goes to the sign-in and
 * comes back; a client's people are sent to their own client's pages whatever the address said.
 */
export async function openPage(params: Promise<ScopeParams>): Promise<OpenedPage> {
  const { mode, client } = await params;
  if (mode !== 'live' && mode !== 'test') notFound();
  return open(mode, decodeURIComponent(client));
}

/** Once per request: the layout and the page ask for the same. */
const open = cache(async (mode: 'live' | 'test', client: string): Promise<OpenedPage> => {
  const scope: Scope = { mode, client };
  const me = await whoIsThere({ mode, client: 'all' });
  if (!me.is_operator && client !== me.client.code) redirect(hrefIn({ mode, client: me.client.code }, '/'));
  return { scope, me, api: await serverApi(scope) };
});

/** Where a person begins: test books, since nothing there can go wrong; the operator's people over all clients. */
export async function homeOf(mode: 'live' | 'test' = 'test'): Promise<Scope> {
  const me = await whoIsThere({ mode, client: 'all' });
  return { mode, client: me.is_operator ? 'all' : me.client.code };
}

async function whoIsThere(scope: Scope): Promise<Me> {
  const api = await serverApi(scope);
  try {
    const me = await api.get('/v1/me', {});
    if (isPerson(me)) return me;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isLocked = error.code === 'second_factor_required';
    if (!isLocked && error.status !== 401) throw error;
    const path = (await headers()).get('x-pesewa-path') ?? '/console';
    redirect(`/signin${isLocked ? '/second-factor' : ''}?next=${encodeURIComponent(path)}` as Route);
  }
  // A program's log-in has no pages.
  notFound();
}

/** The API as the visitor: their cookie, their address, their books. */
async function serverApi(scope: Scope): Promise<ApiClient> {
  const visitor = await headers();
  return new ApiClient((path, init) => {
    const own = new Headers(visitor);
    for (const name of NOT_FORWARDED) own.delete(name);
    for (const [name, value] of Object.entries(init.headers as Record<string, string>)) own.set(name, value);
    return callInProcess(path, { ...init, headers: own });
  }, scope);
}
