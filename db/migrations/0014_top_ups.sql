-- Top-ups: a link where a customer pays into a wallet, and how a client's checkout looks.

create table top_ups (
  tenant_id bigint not null,
  id bigint not null,
  wallet_id bigint not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- Until a payment is tried and after one was refused: created, failed. While one is under way: processing, pending,
  -- in_reconciliation. server/top-ups/follow.ts alone decides how a payment changes it.
  status text not null check (status in
    ('created', 'processing', 'pending', 'in_reconciliation', 'failed', 'succeeded', 'refunded', 'canceled', 'expired')),
  -- Of the last payment that was refused, in our words.
  failure_code text,
  -- What a person says on the phone: eight characters, unique within the books.
  number text not null check (number ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
  -- The link's secret: found by its SHA-256; shown again from the sealed copy (server/kernel/secret-box.ts).
  token_hash bytea not null,
  token_sealed text not null,
  redirect_url text not null,
  cancel_url text,
  metadata text not null default '{}',
  -- Payments tried so far; the reference of each is the number and which try it was.
  attempts smallint not null default 0,
  -- Until then nobody else may try: the try was begun and its payment is not there yet.
  claimed_until timestamptz(3),
  -- Of the payment whose state this follows: the last one tried, or the one that was paid.
  payment_reference text,
  payment_public_id text,
  -- What the payer has typed and not sent to a network yet (JSON): channel, phone, the code's request.
  draft text,
  -- The payer said that they approved the request.
  approved_at timestamptz(3),
  -- The provider was last asked because somebody pressed a button.
  asked_at timestamptz(3),
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (tenant_id, id),
  unique (tenant_id, number)
);
-- The token alone says whose it is; 131 random bits need no unique constraint over all tenants.
create index top_ups_by_token on top_ups (token_hash);
create index top_ups_by_wallet on top_ups (tenant_id, wallet_id, id desc);
create index top_ups_to_expire on top_ups (expires_at) where status in ('created', 'failed');

create table checkout_settings (
  tenant_id bigint primary key,
  -- Hosts that customers may be sent back to, a port where it is not 443.
  return_hosts text[] not null default '{}',
  display_name text,
  -- What the phone's prompt calls the payee.
  prompt_name text,
  -- E.164.
  support_phone text,
  -- #rrggbb.
  brand_colour text,
  updated_at timestamptz(3) not null
);

grant select, insert, update on top_ups, checkout_settings to pesewa_app;
