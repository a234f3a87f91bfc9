-- Events going out: endpoints, what is to be delivered to them, and every attempt.

-- `callback` rows stand for the one URL-less sender of a tenant's callbacks: they have a secret and deliveries like any
-- endpoint, and are never fanned out to.
create table webhook_endpoints (
  tenant_id bigint not null,
  id bigint not null,
  kind text not null check (kind in ('endpoint', 'callback')),
  url text check ((kind = 'endpoint') = (url is not null)),
  description text,
  -- Types of the catalogue, or * alone.
  event_types text[] not null,
  api_version text not null,
  status text not null check (status in ('enabled', 'disabled', 'deleted')),
  -- requested: by somebody; failing: for days without a success; gone: it answered 410.
  disabled_reason text check (disabled_reason in ('requested', 'failing', 'gone')),
  disabled_at timestamptz(3),
  -- Encrypted (server/kernel/secret-box.ts) with tenant and endpoint as associated data.
  secret text not null,
  -- Signs beside the new one until then.
  previous_secret text,
  previous_secret_until timestamptz(3),
  -- The first failure since the last success.
  failing_since timestamptz(3),
  -- We disabled it: the first success after that is told.
  recovery_awaited boolean not null default false,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (tenant_id, id),
  check ((status = 'disabled') = (disabled_reason is not null))
);
create index webhook_endpoints_enabled on webhook_endpoints (tenant_id) where status = 'enabled' and kind = 'endpoint';
create unique index webhook_endpoints_callback on webhook_endpoints (tenant_id) where kind = 'callback';

-- Events that have not been made into deliveries yet. A row is written in the event's own transaction and deleted in that
-- of its deliveries, so none is missed and none is made twice, in whichever order transactions commit.
create table event_queue (
  tenant_id bigint not null,
  event_id bigint not null,
  primary key (event_id, tenant_id)
);

-- An event as it is sent, rendered once: retries, resends, other endpoints and the API all give these bytes.
create table event_bodies (
  tenant_id bigint not null,
  event_id bigint not null,
  body text not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, event_id)
);

create sequence webhook_leases;

create table webhook_deliveries (
  tenant_id bigint not null,
  id bigint not null,
  endpoint_id bigint not null,
  -- Null of an example and of a callback, which carry their body.
  event_id bigint,
  event_type text not null,
  body text check ((event_id is null) = (body is not null)),
  -- Of a callback; everything else goes to its endpoint's.
  url text,
  reason text not null check (reason in ('event', 'resend', 'replay', 'test', 'callback')),
  status text not null check (status in ('pending', 'succeeded', 'failed', 'canceled')),
  attempts smallint not null default 0,
  -- When it is tried next. A worker that takes it pushes this past its own time limit: should it die, the next one comes.
  due_at timestamptz(3) check ((status = 'pending') = (due_at is not null)),
  -- The fence: who took it last. Only the holder of this number may say how the attempt ended.
  lease bigint check (lease is null or status = 'pending'),
  created_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (tenant_id, id),
  foreign key (tenant_id, endpoint_id) references webhook_endpoints (tenant_id, id)
);
-- An event is fanned out to an endpoint once, whoever tries.
create unique index webhook_deliveries_event on webhook_deliveries (tenant_id, endpoint_id, event_id) where reason = 'event';
create index webhook_deliveries_due on webhook_deliveries (tenant_id, endpoint_id, due_at, id) where status = 'pending';
create index webhook_deliveries_leased on webhook_deliveries (tenant_id, endpoint_id) where lease is not null;
create index webhook_deliveries_by_endpoint on webhook_deliveries (tenant_id, endpoint_id, id desc);
create index webhook_deliveries_by_event on webhook_deliveries (tenant_id, event_id) where event_id is not null;
create index webhook_deliveries_ended on webhook_deliveries (ended_at) where ended_at is not null;

create table webhook_attempts (
  tenant_id bigint not null,
  delivery_id bigint not null,
  number smallint not null,
  url text not null,
  started_at timestamptz(3) not null,
  duration_ms integer not null,
  -- Null where no answer came; then `failure` says why.
  http_status smallint,
  failure text check ((http_status is null) = (failure is not null)),
  -- The first 4 kB of the answer.
  response_body text,
  primary key (tenant_id, delivery_id, number),
  foreign key (tenant_id, delivery_id) references webhook_deliveries (tenant_id, id) on delete cascade
);

-- For reading events by time and by the rarer types. Neither costs a debit a tree's entry.
create index events_by_time on events using brin (created_at) with (pages_per_range = 32, autosummarize = on);
create index events_but_debits on events (tenant_id, type, id desc) where type <> 'wallet.debited';

-- Whoever writes an event, it is queued; not for tenants that have nobody listening.
create function queue_events() returns trigger language plpgsql as $$
begin
  insert into event_queue (tenant_id, event_id)
  select n.tenant_id, n.id from fresh n
  where exists (
    select from webhook_endpoints e
    where e.tenant_id = n.tenant_id and e.status = 'enabled' and e.kind = 'endpoint'
  );
  return null;
end $$;
create trigger queue_events after insert on events referencing new table as fresh
  for each statement execute function queue_events();

revoke execute on function queue_events() from public;
grant execute on function queue_events() to pesewa_app;
grant select, insert, update on webhook_endpoints to pesewa_app;
grant select, insert, update, delete on webhook_deliveries to pesewa_app;
grant select, insert, delete on webhook_attempts to pesewa_app;
grant select, insert, update, delete on event_queue to pesewa_app;
grant select, insert on event_bodies to pesewa_app;
grant usage on sequence webhook_leases to pesewa_app;
