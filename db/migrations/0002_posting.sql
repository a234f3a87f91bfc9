-- The posting path: one call that locks and reads, one that appends and verifies. They run as their owner: the
-- application's role may call them and may not write their tables otherwise (0003).

create function ledger_lot_json(l lots) returns json language sql immutable as $$
  select json_build_object('account', l.account_id::text, 'granted', l.granted_minor::text,
    'remaining', l.remaining_minor::text, 'held', l.held_minor::text, 'used', l.used_minor::text,
    'expired', l.expired_minor::text, 'forfeited', l.forfeited_minor::text, 'priority', l.priority,
    'expires_at_ms', (extract(epoch from l.expires_at) * 1000)::bigint)
$$;

create function ledger_hold_json(h holds) returns json language sql immutable as $$
  select json_build_object('account', h.account_id::text, 'amount', h.amount_minor::text,
    'captured', h.captured_minor::text, 'status', h.status, 'reference', h.reference, 'fingerprint', h.fingerprint,
    'expires_at_ms', (extract(epoch from h.expires_at) * 1000)::bigint,
    'created_at_ms', (extract(epoch from h.created_at) * 1000)::bigint,
    'pin_lots', h.pin_lots::text[], 'pin_amounts', h.pin_amounts::text[])
$$;

-- Locks every account a batch touches and returns what the core needs to decide.
--   what = 'account' | 'now' | 'lot' | 'hold' | 'earlier' | 'changed' | 'usage'; details in JSON except accounts', which are many.
-- Guarantee: rows of accounts are locked in (tenant, id) order, so batches of several processes cannot deadlock; lots,
-- holds, references and usage are read after the lock, so they are as current as the locked balance.
create function ledger_load(
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
      open_lots, sequence, version, head_hash in
    select 'account', a.tenant_id, a.id, a.type, a.currency, a.is_system, a.status, a.balance_minor, a.minimum_balance_minor,
           a.can_overdraw, a.held_minor, a.open_lots, a.sequence, a.version, encode(a.head_hash, 'hex')
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
  what := 'now'; sequence := (extract(epoch from clock_timestamp()) * 1000)::bigint;
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

-- Holds and lots by name, whatever their status: for captures, voids, holds asked for again, reversals. Runs after
-- ledger_load in the same transaction, under the lock of their accounts.
create function ledger_load_named(
  p_hold_tenants bigint[], p_hold_ids bigint[],
  p_ref_tenants bigint[], p_ref_accounts bigint[], p_ref_references text[],
  p_lot_tenants bigint[], p_lot_ids bigint[]
) returns table (what text, tenant_id bigint, id bigint, detail json) language sql
set enable_seqscan = off
as $$
  select 'hold', h.tenant_id, h.id, ledger_hold_json(h)
  from unnest(p_hold_tenants, p_hold_ids) as w (tenant_id, id)
  cross join lateral (select * from holds x where x.tenant_id = w.tenant_id and x.id = w.id limit 1) h
  union all
  select 'hold', h.tenant_id, h.id, ledger_hold_json(h)
  from unnest(p_ref_tenants, p_ref_accounts, p_ref_references) as w (tenant_id, account_id, reference)
  cross join lateral (
    select * from holds x
    where x.tenant_id = w.tenant_id and x.account_id = w.account_id and x.reference = w.reference
      and x.reference is not null
    limit 1
  ) h
  union all
  select 'lot', l.tenant_id, l.id, ledger_lot_json(l)
  from unnest(p_lot_tenants, p_lot_ids) as w (tenant_id, id)
  cross join lateral (select * from lots x where x.tenant_id = w.tenant_id and x.id = w.id limit 1) l
$$;

-- Appends a decided batch. Nothing else in the program writes these tables.
-- Guarantee: every account is as the batch was decided on (its version is the fence), or the whole batch fails.
-- A column that is null or zero throughout comes as an empty array: unnest pads it with nulls.
-- p_rest carries what most batches have none of, as JSON arrays of rows.
create function ledger_append(
  p_now_ms bigint,
  j_tenants bigint[], j_ids bigint[], j_kinds text[], j_accounts bigint[], j_operations text[], j_references text[],
  j_fingerprints text[], j_currencies text[], j_amounts bigint[], j_fees bigint[], j_taxes bigint[],
  j_business_ms bigint[], j_descriptions text[], j_metadata text[], j_services bigint[], j_reversals bigint[],
  j_holds bigint[], j_actors text[], j_requests text[], j_first_legs integer[], j_last_legs integer[], j_events text[],
  e_tenants bigint[], e_accounts bigint[], e_sequences bigint[], e_journals bigint[], e_legs integer[], e_kinds text[],
  e_amounts bigint[], e_balances bigint[], e_hashes bytea[],
  a_tenants bigint[], a_ids bigint[], a_expected bigint[], a_statuses text[], a_balances bigint[], a_held bigint[],
  a_open_lots integer[], a_sequences bigint[], a_hashes bytea[],
  p_rest json
) returns void language plpgsql security definer
set search_path = public, pg_temp
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
  v_now timestamptz(3) := to_timestamp(p_now_ms / 1000.0);
  v_rows bigint;
begin
  -- First, so that batches that share an account queue here, in (tenant, id) order, before they touch anything else.
  if cardinality(a_ids) > 0 then
    update accounts a
    set status = u.status, balance_minor = u.balance, held_minor = coalesce(u.held, 0), open_lots = u.open_lots,
        sequence = u.sequence, version = a.version + 1, head_hash = u.hash,
        closed_at = case when u.status = 'closed' then coalesce(a.closed_at, v_now) end
    from unnest(a_tenants, a_ids, a_expected, a_statuses, a_balances, a_held, a_open_lots, a_sequences, a_hashes)
      as u (tenant_id, id, expected, status, balance, held, open_lots, sequence, hash)
    where a.tenant_id = u.tenant_id and a.id = u.id and a.version = u.expected;
    get diagnostics v_rows = row_count;
    if v_rows <> cardinality(a_ids) then
      raise exception 'An account moved under the batch: % of % are as they were loaded', v_rows, cardinality(a_ids)
        using errcode = 'serialization_failure';
    end if;
  end if;

  if cardinality(j_ids) > 0 then
    insert into journals (tenant_id, id, kind, account_id, operation, reference, fingerprint, currency, amount_minor,
      fee_minor, tax_minor, posted_at, business_at, description, metadata, service_version_id, reversal_of, hold_id,
      actor, request_id, leg_accounts, leg_sequences)
    select j.tenant_id, j.id, j.kind, j.account_id, j.operation, j.reference, j.fingerprint, j.currency, j.amount,
      coalesce(j.fee, 0), coalesce(j.tax, 0), v_now, to_timestamp(j.business_ms / 1000.0), j.description, j.metadata, j.service, j.reversal,
      j.hold, j.actor, j.request, e_accounts[j.first_leg:j.last_leg], e_sequences[j.first_leg:j.last_leg]
    from unnest(j_tenants, j_ids, j_kinds, j_accounts, j_operations, j_references, j_fingerprints, j_currencies,
      j_amounts, j_fees, j_taxes, j_business_ms, j_descriptions, j_metadata, j_services, j_reversals, j_holds, j_actors,
      j_requests, j_first_legs, j_last_legs)
      as j (tenant_id, id, kind, account_id, operation, reference, fingerprint, currency, amount, fee, tax, business_ms,
        description, metadata, service, reversal, hold, actor, request, first_leg, last_leg);

    insert into entries (tenant_id, account_id, sequence, journal_id, leg, kind, amount_minor, balance_after_minor, hash)
    select e.tenant_id, e.account_id, e.sequence, e.journal_id, e.leg, e.kind, e.amount, e.balance, e.hash
    from unnest(e_tenants, e_accounts, e_sequences, e_journals, e_legs, e_kinds, e_amounts, e_balances, e_hashes)
      as e (tenant_id, account_id, sequence, journal_id, leg, kind, amount, balance, hash);

    insert into events (tenant_id, id, type, journal_id, account_id, sequence, created_at)
    select j.tenant_id, j.id, j.event, j.id, j.account_id, e_sequences[j.first_leg], v_now
    from unnest(j_tenants, j_ids, j_accounts, j_first_legs, j_events)
      as j (tenant_id, id, account_id, first_leg, event)
    where j.event is not null;
  end if;

  if p_rest is not null then
    perform ledger_append_rest(v_now, p_rest);
  end if;
end $$;

create function ledger_append_rest(v_now timestamptz, p_rest json) returns void language plpgsql
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

  insert into audit_log (tenant_id, id, actor, request_id, action, object_id, reason, before, after, created_at)
  select c.tenant, c.id, c.actor, c.request, c.action, c.object, c.reason, c.before, c.after, v_now
  from json_to_recordset(coalesce(p_rest -> 'audit', '[]')) as c (tenant bigint, id bigint, actor text, request text,
    action text, object text, reason text, before text, after text);

  -- The primary key decides between two requests with one Idempotency-Key: the second batch fails and is bisected.
  insert into answers (tenant_id, key, fingerprint, status, body, journal_id, created_at)
  select a.tenant, a.key, a.fingerprint, a.status, a.body, a.journal, v_now
  from json_to_recordset(coalesce(p_rest -> 'answers', '[]')) as a (tenant bigint, key text, fingerprint text,
    status smallint, body text, journal bigint);
end $$;
