-- Collecting money: payments, what providers said about them, what came in on callback URLs, and who may be prompted.
-- No money is decided here: the books say whether a payment has been credited (server/ledger/core/collect.ts).

create table payments (
  tenant_id bigint not null,
  id bigint not null,
  -- 16 hex digits of the id, so that public ids sort by age, and 16 of chance. Callbacks name a payment by it alone.
  public_hex text not null check (public_hex ~ '^[0-9a-f]{32}$'),
  reference text not null,
  -- What must agree when the reference comes again.
  fingerprint text not null,
  -- The Idempotency-Key of a request that gave no reference: a crash before its answer was kept must not prompt twice.
  request_key text,
  state text not null check (state in ('created', 'submitting', 'pending', 'in_reconciliation', 'succeeded', 'failed',
    'canceled', 'expired', 'partially_refunded', 'refunded', 'reversed')),
  channel text not null,
  country text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  fee_minor bigint not null default 0 check (fee_minor >= 0),
  tax_minor bigint not null default 0 check (tax_minor >= 0),
  fee_bearer text not null check (fee_bearer in ('client', 'customer')),
  service_version_id bigint,
  refunded_minor bigint not null default 0 check (refunded_minor >= 0 and refunded_minor <= amount_minor),
  provider text not null,
  -- Which of the provider's accounts, and under whose credentials: where it was begun is where it is asked about.
  provider_account text not null,
  -- What the provider knows the attempt by: a random UUID.
  attempt_reference uuid not null,
  provider_reference text,
  receipt text,
  phone text,
  payer_name text,
  payer_email text,
  customer_id text,
  wallet_id bigint,
  top_up_id bigint,
  description text not null,
  metadata text,
  return_url text,
  callback_url text,
  failure_code text,
  failure_message text,
  journal_id bigint,
  next_step text,
  prompt_expires_at timestamptz(3),
  actor text not null,
  request_id text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  initiated_at timestamptz(3),
  paid_at timestamptz(3),
  -- When the provider is asked again; null when nothing more is expected to happen by itself.
  next_poll_at timestamptz(3),
  polls integer not null default 0,
  -- A worker holds the row until then, under a number that each lease raises: who wakes late has an old one.
  lease_until timestamptz(3),
  lease_number bigint not null default 0,
  primary key (tenant_id, id)
) with (fillfactor = 80);
create unique index payments_reference on payments (tenant_id, reference);
create unique index payments_attempt on payments (attempt_reference, tenant_id);
create unique index payments_request_key on payments (tenant_id, request_key) where request_key is not null;
create index payments_provider_reference on payments (provider, provider_reference) where provider_reference is not null;
create index payments_due on payments (next_poll_at) where next_poll_at is not null;
create index payments_open on payments (tenant_id, state, id desc)
  where state in ('created', 'submitting', 'pending', 'in_reconciliation');
create index payments_by_wallet on payments (tenant_id, wallet_id, id desc) where wallet_id is not null;
create index payments_by_top_up on payments (tenant_id, top_up_id, id desc) where top_up_id is not null;

-- The last path segment of a callback URL, hashed: who knows it was told it by us or by the provider.
create table payment_callback_tokens (
  token_hash bytea not null,
  tenant_id bigint not null,
  payment_id bigint not null,
  created_at timestamptz(3) not null,
  primary key (token_hash, tenant_id)
);

-- What providers said, in the order we learned it. `raw` is the message as it came, secrets masked.
create table payment_observations (
  tenant_id bigint not null,
  id bigint not null,
  payment_id bigint not null,
  source text not null check (source in ('initiation', 'status', 'callback')),
  outcome text not null check (outcome in ('succeeded', 'failed', 'pending', 'unknown')),
  code text,
  provider_code text,
  message text,
  provider_reference text,
  receipt text,
  amount_minor bigint,
  currency text,
  provider_fee_minor bigint,
  phone text,
  is_reversed boolean not null default false,
  occurred_at timestamptz(3),
  raw text not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
create index payment_observations_by_payment on payment_observations (tenant_id, payment_id, id);

create table payment_transitions (
  tenant_id bigint not null,
  id bigint not null,
  payment_id bigint not null,
  from_state text,
  to_state text not null,
  cause text not null,
  source text not null,
  actor text not null,
  note text,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
create index payment_transitions_by_payment on payment_transitions (tenant_id, payment_id, id);

-- Everything that came in on a callback URL, kept before it is looked at. Nobody's until it is matched, so it has no
-- tenant in its key.
create table provider_inbox (
  id bigint primary key,
  provider text not null,
  token_hash bytea not null,
  payload_hash bytea not null,
  method text not null,
  path text not null,
  headers text not null,
  body bytea not null,
  status text not null default 'new'
    check (status in ('new', 'processed', 'ignored', 'unmatched', 'forged')),
  note text,
  tenant_id bigint,
  payment_id bigint,
  address text,
  received_at timestamptz(3) not null,
  processed_at timestamptz(3),
  tries integer not null default 0,
  next_try_at timestamptz(3),
  lease_until timestamptz(3)
);
-- Guarantee: the same message on the same URL is looked at once, however often and however fast it is sent.
create unique index provider_inbox_once on provider_inbox (provider, token_hash, payload_hash);
create index provider_inbox_new on provider_inbox (next_try_at) where status = 'new';
create index provider_inbox_by_payment on provider_inbox (tenant_id, payment_id, id) where payment_id is not null;

-- Who may be prompted, what it costs and who is told: one row per set of books, defaults where there is none.
create table collection_policies (
  tenant_id bigint primary key,
  phone_policy text not null check (phone_policy in ('locked', 'otp', 'off')),
  client_service_code text,
  callback_url text,
  prompts_per_phone_hour integer not null check (prompts_per_phone_hour between 1 and 1000),
  prompts_per_phone_day integer not null check (prompts_per_phone_day between 1 and 10000),
  prompts_per_day integer not null check (prompts_per_day between 1 and 100000000),
  updated_at timestamptz(3) not null
);

-- Prompts sent in a window: by phone, and by client.
create table prompt_counts (
  tenant_id bigint not null,
  subject text not null,
  window_start timestamptz(3) not null,
  window_seconds integer not null,
  prompts integer not null,
  primary key (tenant_id, subject, window_seconds, window_start)
) with (fillfactor = 70);
create index prompt_counts_age on prompt_counts (window_start);

create table payment_otps (
  tenant_id bigint not null,
  id bigint not null,
  phone text not null,
  salt bytea not null,
  code_hash bytea not null,
  tries integer not null default 0,
  expires_at timestamptz(3) not null,
  verified_at timestamptz(3),
  token_hash bytea,
  used_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
create index payment_otps_by_phone on payment_otps (tenant_id, phone, id desc);
create unique index payment_otps_token on payment_otps (tenant_id, token_hash) where token_hash is not null;
create index payment_otps_age on payment_otps (expires_at);

-- Where a key's direct-debit requests may come from; at most four (spec decision 20).
alter table api_keys
  add column allowed_ips inet[] not null default '{}' check (cardinality(allowed_ips) <= 4);

create trigger append_only before update or delete on payment_observations for each row execute function refuse_change();
create trigger append_only_truncate before truncate on payment_observations
  for each statement execute function refuse_change();
create trigger append_only before update or delete on payment_transitions for each row execute function refuse_change();
create trigger append_only_truncate before truncate on payment_transitions
  for each statement execute function refuse_change();

grant select, insert, update on payments, provider_inbox, collection_policies to pesewa_app;
grant select, insert on payment_callback_tokens, payment_observations, payment_transitions to pesewa_app;
grant select, insert, update, delete on prompt_counts, payment_otps to pesewa_app;
