-- Signing in to the console: sessions of browsers, second factor, invitations, resets. Of every token only the hash.

-- `token` is what a program logs in for and sends as Bearer; `console` is what a browser's cookie stands for. One is
-- never taken for the other. A console session is for both sets of books: each request says which.
alter table login_sessions
  add column kind text not null default 'token' check (kind in ('token', 'console')),
  add column last_seen_at timestamptz(3),
  add column user_agent text,
  -- When who they are was last proved, by password or code.
  add column proved_at timestamptz(3),
  alter column mode drop not null,
  add constraint login_sessions_by_kind check (
    (kind = 'token' and mode is not null)
    or (kind = 'console' and mode is null and last_seen_at is not null and proved_at is not null)
  );

-- Between password and code: opens nothing but the second step.
create table pending_sign_ins (
  id bigint primary key,
  user_id bigint not null,
  lookup_id text not null,
  token_hash bytea not null,
  -- Where to go afterwards, on this host.
  next text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create unique index pending_sign_ins_lookup on pending_sign_ins (lookup_id);
create index pending_sign_ins_age on pending_sign_ins (expires_at);

create table second_factors (
  user_id bigint primary key,
  -- Sealed with the deployment's encryption key.
  secret text not null,
  created_at timestamptz(3) not null,
  -- Null until a first code has proved that the app has the secret.
  enabled_at timestamptz(3),
  -- The last step of 30 seconds whose code was taken: none is taken twice, and none that is older.
  last_step bigint not null default 0
);

create table recovery_codes (
  user_id bigint not null,
  code_hash bytea not null,
  used_at timestamptz(3),
  primary key (user_id, code_hash)
);

create table invitations (
  id bigint primary key,
  client_id bigint not null,
  email text not null,
  name text not null,
  role text not null,
  lookup_id text not null,
  token_hash bytea not null,
  invited_by text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3),
  user_id bigint,
  check (accepted_at is null or revoked_at is null),
  check ((accepted_at is null) = (user_id is null))
);
create unique index invitations_lookup on invitations (lookup_id);
create index invitations_by_client on invitations (client_id, id desc);

create table password_resets (
  id bigint primary key,
  user_id bigint not null,
  lookup_id text not null,
  token_hash bytea not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
create unique index password_resets_lookup on password_resets (lookup_id);
create index password_resets_by_user on password_resets (user_id) where used_at is null;
create index password_resets_age on password_resets (expires_at);

grant select, insert, update, delete on pending_sign_ins, second_factors, recovery_codes, password_resets to pesewa_app;
grant select, insert, update on invitations to pesewa_app;
