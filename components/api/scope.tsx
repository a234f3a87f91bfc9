'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { Route } from 'next';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { ApiClient, type Scope } from './client';
import { ApiError } from './error';
import { hrefIn } from './href';
import type { Me } from './me';

interface ConsoleValue {
  readonly scope: Scope;
  readonly me: Me;
  readonly api: ApiClient;
  /** The zone in which times are told, and the moment the page was rendered: the same on both sides of hydration. */
  readonly timeZone: string;
  readonly renderedAtMs: number;
}

const ConsoleContext = createContext<ConsoleValue | null>(null);

export function ConsoleProvider({
  scope,
  me,
  timeZone,
  renderedAtMs,
  children,
}: Omit<ConsoleValue, 'api'> & { readonly children: ReactNode }) {
  const [queries] = useState(makeQueryClient);
  const { mode, client } = scope;
  const value = useMemo<ConsoleValue>(() => {
    const own: Scope = { mode, client };
    return { scope: own, me, timeZone, renderedAtMs, api: new ApiClient((path, init) => fetch(path, init), own) };
  }, [mode, client, me, timeZone, renderedAtMs]);
  return (
    <ConsoleContext value={value}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ConsoleContext>
  );
}

/** A session that ended is told once, wherever it is noticed: the sign-in says why, and leads back. */
function leaveIfSignedOut(error: Error): void {
  if (!(error instanceof ApiError)) return;
  const back = `next=${encodeURIComponent(location.pathname + location.search)}`;
  if (error.status === 401) location.assign(`/signin?${back}`);
  if (error.code === 'second_factor_required') location.assign(`/signin/second-factor?${back}`);
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        // What the server rendered is believed for a moment; a return to the tab asks again.
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && !('status' in error && Number(error.status) < 500),
      },
      mutations: { retry: false },
    },
  });
}

/** The scope, the person and the API of the page one is on. */
export function useConsole(): ConsoleValue {
  const value = useContext(ConsoleContext);
  if (value === null) throw new Error('useConsole is for pages under ConsoleProvider');
  return value;
}

/** Addresses within the scope one is in; another client's, where a row belongs to one. */
export function useHref(): (path: string, client?: string) => Route {
  const { scope } = useConsole();
  return (path, client) => hrefIn(client === undefined ? scope : { ...scope, client }, path);
}
