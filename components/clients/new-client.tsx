'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { PageHead } from '@/components/patterns/page-head';
import { Empty } from '@/components/patterns/states';
import { useSubmit } from '@/components/patterns/use-submit';
import { isComplete, NO_PROFILE, newClientBody, type Profile } from './profile';
import { ProfileFields } from './profile-fields';

/** Registers a client. Its first service and its first credentials come next, on its own page. */
export function NewClient() {
  const { me } = useConsole();
  const href = useHref();
  const router = useRouter();
  const [profile, setProfile] = useState<Profile>(NO_PROFILE);
  const { submit, pending, error } = useSubmit(
    (api, input: Profile, idempotencyKey) =>
      api.post('/api/v1/clients', { body: newClientBody(input) }, { idempotencyKey }),
    { done: 'Client created', onDone: (client) => router.push(href(`/clients/${client.client_code}`)) },
  );
  const ready = isComplete(profile);
  const crumbs = [{ label: 'Clients', href: href('/clients') }, { label: 'New client' }];
  if (!may(me, 'clients:write')) {
    return (
      <>
        <PageHead crumbs={crumbs} title="New client" />
        <Card label="New client">
          <Empty kind="forbidden" title="Your role does not include this">
            Ops people and admins of the operator take clients on.
          </Empty>
        </Card>
      </>
    );
  }
  return (
    <>
      <PageHead
        crumbs={crumbs}
        title="New client"
        sub="It gets a code and two sets of books, live and test. Its first service and credentials come next."
      />
      <form
        className="card act narrow-form"
        aria-label="New client"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) submit(profile);
        }}
      >
        <div className="act-body">
          <ProfileFields profile={profile} onChange={setProfile} error={error} />
          {error !== null && error.param === null && (
            <p className="problem" role="alert">
              {error.message}
            </p>
          )}
        </div>
        <footer>
          <button type="submit" className="btn primary" aria-disabled={!ready || pending}>
            {pending ? 'One moment…' : 'Create client'}
          </button>
        </footer>
      </form>
    </>
  );
}
