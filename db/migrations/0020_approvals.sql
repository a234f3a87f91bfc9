-- Approvals: acts of people that wait for a second person, decisions, policies; and what the last proof of the books said.

create table approval_policies (
  tenant_id bigint primary key,
  -- Counts changes. What was seen of one version is not decided on another.
  version integer not null,
  -- [{"verb":"credit","above":{"GHS":"20000"}}]: amounts as text, since JSON numbers are floats.
  rules text not null,
  updated_at timestamptz(3) not null
);

create table approvals (
  tenant_id bigint not null,
  id bigint not null,
  status text not null check (status in ('pending', 'approved', 'executed', 'failed', 'rejected', 'canceled', 'expired')),
  verb text not null,
  -- What was called, and with what (JSON: params, query, body; sealed where it holds secrets). Runs again exactly so.
  operation_id text not null,
  scope text,
  operator_only boolean not null,
  request text not null,
  request_sealed boolean not null,
  request_hash text not null check (request_hash = encode(sha256(convert_to(request, 'UTF8')), 'hex')),
  -- The same person asking the same again while it waits is the same approval.
  fingerprint text not null,
  object_type text not null,
  object_id text not null,
  amount_minor bigint check (amount_minor >= 0),
  currency text check ((currency is null) = (amount_minor is null)),
  reason text,
  -- Why two people: the limit that was passed, and whose (null: the built-in policy).
  above_minor bigint,
  policy_version integer,
  -- What it would change, as of when it was asked (JSON).
  effect text not null,
  maker_id bigint not null,
  maker_session_id bigint not null,
  maker_request_id text not null,
  maker_address text,
  checker_id bigint,
  checker_request_id text,
  decision_reason text,
  decided_at timestamptz(3),
  -- What the checker saw of its terms. It is done on these or not at all.
  terms_seen text,
  -- Made before it is done, so that the outcome's audit row is written in the effect's own transaction.
  outcome_audit_id bigint,
  outcome_note text,
  outcome_status smallint,
  outcome text,
  -- Who is at it now, and since when; another takes over after the lease.
  attempts integer not null default 0,
  attempted_at timestamptz(3),
  lease_until timestamptz(3),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (tenant_id, id),
  -- Four eyes: whatever a program does, nobody decides what they asked for.
  constraint approvals_maker_is_not_checker check (checker_id <> maker_id),
  constraint approvals_decided check (
    (status in ('approved', 'executed', 'failed', 'rejected')) = (checker_id is not null)
    and (status in ('pending', 'expired')) = (decided_at is null)
    and (status in ('approved', 'executed', 'failed')) = (terms_seen is not null)
    and (status not in ('executed', 'failed') or outcome_audit_id is not null)
    and (status in ('pending', 'approved')) = (ended_at is null)
    and (status in ('executed', 'failed')) = (outcome_status is not null)
  )
);
create unique index approvals_once on approvals (tenant_id, fingerprint) where status = 'pending';
-- Over all clients, for the operator's people, and within one.
create index approvals_newest on approvals (id desc);
create index approvals_by_verb on approvals (tenant_id, verb, id desc);
create index approvals_by_verb_newest on approvals (verb, id desc);
create index approvals_waiting on approvals (id desc) where status = 'pending';
create index approvals_by_maker on approvals (maker_id, id desc);
create index approvals_by_status on approvals (tenant_id, status, id desc);
create index approvals_by_status_newest on approvals (status, id desc);
create index approvals_to_lapse on approvals (expires_at) where status = 'pending';
create index approvals_to_finish on approvals (lease_until) where status = 'approved';

-- An approval ends once: what it asks for never changes, and its status goes one way.
create function approval_goes_one_way() returns trigger language plpgsql as $$
begin
  if not (
    (old.status = 'pending' and new.status in ('approved', 'rejected', 'canceled', 'expired'))
    or (old.status = 'approved' and new.status in ('approved', 'executed', 'failed'))
    -- Done, and what to say of it was not known yet.
    or (old.status = 'executed' and new.status = 'executed' and old.outcome = 'null')
  ) then
    raise exception 'approval % is % and does not become %', old.id, old.status, new.status using errcode = 'PS021';
  end if;
  if old.checker_id is not null and old.checker_id is distinct from new.checker_id then
    raise exception 'approval % was decided by another', old.id using errcode = 'PS021';
  end if;
  return new;
end $$;
create trigger approval_goes_one_way before update on approvals for each row execute function approval_goes_one_way();

-- The answer of an approved operation, under a key that no request can send, is stored in the transaction of its effect.
-- Guarantee: it commits while the approval is approved and has no outcome, or not at all; and the outcome with it. So of
-- two processes that do the same one is undone, and a crash leaves either nothing or everything.
create function approval_settled() returns trigger language plpgsql as $$
declare
  a approvals%rowtype;
  v_status text := case when new.status < 300 then 'executed' else 'failed' end;
begin
  update approvals x
  set status = v_status, outcome_status = new.status, outcome = new.body, ended_at = x.attempted_at, lease_until = null
  where x.tenant_id = new.tenant_id and x.id = split_part(new.key, ':', 2)::bigint and x.status = 'approved'
  returning * into a;
  if not found then
    raise exception 'approval % is not approved', new.key using errcode = 'PS020';
  end if;
  insert into audit_log (tenant_id, id, actor, request_id, action, object_id, reason, before, after, credential, created_at)
  values (a.tenant_id, a.outcome_audit_id, 'user:' || a.maker_id, a.maker_request_id, 'approval.' || v_status, a.id::text,
    a.reason, '{"status":"approved"}', (jsonb_build_object('status', v_status) || a.outcome_note::jsonb)::text,
    'session:' || a.maker_session_id, a.ended_at);
  return null;
end $$;
create trigger approval_settled after insert on answers
  for each row when (new.key like '§apr:%') execute function approval_settled();

-- One row for each run of the proof over all books.
create table books_proofs (
  id bigint primary key,
  proved_at timestamptz(3) not null,
  duration_ms integer not null,
  invariants integer not null,
  -- Findings, and the invariants they break.
  findings integer not null,
  broken integer[] not null,
  accounts bigint not null,
  journals bigint not null,
  entries bigint not null
);
create index books_proofs_by_time on books_proofs (proved_at desc);
create index books_proofs_broken on books_proofs (proved_at desc) where findings > 0;

grant select, insert on approvals, books_proofs to pesewa_app;
grant select, insert, update on approval_policies to pesewa_app;
-- What was asked, by whom and for how much is written once.
grant update (status, checker_id, checker_request_id, decision_reason, decided_at, terms_seen, outcome_audit_id,
  outcome_note, outcome_status, outcome, attempts, attempted_at, lease_until, ended_at) on approvals to pesewa_app;
