-- Accounts: opened by name, found by number, changed through the ledger.

-- Operators look accounts up by number alone, and list those of every client; numbers are given in the order in which
-- accounts are opened, so this is also their order by age. What must be unique is so within its tenant already, and the
-- schema can be distributed by tenant.
create index accounts_by_number on accounts (number);
-- Wallets are nearly all accounts there are: the rest is few and quickly listed. No index more than these: every batch
-- that moves money opens each.
create index accounts_other_types on accounts (tenant_id, type, number desc) where type <> 'CUSTOMER_WALLET';

-- The former function with three parts more: limits of accounts, what people write about them, and in audit rows the
-- credential and address.
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
  set minimum_balance_minor = l.minimum, can_overdraw = l.can_overdraw
  from json_to_recordset(coalesce(p_rest -> 'limits', '[]')) as l (tenant bigint, id bigint, minimum bigint,
    can_overdraw boolean)
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
