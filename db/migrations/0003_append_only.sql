-- Append-only by role and, behind that, by trigger. A later migration that adds a table grants on it itself.

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only; a correction is a reversal', tg_table_name using errcode = 'insufficient_privilege';
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['journals', 'entries', 'lot_uses', 'events', 'audit_log', 'seals', 'seal_heads', 'seal_keys', 'service_versions'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', t);
    execute format('create trigger append_only_truncate before truncate on %I for each statement execute function refuse_change()', t);
  end loop;
  -- A truncate of a partition does not fire its parent's statement trigger.
  for t in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
           where i.inhparent in ('journals'::regclass, 'entries'::regclass) loop
    execute format('create trigger append_only_truncate before truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;

do $$
begin
  if not exists (select from pg_roles where rolname = 'pesewa_app') then
    create role pesewa_app nologin;
  end if;
end $$;
grant pesewa_app to current_user;
grant usage on schema public to pesewa_app;
grant select, insert, update, delete on all tables in schema public to pesewa_app;
revoke update, delete, truncate on journals, entries, lot_uses, events, audit_log, seals, seal_heads, seal_keys, service_versions from pesewa_app;
do $$
declare
  t text;
begin
  for t in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
           where i.inhparent in ('journals'::regclass, 'entries'::regclass) loop
    execute format('revoke all on %I from pesewa_app', t);
  end loop;
end $$;
-- What posting writes is written by ledger_append alone; accounts are opened, never changed or deleted, beside it.
revoke insert on journals, entries, lot_uses from pesewa_app;
revoke update, delete, truncate on accounts from pesewa_app;
revoke insert, update, delete, truncate on lots, holds, service_usage from pesewa_app;
revoke delete, truncate on tenants, clients from pesewa_app;
revoke execute on all functions in schema public from public;
grant usage, select on all sequences in schema public to pesewa_app;
grant execute on all functions in schema public to pesewa_app;
-- Readiness asks whether the newest migration is there.
grant usage on schema drizzle to pesewa_app;
grant select on drizzle.__drizzle_migrations to pesewa_app;
