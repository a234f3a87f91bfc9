-- Clients' own credentials at payment providers: used instead of the deployment's for that client's payments.
create table provider_credentials (
  tenant_id bigint not null,
  id bigint not null,
  -- Which entry of the deployment's configuration they are for: its endpoints, these credentials.
  entry text not null,
  provider text not null,
  -- Encrypted (server/kernel/secret-box.ts) with tenant, entry and id as associated data.
  sealed text not null,
  -- What lists may show: the names of the fields, and the last characters of one that is no secret.
  hint text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  -- Not used for anything new; payments that began under them are still asked about.
  revoked_at timestamptz(3),
  primary key (tenant_id, id)
);
-- One set in use for each entry.
create unique index provider_credentials_entry on provider_credentials (tenant_id, entry) where revoked_at is null;

grant select, insert, update on provider_credentials to pesewa_app;
