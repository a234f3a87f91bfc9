-- The audit log is chained (docs/decisions/0016-audit-chain.md): every audit row has a link that hashes the row and the
-- link before it. Links are made at COMMIT, so whoever writes the row neither knows nor can forget it.

create table audit_chain (
  tenant_id bigint not null,
  sequence bigint not null,
  audit_id bigint not null,
  hash bytea not null,
  primary key (tenant_id, sequence),
  unique (tenant_id, audit_id)
);

-- Where a tenant's chain stands; its row is the lock under which links are appended.
create table audit_heads (
  tenant_id bigint primary key,
  sequence bigint not null,
  hash bytea not null
);

-- A field with its length in bytes before it, so that no two rows can read the same; a dash is null.
create function audit_field(value text) returns text language sql immutable as $$
  select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-')
$$;

-- Layout 1 of a row's digest, and of a link's hash. The same as server/ledger/core/audit-hash.ts, which judges this. A
-- change of either is a new layout beside the old, never an edit.
create function audit_digest(a audit_log) returns bytea language sql stable as $$
  select sha256(convert_to('1|' || audit_field(a.tenant_id::text) || '|' || audit_field(a.id::text) || '|'
    || audit_field(a.actor) || '|' || audit_field(a.credential) || '|' || audit_field(a.address) || '|'
    || audit_field(a.request_id) || '|' || audit_field(a.action) || '|' || audit_field(a.object_id) || '|'
    || audit_field(a.reason) || '|' || audit_field(a.before) || '|' || audit_field(a.after) || '|'
    || audit_field((extract(epoch from a.created_at) * 1000)::bigint::text), 'UTF8'))
$$;

create function audit_link_hash(previous bytea, sequence bigint, a audit_log) returns bytea language sql stable as $$
  select sha256(convert_to('1|' || encode(previous, 'hex') || '|' || a.tenant_id || '|' || sequence || '|' || a.id || '|'
    || encode(audit_digest(a), 'hex'), 'UTF8'))
$$;

-- Rows that are there already, by tenant in id order.
do $$
declare
  v_row audit_log;
  v_head audit_heads;
begin
  for v_row in select * from audit_log order by tenant_id, id loop
    if v_head.tenant_id is distinct from v_row.tenant_id then
      v_head := row (v_row.tenant_id, 0, decode(repeat('00', 32), 'hex'));
    end if;
    v_head.sequence := v_head.sequence + 1;
    v_head.hash := audit_link_hash(v_head.hash, v_head.sequence, v_row);
    insert into audit_chain (tenant_id, sequence, audit_id, hash)
    values (v_row.tenant_id, v_head.sequence, v_row.id, v_head.hash);
    insert into audit_heads (tenant_id, sequence, hash) values (v_head.tenant_id, v_head.sequence, v_head.hash)
    on conflict (tenant_id) do update set sequence = excluded.sequence, hash = excluded.hash;
  end loop;
end $$;

-- Notes a row for the end of its transaction, which then knows all of them and can take them in order. A savepoint that
-- is rolled back takes its notes along.
create function audit_note() returns trigger language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform set_config('pesewa.audit_rows',
    concat_ws(',', nullif(current_setting('pesewa.audit_rows', true), ''), new.tenant_id || ':' || new.id), true);
  return null;
end $$;

-- Links every row of the transaction, with the first of them that is due. Runs inside COMMIT, as its owner.
-- Guarantee: a head is locked until the transaction has ended, so links of a tenant follow one another without a gap or
-- a fork; heads are locked in tenant order and nothing else is locked after them, so no two commits wait for each other.
-- What the note says decides the order and nothing more: the row that fired this is linked whether or not it is noted.
create function audit_append() returns trigger language plpgsql security definer
set search_path = public, pg_temp
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  v_row audit_log;
  v_head audit_heads;
begin
  if exists (select from audit_chain c where c.tenant_id = new.tenant_id and c.audit_id = new.id) then
    return null;
  end if;
  for v_row in
    select a.*
    from (
      select split_part(n, ':', 1)::bigint as tenant_id, split_part(n, ':', 2)::bigint as id
      from unnest(string_to_array(current_setting('pesewa.audit_rows', true), ',')) as n
      where n ~ '^[0-9]{1,19}:[0-9]{1,19}$'
      union
      select new.tenant_id, new.id
    ) w
    cross join lateral (select * from audit_log x where x.tenant_id = w.tenant_id and x.id = w.id) a
    where not exists (select from audit_chain c where c.tenant_id = w.tenant_id and c.audit_id = w.id)
    order by a.tenant_id, a.id
  loop
    if v_head.tenant_id is distinct from v_row.tenant_id then
      insert into audit_heads (tenant_id, sequence, hash)
      values (v_row.tenant_id, 0, decode(repeat('00', 32), 'hex')) on conflict (tenant_id) do nothing;
      select * into strict v_head from audit_heads h where h.tenant_id = v_row.tenant_id for no key update;
    end if;
    v_head.sequence := v_head.sequence + 1;
    v_head.hash := audit_link_hash(v_head.hash, v_head.sequence, v_row);
    insert into audit_chain (tenant_id, sequence, audit_id, hash)
    values (v_row.tenant_id, v_head.sequence, v_row.id, v_head.hash);
    update audit_heads h set sequence = v_head.sequence, hash = v_head.hash where h.tenant_id = v_head.tenant_id;
  end loop;
  return null;
end $$;

create trigger audit_note after insert on audit_log for each row execute function audit_note();
create constraint trigger audit_append after insert on audit_log
  deferrable initially deferred for each row execute function audit_append();

create trigger append_only before update or delete on audit_chain for each row execute function refuse_change();
create trigger append_only_truncate before truncate on audit_chain for each statement execute function refuse_change();
-- A head goes forward one link at a time, and never away.
create function refuse_other_head() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.tenant_id = old.tenant_id and new.sequence = old.sequence + 1 then
    return new;
  end if;
  raise exception 'audit_heads only goes forward' using errcode = 'insufficient_privilege';
end $$;
create trigger forward_only before update or delete on audit_heads for each row execute function refuse_other_head();
create trigger forward_only_truncate before truncate on audit_heads for each statement execute function refuse_other_head();

-- What GET /v1/audit filters by; audit_log_by_object is there already.
create index audit_log_by_actor on audit_log (tenant_id, actor, id desc);
create index audit_log_by_action on audit_log (tenant_id, action text_pattern_ops, id desc);
create index audit_log_by_request on audit_log (tenant_id, request_id);
create index audit_log_by_time on audit_log (tenant_id, created_at);

-- The role reads; it writes neither, and no function of it does but the trigger's, which nobody can call.
grant select on audit_chain, audit_heads to pesewa_app;
revoke execute on function audit_field(text), audit_digest(audit_log), audit_link_hash(bytea, bigint, audit_log),
  audit_note(), audit_append(), refuse_other_head() from public;
