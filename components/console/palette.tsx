'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Check, Copy, FileSearch, Moon, Search } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { Dialog as Primitive } from 'radix-ui';
import { useState } from 'react';
import { ApiClient } from '@/components/api/client';
import { hrefIn } from '@/components/api/href';
import { queryKey } from '@/components/api/query-key';
import { useConsole, useHref } from '@/components/api/scope';
import { notify } from '@/components/patterns/notify';
import { Status, wordsOf } from '@/components/patterns/status';
import type { SearchResultObject } from '@/contracts/search';
import { navigationOf } from './navigation';
import { toggleTheme } from './theme';
import { useSettled } from './use-settled';

/** ⌘K: a pasted id opens its record, words find records and pages. ⌘↵ opens in a new tab. */
export function Palette({ close }: { readonly close: () => void }) {
  const { me, scope } = useConsole();
  const href = useHref();
  const router = useRouter();
  const [text, setText] = useState('');
  const asked = useSettled(text.trim());
  const search = useSearch(asked);
  const results = asked === '' ? [] : (search.data?.data ?? []);
  const isBehind = asked !== text.trim() || search.isFetching;
  const go = (path: Route): void => {
    close();
    router.push(path);
  };
  const pages = navigationOf(me)
    .flatMap(({ items }) => items)
    .filter(({ label }) => label.toLowerCase().includes(asked.toLowerCase()));
  const exact = results.filter(({ is_exact }) => is_exact);
  const others = results.filter(({ is_exact }) => !is_exact);
  const hrefOf = ({ client, path }: SearchResultObject): Route =>
    hrefIn({ ...scope, client: client.code }, `/${path.map(encodeURIComponent).join('/')}`);
  return (
    <Primitive.Root open onOpenChange={close}>
      <Primitive.Portal>
        <Primitive.Overlay className="veil" />
        <Primitive.Content className="palette" aria-describedby={undefined}>
          <Primitive.Title className="sr">Search</Primitive.Title>
          <Command label="Search, or paste an id" loop shouldFilter={false} onKeyDown={openAside}>
            <div className="pal-in">
              <Search aria-hidden="true" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="Search, or paste an id"
                maxLength={128}
              />
              <kbd>esc</kbd>
            </div>
            {exact.length > 0 && (
              <p className="pal-note">
                <Check className="s" aria-hidden="true" />
                <span>
                  {wordsOf(exact[0]?.type ?? '')} found in {scope.mode} books.
                </span>
              </p>
            )}
            <Command.List className="pal-list">
              {asked !== '' && !isBehind && results.length === 0 && pages.length === 0 && (
                <Command.Empty className="empty">
                  Nothing in {scope.mode} books is called “{asked}”. Ids, account numbers, references, receipts, phones
                  and the beginnings of names are looked for.
                </Command.Empty>
              )}
              {exact.map((result) => (
                <Result key={`${result.type} ${result.id}`} result={result} href={hrefOf(result)} go={go} isHit />
              ))}
              {exact[0] !== undefined && <CopyItem id={exact[0].id} close={close} />}
              {others.length > 0 && (
                <Command.Group heading="Records">
                  {others.map((result) => (
                    <Result key={`${result.type} ${result.id}`} result={result} href={hrefOf(result)} go={go} />
                  ))}
                </Command.Group>
              )}
              {pages.length > 0 && (
                <Command.Group heading="Pages">
                  {pages.map(({ path, label, icon: Icon }) => (
                    <Command.Item
                      key={path}
                      className="opt"
                      value={`page ${label}`}
                      data-href={href(path)}
                      onSelect={() => go(href(path))}
                    >
                      <Icon aria-hidden="true" />
                      <span>{label}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {asked === '' && <ThemeItem close={close} />}
            </Command.List>
            <p className="sr" role="status">
              {asked === '' ? '' : isBehind ? 'Looking' : `${results.length} found`}
            </p>
            <div className="pal-foot">
              <span>
                <kbd>↑</kbd>
                <kbd>↓</kbd> move
              </span>
              <span>
                <kbd>↵</kbd> open
              </span>
              <span>
                <kbd>⌘</kbd>
                <kbd>↵</kbd> in a new tab
              </span>
              {isBehind && asked !== '' && <span className="end">looking…</span>}
            </div>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Over all clients for the operator's people, whichever is in view: what was pasted may be anyone's. */
function useSearch(q: string) {
  const { api, me, scope } = useConsole();
  const wide = me.is_operator ? { ...scope, client: 'all' } : scope;
  return useQuery({
    queryKey: queryKey(wide, '/v1/search', q),
    queryFn: ({ signal }) => new ApiClient(api.transport, wide).get('/v1/search', { query: { q } }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

function Result({
  result,
  href,
  go,
  isHit = false,
}: {
  readonly result: SearchResultObject;
  readonly href: Route;
  readonly go: (path: Route) => void;
  readonly isHit?: boolean;
}) {
  return (
    <Command.Item
      className={isHit ? 'opt hit' : 'opt'}
      value={`${result.type} ${result.id}`}
      data-href={href}
      onSelect={() => go(href)}
    >
      <FileSearch aria-hidden="true" />
      <div className="min-w-0">
        <p>
          <span className={isHit ? 'name' : 'medium'}>{result.title}</span>{' '}
          {result.status !== null && <Status of={result.status} />}
        </p>
        <p className="soft small">{result.subtitle}</p>
      </div>
      <span className="end">{result.client.name}</span>
    </Command.Item>
  );
}

function CopyItem({ id, close }: { readonly id: string; readonly close: () => void }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(id);
    notify('Id copied');
    close();
  };
  return (
    <Command.Item className="opt" value="copy the id" onSelect={() => void copy()}>
      <Copy aria-hidden="true" />
      <span>Copy the full id</span>
    </Command.Item>
  );
}

function ThemeItem({ close }: { readonly close: () => void }) {
  const toggle = (): void => {
    toggleTheme();
    close();
  };
  return (
    <Command.Group heading="Actions">
      <Command.Item className="opt" value="light or dark" onSelect={toggle}>
        <Moon aria-hidden="true" />
        <span>Light or dark</span>
      </Command.Item>
    </Command.Group>
  );
}

/** ⌘↵ or Ctrl ↵ on what is picked: a new tab. */
function openAside(event: React.KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
  const picked = event.currentTarget.querySelector<HTMLElement>('[cmdk-item][data-selected="true"]');
  const address = picked?.dataset['href'];
  if (address === undefined) return;
  event.preventDefault();
  window.open(address, '_blank', 'noopener');
}
