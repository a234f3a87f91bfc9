-- Who acts (people and programs that log in), and what a client's profile says. The operator is a client too: its staff,
-- its keys and its audit trail are kept like anyone's, and only the flag lets its people act on others.

alter table clients
  add column is_operator boolean not null default false,
  add column code text,
  add column email text,
  add column phone text,
  add column contact_name text,
  add column contact_email text,
  add column contact_phone text,
  add column business_pin text,
  add column physical_address text,
  -- ISO 3166-1 alpha-2.
  add column country text,
  add column logo text,
  add column description text,
  add column updated_at timestamptz(3) not null default now();
update clients
set code = rpad(upper(left(regexp_replace(name, '[^A-Za-z]', '', 'g'), 3)), 3, 'X') || upper(substr(md5(id::text || name), 1, 7));
alter table clients alter column code set not null;
create unique index clients_code on clients (code);
create unique index clients_email on clients (lower(email)) where email is not null;
create unique index clients_business_pin on clients (business_pin) where business_pin is not null;
create unique index clients_operator on clients (is_operator) where is_operator;
create index clients_name on clients (lower(name) text_pattern_ops);

create table users (
  id bigint primary key,
  client_id bigint not null,
  -- The name to log in with, in lower case.
  email text not null,
  name text not null,
  kind text not null check (kind in ('staff', 'api_user')),
  role text not null,
  password_hash text not null,
  status text not null default 'active' check (status in ('active', 'inactive')),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  password_changed_at timestamptz(3) not null,
  last_login_at timestamptz(3)
);
create unique index users_email on users (email);
create index users_by_client on users (client_id, id desc);

-- One row for each access token; of the token only its hash.
create table login_sessions (
  id bigint primary key,
  user_id bigint not null,
  mode text not null check (mode in ('live', 'test')),
  lookup_id text not null,
  token_hash bytea not null,
  address text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3)
);
create unique index login_sessions_lookup on login_sessions (lookup_id);
create index login_sessions_by_user on login_sessions (user_id, id desc);
create index login_sessions_age on login_sessions (expires_at);

-- Failed log-ins by account and by address: `account:…`, `address:…`.
create table login_throttles (
  key text primary key,
  failures integer not null,
  last_failed_at timestamptz(3) not null,
  blocked_until timestamptz(3) not null
);
create index login_throttles_age on login_throttles (last_failed_at);

alter table request_log add column user_id bigint;
alter table audit_log add column credential text, add column address text;

grant select, insert, update on users to pesewa_app;
grant select, insert, update, delete on login_sessions, login_throttles to pesewa_app;
