'use client';

import { StickyNote } from 'lucide-react';
import Link from 'next/link';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { CopyId } from '@/components/patterns/copy-id';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import { Skeleton } from '@/components/patterns/states';
import { Timeline } from '@/components/patterns/timeline';
import { Timestamp } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { auditActor } from '../audit-words';
import { happenings } from '../happenings';
import { lotName } from '../lot-name';
import { notesRequest, walletAuditRequest, walletsOfRequest } from '../requests';
import type { Hold } from '../types';
import type { WalletParts } from '../wallet-page';
import { lasts, spokenPhone } from '../words';
import { AutoTopUpSection } from './auto-top-up';

/** How many holds stand in the rail; the rest is a tab. */
const HOLDS_MAX = 3;
const HAPPENINGS_MAX = 8;

/** What belongs to the wallet besides money: whose it is, what is set aside, what happened, what was written. */
export function WalletRail(parts: WalletParts) {
  return (
    <aside className="rail card" aria-label="About this wallet">
      <CustomerSection {...parts} />
      {parts.holds.length > 0 && <HoldsSection {...parts} />}
      <AutoTopUpSection {...parts} />
      <TimelineSection {...parts} />
      <RelatedSection {...parts} />
      <NotesSection {...parts} />
    </aside>
  );
}

function CustomerSection({ wallet }: WalletParts) {
  const href = useHref();
  const customer = useApi('/v1/customers/{id}', { params: { id: wallet.customer_id } });
  const wallets = useApi('/v1/wallets', walletsOfRequest(wallet.customer_id));
  const count = wallets.data?.data.length;
  const profile = href(`/customers/${encodeURIComponent(wallet.customer_id)}`);
  return (
    <section aria-labelledby="r-cus">
      <header>
        <h2 id="r-cus">Customer</h2>
        <div className="end">
          <Link className="link" href={profile} prefetch={false}>
            Open
          </Link>
        </div>
      </header>
      <div className="body">
        <dl className="kv">
          <dt>Name</dt>
          <dd>{wallet.customer_name ?? <span className="dim">not known</span>}</dd>
          {customer.data?.phone != null && (
            <>
              <dt>Phone</dt>
              <dd className="nowrap">{spokenPhone(customer.data.phone)}</dd>
            </>
          )}
          {customer.data?.email != null && (
            <>
              <dt>Email</dt>
              <dd>{customer.data.email}</dd>
            </>
          )}
          <dt>Customer</dt>
          <dd>
            <CopyId id={wallet.customer_id} what="customer id" whole={wallet.customer_id.length <= 20} />
          </dd>
          <dt>Wallets</dt>
          <dd>
            {count === undefined ? (
              <Skeleton width={60} />
            ) : count <= 1 ? (
              'this one alone'
            ) : (
              <Link className="l" href={profile} prefetch={false}>
                {`${count} with this one`}
              </Link>
            )}
          </dd>
        </dl>
      </div>
    </section>
  );
}

function HoldsSection({ wallet, holds, lots, open }: WalletParts) {
  const { me } = useConsole();
  const href = useHref();
  const only = holds.length === 1 ? holds[0] : undefined;
  const shown = holds.slice(0, HOLDS_MAX);
  return (
    <section id="holds" aria-labelledby="r-hold">
      <header>
        <h2 id="r-hold">{only === undefined ? `${holds.length} holds` : 'Hold'}</h2>
        <div className="end">
          {only !== undefined && may(me, 'wallets:write') && (
            <button type="button" className="link" onClick={() => open({ what: 'void', hold: only })}>
              Void…
            </button>
          )}
          {only === undefined && (
            <Link className="link" href={href(`/wallets/${wallet.id}?tab=holds`)} prefetch={false} scroll={false}>
              All holds
            </Link>
          )}
        </div>
      </header>
      <div className="body stacked">
        {shown.map((hold) => (
          <HoldFacts key={hold.id} hold={hold} lots={lots} />
        ))}
      </div>
    </section>
  );
}

function HoldFacts({ hold, lots }: { readonly hold: Hold; readonly lots: WalletParts['lots'] }) {
  const nowMs = useNow();
  const { currency, description, reference } = hold;
  return (
    <dl className="kv">
      <dt>Amount</dt>
      <dd className="medium">{formatMoney(hold.amount, currency)}</dd>
      {(description !== null || reference !== null) && (
        <>
          <dt>For</dt>
          <dd>
            {description}
            {reference !== null && <span className="mono nowrap"> {reference}</span>}
          </dd>
        </>
      )}
      {hold.lots !== undefined && (
        <>
          <dt>Pins</dt>
          <dd>
            {hold.lots.map(({ id, amount }) => (
              <span key={id} className="block">
                <span className="promo">{formatAmount(amount, currency)}</span>{' '}
                {lotName(
                  lots.find((lot) => lot.id === id),
                  id,
                )}
              </span>
            ))}
          </dd>
        </>
      )}
      <dt>Ends</dt>
      <dd>
        <Timestamp at={hold.expires_at} as="minute" />{' '}
        <span className="dim">in {lasts(Date.parse(hold.expires_at) - nowMs)}</span>
      </dd>
    </dl>
  );
}

function TimelineSection({ wallet, open }: WalletParts) {
  const { me } = useConsole();
  const mayAudit = may(me, 'audit:read');
  const audit = useApi('/v1/audit', walletAuditRequest(wallet.id), { enabled: mayAudit });
  const notes = useApi('/v1/wallets/{id}/notes', notesRequest(wallet.id), { enabled: may(me, 'notes:read') });
  const told = happenings(audit.data?.data ?? [], notes.data?.data ?? []);
  const opened = { key: 'opened', at: wallet.created_at, title: 'Wallet opened', more: null } as const;
  const all =
    told.some(({ title }) => title === opened.title) || told.length >= HAPPENINGS_MAX ? told : [...told, opened];
  return (
    <section aria-labelledby="r-time">
      <header>
        <h2 id="r-time">Timeline</h2>
        {may(me, 'notes:write') && (
          <div className="end">
            <button type="button" className="link" onClick={() => open({ what: 'note' })}>
              Add a note
            </button>
          </div>
        )}
      </header>
      <div className="body">
        <Timeline
          of={all.slice(0, HAPPENINGS_MAX).map(({ key, at, title, more, ...rest }) => ({
            key,
            title,
            when: <Timestamp at={at} as="minute" />,
            ...(more !== null && { more }),
            ...('tone' in rest && rest.tone !== undefined && { tone: rest.tone }),
          }))}
        />
      </div>
    </section>
  );
}

function RelatedSection({ wallet, holds }: WalletParts) {
  const { me } = useConsole();
  const href = useHref();
  const rows: readonly (readonly [string, string, string])[] = [
    [
      `/accounts/${wallet.account_number}`,
      `Account ${wallet.account_number}`,
      wallet.entries === 1 ? '1 entry' : `${wallet.entries.toLocaleString('en-GB')} entries`,
    ],
    [`/journals?wallet=${wallet.id}`, 'Journals that touch it', ''],
    ...(may(me, 'payments:read')
      ? ([[`/payments?customer_id=${encodeURIComponent(wallet.customer_id)}`, 'Payments of the customer', '']] as const)
      : []),
    [`/wallets/${wallet.id}?tab=topups`, 'Top-ups', ''],
    ...(holds.length > 0 ? ([[`/wallets/${wallet.id}?tab=holds`, 'Holds', `${holds.length} active`]] as const) : []),
  ];
  return (
    <section aria-labelledby="r-rel">
      <header>
        <h2 id="r-rel">Related</h2>
      </header>
      <ul className="rows">
        {rows.map(([path, label, value]) => (
          <li key={path}>
            <Link href={href(path)} prefetch={false}>
              {label}
              <span className="v">{value}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NotesSection({ wallet, open }: WalletParts) {
  const { me } = useConsole();
  const notes = useApi('/v1/wallets/{id}/notes', notesRequest(wallet.id), { enabled: may(me, 'notes:read') });
  if (!may(me, 'notes:read')) return null;
  const list = notes.data?.data ?? [];
  return (
    <section aria-labelledby="r-note">
      <header>
        <h2 id="r-note">Notes</h2>
      </header>
      <div className={list.length === 0 ? 'body empty' : 'body stacked'}>
        {list.length === 0 && <p>No notes yet. Write what the next person on this wallet should know.</p>}
        {list.map((note) => (
          <div key={note.id} className="note-card">
            <p>{note.body}</p>
            <p className="small dim">
              {auditActor(note.author)}, <Timestamp at={note.created_at} as="minute" />
            </p>
          </div>
        ))}
        {may(me, 'notes:write') && (
          <button type="button" className="btn sm" onClick={() => open({ what: 'note' })}>
            <StickyNote aria-hidden="true" />
            Add a note
          </button>
        )}
      </div>
    </section>
  );
}
