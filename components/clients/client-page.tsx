'use client';

import { KeyRound, Pencil, Plus, Power, PowerOff } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { hrefIn } from '@/components/api/href';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Tabs } from '@/components/patterns/tabs';
import { Timestamp } from '@/components/patterns/timestamp';
import { feeWords } from '@/components/services/draft';
import type { AnswerOf } from '@/server/http/api-types';
import { IssueCredentials } from './issue-credentials';
import { keysOfRequest, servicesOfRequest } from './list-request';
import { type Client, changedProfile, isComplete, profileOf } from './profile';
import { ProfileFields } from './profile-fields';

type Service = AnswerOf<'get', '/api/v1/client-services'>['data'][number];
type Key = AnswerOf<'get', '/api/v1/clients/{client_code}/credentials'>['data'][number];

/** A client: its profile, what it has, and ways into its own pages. */
export function ClientPage({ code }: { readonly code: string }) {
  const client = useApi('/api/v1/clients/{client_code}', { params: { client_code: code } });
  if (client.data === undefined) return client.error === null ? null : <Failed error={client.error} />;
  return <Loaded client={client.data} />;
}

function Loaded({ client }: { readonly client: Client }) {
  const { me, scope } = useConsole();
  const href = useHref();
  const [open, setOpen] = useState<'edit' | 'switch' | 'keys' | null>(null);
  const isActive = client.is_active === 1;
  const mayWrite = me.is_operator && may(me, 'clients:write');
  const close = (next: boolean): void => {
    if (!next) setOpen(null);
  };
  const within = (path: string) => hrefIn({ ...scope, client: client.client_code }, path);
  return (
    <>
      <PageHead
        {...(me.is_operator && {
          crumbs: [{ label: 'Clients', href: href('/clients') }, { label: client.client_name }],
        })}
        title={client.client_name}
        badges={<Status of={isActive ? 'active' : 'inactive'} />}
        facts={[
          <span key="code" className="inline-flex items-center gap-1">
            Code <CopyId id={client.client_code} whole what="client code" />
          </span>,
          ...(client.country === null ? [] : [client.country]),
          <>
            Since <Timestamp at={client.created_at} as="day" />
          </>,
        ]}
        actions={
          mayWrite && (
            <>
              <button type="button" className="btn" onClick={() => setOpen('edit')}>
                <Pencil aria-hidden="true" />
                Edit
              </button>
              <button type="button" className={`btn ${isActive ? 'danger' : ''}`} onClick={() => setOpen('switch')}>
                {isActive ? <PowerOff aria-hidden="true" /> : <Power aria-hidden="true" />}
                {isActive ? 'Deactivate…' : 'Activate…'}
              </button>
            </>
          )
        }
      />
      <Tabs
        label="Client"
        tabs={[
          { label: 'Overview', href: href(`/clients/${client.client_code}`) },
          { label: 'Services', href: within('/services') },
          { label: 'Customers', href: within('/customers') },
          { label: 'Wallets', href: within('/wallets') },
          { label: 'Accounts', href: within('/accounts') },
          { label: 'Journals', href: within('/journals') },
          ...(may(me, 'keys:read') ? [{ label: 'Keys', href: within('/developers/keys') }] : []),
          ...(may(me, 'webhooks:read') ? [{ label: 'Webhooks', href: within('/developers/webhooks') }] : []),
          ...(may(me, 'users:read') ? [{ label: 'Team', href: within('/settings/people') }] : []),
          ...(may(me, 'audit:read') ? [{ label: 'Audit', href: within('/audit') }] : []),
        ]}
      />
      <div className="grid two mt-5">
        <div className="stack-gap">
          <ServicesCard client={client} />
          {me.is_operator && may(me, 'keys:read') && (
            <KeysCard client={client} mayIssue={mayWrite} issue={() => setOpen('keys')} />
          )}
        </div>
        <ProfileCard client={client} />
      </div>
      {open === 'edit' && <EditProfile client={client} onOpenChange={close} />}
      <IssueCredentials client={client} open={open === 'keys'} onOpenChange={close} />
      <ActDialog
        open={open === 'switch'}
        onOpenChange={close}
        title={`${isActive ? 'Deactivate' : 'Activate'} ${client.client_name}`}
        description={
          isActive
            ? 'From within a second on nothing of it moves, on live and test books alike: its keys and log-ins are refused, and its customers can neither pay nor be paid. Balances stay as they are.'
            : 'Its keys and log-ins work again as they did, on live and test books alike.'
        }
        verb={isActive ? 'Deactivate client' : 'Activate client'}
        danger={isActive}
        reason="required"
        {...(isActive && { typed: [client.client_code, 'client code'] as const })}
        act={(api, { reason, idempotencyKey }) =>
          api.post(
            isActive ? '/api/v1/clients/{client_code}/deactivate' : '/api/v1/clients/{client_code}/activate',
            { params: { client_code: client.client_code }, body: { reason } },
            { idempotencyKey },
          )
        }
        done={() => (isActive ? 'Client deactivated' : 'Client activated')}
      />
    </>
  );
}

function ProfileCard({ client }: { readonly client: Client }) {
  const none = <span className="nil">not given</span>;
  const mail = (address: string | null) =>
    address === null ? (
      none
    ) : (
      <a className="link" href={`mailto:${address}`}>
        {address}
      </a>
    );
  return (
    <Card title="Profile" padded>
      <Facts
        of={[
          ['E-mail', mail(client.client_email)],
          ['Phone', client.client_phone_number_e164 ?? none],
          ['Number', client.business_pin ?? none],
          ['Country', client.country ?? none],
          ['Address', client.physical_address ?? none],
          ['Contact', client.contact_person_name ?? none],
          ['Their e-mail', mail(client.contact_person_email)],
          ['Their phone', client.contact_person_msisdn_e164 ?? none],
          ['What it does', client.description ?? none],
          ['User name', <CopyId key="id" id={client.public_id} whole what="user name of Basic" />],
          ['Changed', <Timestamp key="changed" at={client.updated_at} as="exact" />],
        ]}
      />
    </Card>
  );
}

function ServicesCard({ client }: { readonly client: Client }) {
  const { me, scope } = useConsole();
  const services = useApi('/api/v1/client-services', servicesOfRequest(client.client_code));
  const within = (path: string) => hrefIn({ ...scope, client: client.client_code }, path);
  const create = may(me, 'services:write') && (
    <Link className="btn sm" href={within('/services/new')}>
      <Plus aria-hidden="true" />
      New service
    </Link>
  );
  const columns: readonly Column<Service>[] = [
    { id: 'name', head: 'Service', primary: true, cell: (service) => service.client_service_name },
    { id: 'fee', head: 'Fee', cell: (service) => feeWords(service, service.currency) },
    { id: 'currency', head: 'Currency', cell: (service) => service.currency ?? <span className="dim">any</span> },
    {
      id: 'state',
      head: 'State',
      cell: (service) => (service.is_active === 1 ? <Status of="active" /> : <Status of="off" word="Switched off" />),
    },
  ];
  return (
    <Card
      title="Services"
      note={<span className="wide-only">on {scope.mode} books</span>}
      end={
        <>
          {create}
          <Link className="link" href={within('/services')}>
            All services
          </Link>
        </>
      }
    >
      <DataTable
        caption={`Services of ${client.client_name}`}
        columns={columns}
        rows={services.data?.data}
        keyOf={(service) => service.client_service_code}
        hrefOf={(service) => within(`/services/${service.client_service_code}`)}
        error={services.error}
        retry={() => void services.refetch()}
        skeletonRows={2}
        empty={
          <Empty kind="first" title="No service yet">
            Without one it can keep wallets, and charge no fee. The first service says what is allowed and what it
            costs.
          </Empty>
        }
      />
    </Card>
  );
}

function KeysCard({
  client,
  mayIssue,
  issue,
}: {
  readonly client: Client;
  readonly mayIssue: boolean;
  readonly issue: () => void;
}) {
  const { scope } = useConsole();
  const keys = useApi('/api/v1/clients/{client_code}/credentials', keysOfRequest(client.client_code, scope.mode));
  const within = (path: string) => hrefIn({ ...scope, client: client.client_code }, path);
  const columns: readonly Column<Key>[] = [
    { id: 'name', head: 'Key', primary: true, cell: (key) => key.name },
    { id: 'hint', head: 'Secret', cell: (key) => <code>{key.hint}</code> },
    {
      id: 'used',
      head: 'Last used',
      cell: (key) =>
        key.last_used_at === null ? <span className="nil">never</span> : <Timestamp at={key.last_used_at} />,
    },
    { id: 'status', head: 'Status', cell: (key) => <Status of={key.status} /> },
  ];
  return (
    <Card
      title="Credentials"
      note={<span className="wide-only">of {scope.mode} books</span>}
      end={
        <>
          {mayIssue && (
            <button type="button" className="btn sm" onClick={issue}>
              <KeyRound aria-hidden="true" />
              Issue credentials
            </button>
          )}
          <Link className="link" href={within('/developers/keys')}>
            All keys
          </Link>
        </>
      }
    >
      <DataTable
        caption={`Keys of ${client.client_name}`}
        columns={columns}
        rows={keys.data?.data}
        keyOf={(key) => key.key_id}
        hrefOf={(key) => within(`/developers/keys/${key.key_id}`)}
        error={keys.error}
        retry={() => void keys.refetch()}
        skeletonRows={2}
        empty={
          <Empty kind="first" title="No credentials yet">
            Its programs sign in with a user name and a secret, which is shown once.
          </Empty>
        }
      />
    </Card>
  );
}

function EditProfile({
  client,
  onOpenChange,
}: {
  readonly client: Client;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const before = profileOf(client);
  const [profile, setProfile] = useState(before);
  const changes = changedProfile(before, profile);
  return (
    <ActDialog
      open
      onOpenChange={onOpenChange}
      wide
      title={`Edit ${client.client_name}`}
      verb="Save profile"
      reason="optional"
      ready={Object.keys(changes).length > 0 && isComplete(profile)}
      act={(api, { reason }) =>
        api.patch('/api/v1/clients/{client_code}', {
          params: { client_code: client.client_code },
          body: { ...changes, ...(reason !== '' && { reason }) },
        })
      }
      done={() => 'Profile saved'}
    >
      {({ error }) => <ProfileFields profile={profile} onChange={setProfile} error={error} />}
    </ActDialog>
  );
}
