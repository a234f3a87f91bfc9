-- A journal alone in its batch, and alerts of a wallet.

-- ── a journal alone in its batch ───────────────────────────────────────────────────────────────────────────────────

-- What ledger_append does for a batch of one journal with two entries that changes nothing but balances: at rest nearly
-- every batch. Its values come one by one: no arrays to take apart, no loop over one row
-- (docs/decisions/0020-a-journal-alone.md). `p_…` is the journal's account, leg 1; `c_…` its counter-account, leg 2.
-- Guarantee: as of ledger_append. Status, holds, lots and terms need no writing: under the same version they are the same.
create function ledger_append_plain(
  p_now_ms bigint, p_tenant bigint, p_id bigint, p_kind text, p_operation text, p_reference text, p_fingerprint text,
  p_currency text, p_amount bigint, p_business_ms bigint, p_description text, p_metadata text, p_service bigint,
  p_actor text, p_request text, p_event text,
  p_account bigint, p_expected bigint, p_sequence bigint, p_change bigint, p_balance bigint, p_hash bytea,
  c_account bigint, c_expected bigint, c_sequence bigint, c_balance bigint, c_hash bytea
) returns void language plpgsql security definer
set search_path = public, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
  v_now timestamptz(3) := to_timestamp(p_now_ms / 1000.0);
  v_rows bigint;
begin
  -- First, and in id order, as in every batch: the index is read in the order of its keys.
  update accounts a
  set balance_minor = case a.id when p_account then p_balance else c_balance end,
      sequence = case a.id when p_account then p_sequence else c_sequence end,
      head_hash = case a.id when p_account then p_hash else c_hash end,
      version = a.version + 1
  where a.tenant_id = p_tenant and a.id = any (array[p_account, c_account])
    and a.version = case a.id when p_account then p_expected else c_expected end;
  get diagnostics v_rows = row_count;
  if v_rows <> 2 then
    raise exception 'An account moved under the batch: % of 2 are as they were loaded', v_rows
      using errcode = 'serialization_failure';
  end if;

  insert into journals (tenant_id, id, kind, account_id, operation, reference, fingerprint, currency, amount_minor,
    fee_minor, tax_minor, posted_at, business_at, description, metadata, service_version_id, actor, request_id,
    leg_accounts, leg_sequences)
  values (p_tenant, p_id, p_kind, p_account, p_operation, p_reference, p_fingerprint, p_currency, p_amount, 0, 0, v_now,
    to_timestamp(p_business_ms / 1000.0), p_description, p_metadata, p_service, p_actor, p_request,
    array[p_account, c_account], array[p_sequence, c_sequence]);

  insert into entries (tenant_id, account_id, sequence, journal_id, leg, kind, amount_minor, balance_after_minor, hash)
  values (p_tenant, p_account, p_sequence, p_id, 1, p_kind, p_change, p_balance, p_hash),
    (p_tenant, c_account, c_sequence, p_id, 2, p_kind, -p_change, c_balance, c_hash);

  if p_event is not null then
    insert into events (tenant_id, id, type, journal_id, account_id, sequence, created_at)
    values (p_tenant, p_id, p_event, p_id, p_account, p_sequence, v_now);
  end if;
end $$;
revoke execute on function ledger_append_plain from public;
grant execute on function ledger_append_plain to pesewa_app;

-- ── alerts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- A wallet's own threshold: available money that falls under it, or rises to it again, is told. Null tells nothing.
alter table accounts add column low_balance_minor bigint;

-- Lots whose holder was told that they expire soon: once each.
create table expiry_notices (
  tenant_id bigint not null,
  lot_id bigint not null,
  event_id bigint not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, lot_id)
);
grant select, insert on expiry_notices to pesewa_app;

-- ledger_load as 0002 has it, with the threshold of an account that has one.
create or replace function ledger_load(
  p_tenants bigint[], p_accounts bigint[], p_system_types text[],
  p_ref_tenants bigint[], p_ref_accounts bigint[], p_ref_operations text[], p_ref_references text[],
  p_own_tenants bigint[], p_own_ids bigint[],
  p_usage_tenants bigint[], p_usage_services bigint[], p_usage_accounts bigint[], p_usage_periods text[]
) returns table (
  what text, tenant_id bigint, id bigint, type text, currency text, is_system boolean, status text, balance_minor bigint,
  minimum_balance_minor bigint, can_overdraw boolean, held_minor bigint, open_lots integer, sequence bigint,
  version bigint, head_hash text, detail json
) language plpgsql security definer
set search_path = public, pg_temp
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
  lot_tenants bigint[] := '{}'; lot_accounts bigint[] := '{}';
  hold_tenants bigint[] := '{}'; hold_accounts bigint[] := '{}';
begin
  for what, tenant_id, id, type, currency, is_system, status, balance_minor, minimum_balance_minor, can_overdraw, held_minor,
      open_lots, sequence, version, head_hash, detail in
    select 'account', a.tenant_id, a.id, a.type, a.currency, a.is_system, a.status, a.balance_minor, a.minimum_balance_minor,
           a.can_overdraw, a.held_minor, a.open_lots, a.sequence, a.version, encode(a.head_hash, 'hex'),
           case when a.low_balance_minor is not null then json_build_object('low_balance', a.low_balance_minor::text) end
    from (
      select w.tenant_id, w.id from unnest(p_tenants, p_accounts) as w (tenant_id, id)
      union
      select c.tenant_id, s.id
      from (
        select distinct k.tenant_id, k.currency
        from unnest(p_tenants, p_accounts) as w (tenant_id, id)
        cross join lateral (
          select x.tenant_id, x.currency from accounts x where x.tenant_id = w.tenant_id and x.id = w.id limit 1
        ) k
      ) c
      cross join lateral (
        select x.id from accounts x
        where x.tenant_id = c.tenant_id and x.currency = c.currency and x.type = any (p_system_types) and x.is_system
      ) s
      order by 1, 2
    ) wanted
    cross join lateral (
      select * from accounts x where x.tenant_id = wanted.tenant_id and x.id = wanted.id for no key update
    ) a
  loop
    return next;
    if open_lots > 0 then
      lot_tenants := lot_tenants || tenant_id; lot_accounts := lot_accounts || id;
    end if;
    if held_minor > 0 then
      hold_tenants := hold_tenants || tenant_id; hold_accounts := hold_accounts || id;
    end if;
  end loop;

  -- The batch's time, taken under the locks: no later batch of these accounts is earlier.
  what := 'now'; detail := null; sequence := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  return next;

  if cardinality(lot_accounts) > 0 then
    return query
      select 'lot'::text, l.tenant_id, l.id, null, null, null::boolean, null, null::bigint, null::bigint, null::boolean, null::bigint,
             null::integer, null::bigint, null::bigint, null,
             ledger_lot_json(l)
      from unnest(lot_tenants, lot_accounts) as w (tenant_id, account_id)
      cross join lateral (
        select * from lots x
        where x.tenant_id = w.tenant_id and x.account_id = w.account_id and (x.remaining_minor > 0 or x.held_minor > 0)
      ) l;
  end if;

  if cardinality(hold_accounts) > 0 then
    return query
      select 'hold'::text, h.tenant_id, h.id, null, null, null::boolean, null, null::bigint, null::bigint, null::boolean, null::bigint,
             null::integer, null::bigint, null::bigint, null, ledger_hold_json(h)
      from unnest(hold_tenants, hold_accounts) as w (tenant_id, account_id)
      cross join lateral (
        select * from holds x where x.tenant_id = w.tenant_id and x.account_id = w.account_id and x.status = 'active'
      ) h;
  end if;

  if cardinality(p_ref_references) > 0 then
    return query
      select 'earlier'::text, w.tenant_id, j.id, null, null, null::boolean, null, null::bigint, null::bigint, null::boolean,
             null::bigint, null::integer, null::bigint, null::bigint, null,
             json_build_object('account', w.account_id::text, 'operation', w.operation, 'reference', w.reference)
      from unnest(p_ref_tenants, p_ref_accounts, p_ref_operations, p_ref_references)
        as w (tenant_id, account_id, operation, reference)
      cross join lateral (
        select x.id from journals x
        where x.tenant_id = w.tenant_id and x.account_id = w.account_id and x.operation = w.operation
          and x.reference = w.reference and x.reference is not null
        limit 1
      ) j;
  end if;

  -- Asked for by a retry, which must find what its first attempt may have committed.
  if cardinality(p_own_ids) > 0 then
    return query
      select 'earlier'::text, w.tenant_id, j.id, null, null, null::boolean, null, null::bigint, null::bigint, null::boolean,
             null::bigint, null::integer, null::bigint, null::bigint, null, null::json
      from unnest(p_own_tenants, p_own_ids) as w (tenant_id, id)
      cross join lateral (select x.id from journals x where x.tenant_id = w.tenant_id and x.id = w.id limit 1) j
      union all
      select 'changed'::text, w.tenant_id, j.id, null, null, null::boolean, null, null::bigint, null::bigint,
             null::boolean, null::bigint, null::integer, null::bigint, null::bigint, null, null::json
      from unnest(p_own_tenants, p_own_ids) as w (tenant_id, id)
      cross join lateral (select x.id from audit_log x where x.tenant_id = w.tenant_id and x.id = w.id limit 1) j;
  end if;

  if cardinality(p_usage_services) > 0 then
    return query
      select 'usage'::text, w.tenant_id, w.service_id, null, null, null::boolean, null, u.amount_minor, null::bigint, null::boolean,
             null::bigint, null::integer, null::bigint, null::bigint, null,
             json_build_object('account', w.account_id::text, 'period', w.period)
      from unnest(p_usage_tenants, p_usage_services, p_usage_accounts, p_usage_periods)
        as w (tenant_id, service_id, account_id, period)
      cross join lateral (
        select x.amount_minor from service_usage x
        where x.tenant_id = w.tenant_id and x.service_id = w.service_id and x.account_id = w.account_id
          and x.period = w.period
        limit 1
      ) u;
  end if;
end $$;

-- ledger_append_rest as 0006 has it, with the threshold among an account's limits.
create or replace function ledger_append_rest(v_now timestamptz, p_rest json) returns void language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  insert into lots (tenant_id, id, account_id, granted_minor, remaining_minor, held_minor, used_minor, expired_minor,
    forfeited_minor, priority, expires_at, created_at)
  select l.tenant, l.id, l.account, l.granted, l.remaining, l.held, l.used, l.expired, l.forfeited, l.priority,
    to_timestamp(l.expires_ms / 1000.0), v_now
  from json_to_recordset(coalesce(p_rest -> 'new_lots', '[]')) as l (tenant bigint, id bigint, account bigint,
    granted bigint, remaining bigint, held bigint, used bigint, expired bigint, forfeited bigint, priority smallint,
    expires_ms bigint);

  update lots x
  set remaining_minor = l.remaining, held_minor = l.held, used_minor = l.used, expired_minor = l.expired,
      forfeited_minor = l.forfeited
  from json_to_recordset(coalesce(p_rest -> 'lots', '[]')) as l (tenant bigint, id bigint, remaining bigint,
    held bigint, used bigint, expired bigint, forfeited bigint)
  where x.tenant_id = l.tenant and x.id = l.id;

  insert into lot_uses (tenant_id, account_id, sequence, lot_id, position, use, amount_minor)
  select u.tenant, u.account, u.sequence, u.lot, u.position, u.use, u.amount
  from json_to_recordset(coalesce(p_rest -> 'lot_uses', '[]')) as u (tenant bigint, account bigint, sequence bigint,
    lot bigint, position smallint, use text, amount bigint);

  insert into holds (tenant_id, id, account_id, amount_minor, captured_minor, status, reference, fingerprint,
    description, metadata, expires_at, created_at, ended_at, actor, request_id, pin_lots, pin_amounts)
  select h.tenant, h.id, h.account, h.amount, h.captured, h.status, h.reference, h.fingerprint, h.description,
    h.metadata, to_timestamp(h.expires_ms / 1000.0), v_now, case when h.status <> 'active' then v_now end, h.actor,
    h.request, h.pin_lots, h.pin_amounts
  from json_to_recordset(coalesce(p_rest -> 'new_holds', '[]')) as h (tenant bigint, id bigint, account bigint,
    amount bigint, captured bigint, status text, reference text, fingerprint text, description text, metadata text,
    expires_ms bigint, actor text, request text, pin_lots bigint[], pin_amounts bigint[]);

  update holds x
  set captured_minor = h.captured, status = h.status, ended_at = v_now
  from json_to_recordset(coalesce(p_rest -> 'holds', '[]')) as h (tenant bigint, id bigint, captured bigint, status text)
  where x.tenant_id = h.tenant and x.id = h.id;

  insert into service_usage (tenant_id, service_id, account_id, period, amount_minor)
  select u.tenant, u.service, u.account, u.period, u.amount
  from json_to_recordset(coalesce(p_rest -> 'usage', '[]')) as u (tenant bigint, service bigint, account bigint,
    period text, amount bigint)
  on conflict (tenant_id, service_id, account_id, period) do update set amount_minor = excluded.amount_minor;

  insert into events (tenant_id, id, type, journal_id, account_id, sequence, payload, created_at)
  select e.tenant, e.id, e.type, null, e.account, e.sequence, e.payload, v_now
  from json_to_recordset(coalesce(p_rest -> 'events', '[]')) as e (tenant bigint, id bigint, type text, account bigint,
    sequence bigint, payload text);

  -- Beside ledger_append's own update of these rows, which has checked their versions and holds their locks.
  update accounts x
  set minimum_balance_minor = l.minimum, can_overdraw = l.can_overdraw, low_balance_minor = l.low_balance
  from json_to_recordset(coalesce(p_rest -> 'limits', '[]')) as l (tenant bigint, id bigint, minimum bigint,
    can_overdraw boolean, low_balance bigint)
  where x.tenant_id = l.tenant and x.id = l.id;

  -- What people had written is read here, under the lock of its account, just before it is replaced.
  insert into audit_log (tenant_id, id, actor, credential, address, request_id, action, object_id, reason, before, after,
    created_at)
  select c.tenant, c.id, c.actor, c.credential, c.address, c.request, c.action, c.object, c.reason,
    case when c.words
      then (jsonb_build_object('account_name', p.name, 'status_description', p.description) || c.before::jsonb)::text
      else c.before
    end, c.after, v_now
  from json_to_recordset(coalesce(p_rest -> 'audit', '[]')) as c (tenant bigint, id bigint, actor text, credential text,
    address text, request text, action text, object text, reason text, before text, words boolean, after text)
  left join account_profiles p
    on c.words and p.tenant_id = c.tenant and p.account_id = case when c.words then c.object::bigint end;

  insert into account_profiles (tenant_id, account_id, name, description, updated_at)
  select w.tenant, w.account, w.name, w.description, v_now
  from json_to_recordset(coalesce(p_rest -> 'profiles', '[]')) as w (tenant bigint, account bigint, name text,
    description text, sets_name boolean, sets_description boolean)
  on conflict (tenant_id, account_id) do update set updated_at = excluded.updated_at;

  update account_profiles x
  set name = case when w.sets_name then w.name else x.name end,
      description = case when w.sets_description then w.description else x.description end
  from json_to_recordset(coalesce(p_rest -> 'profiles', '[]')) as w (tenant bigint, account bigint, name text,
    description text, sets_name boolean, sets_description boolean)
  where x.tenant_id = w.tenant and x.account_id = w.account and (w.sets_name or w.sets_description);

  -- The primary key decides between two requests with one Idempotency-Key: the second batch fails and is bisected.
  insert into answers (tenant_id, key, fingerprint, status, body, journal_id, created_at)
  select a.tenant, a.key, a.fingerprint, a.status, a.body, a.journal, v_now
  from json_to_recordset(coalesce(p_rest -> 'answers', '[]')) as a (tenant bigint, key text, fingerprint text,
    status smallint, body text, journal bigint);
end $$;
