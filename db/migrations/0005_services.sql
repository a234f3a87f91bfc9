-- Client services: a named set of rules of one set of books, in versions. What a transaction was decided under is a row of
-- service_versions that never changes; the service itself keeps only what decides nothing.

create table client_services (
  tenant_id bigint not null,
  id bigint not null,
  -- As requests name it: three letters of the name and seven of chance.
  code text not null,
  name text not null,
  -- The client's own word for the kind of service; several services may share one.
  service_code text not null,
  -- When set, only accounts of this currency may use it.
  currency text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
create unique index client_services_code on client_services (code, tenant_id);
create index client_services_newest on client_services (id desc, tenant_id);

alter table service_versions
  -- 1, 2, 3 … within its service: of two in force from one moment the later counts.
  add column number integer not null default 1 check (number > 0),
  add column created_at timestamptz(3) not null default now(),
  add column actor text not null default 'set-up';
alter table service_versions
  alter column number drop default,
  alter column created_at drop default,
  alter column actor drop default,
  alter column effective_at drop default;
-- Two changes at once cannot both build on the same version, lock or no lock.
create unique index service_versions_number on service_versions (tenant_id, service_id, number);

grant select, insert, update on client_services to pesewa_app;
