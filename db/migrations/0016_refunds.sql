-- Money given back: a payment's, whole or in part, and what a close leaves due. No money is decided here: the books say
-- whether a refund has been taken from where it stood, and whether it came back (server/ledger/core/collect.ts).

create table refunds (
  tenant_id bigint not null,
  id bigint not null,
  -- The caller's own, for ever: who asks twice is paid once.
  reference text not null,
  -- What must agree when the reference comes again.
  fingerprint text not null,
  -- pending: nothing was sent. submitted may have reached the provider. in_reconciliation is a question for a person.
  state text not null check (state in ('pending', 'submitted', 'succeeded', 'failed', 'in_reconciliation')),
  method text not null check (method in ('provider', 'recorded')),
  -- Where the money stands that is given back.
  source text not null check (source in ('wallet', 'collections', 'due')),
  payment_id bigint,
  top_up_id bigint,
  wallet_id bigint,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  reason text not null,
  -- How a provider gives it back: by undoing its own payment, or by sending money to a phone.
  way text check (way in ('refund', 'payout')),
  provider text,
  provider_account text,
  -- What the provider knows it by: a random UUID.
  attempt_reference uuid,
  channel text,
  country text,
  phone text,
  payee_name text,
  provider_reference text,
  receipt text,
  failure_code text,
  failure_message text,
  -- What took the money out of the books, and what brought it back where the refund failed.
  journal_id bigint,
  return_journal_id bigint,
  returned_to text check (returned_to in ('wallet', 'collections', 'due')),
  -- Failed, and still not back: the provider had taken the whole payment meanwhile, this part of it included.
  is_kept boolean not null default false,
  actor text not null,
  request_id text not null,
  credential text,
  address text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  submitted_at timestamptz(3),
  ended_at timestamptz(3),
  -- When something is done or asked next; null when nothing more is expected to happen by itself.
  next_poll_at timestamptz(3),
  polls integer not null default 0,
  -- A worker holds the row until then, under a number that each lease raises: who wakes late has an old one.
  lease_until timestamptz(3),
  lease_number bigint not null default 0,
  primary key (tenant_id, id),
  check ((method = 'provider') = (way is not null)),
  check ((method = 'provider') = (attempt_reference is not null)),
  check (source = 'collections' or wallet_id is not null),
  check (return_journal_id is null or state = 'failed')
) with (fillfactor = 80);
-- Guarantee: of two requests with one reference one makes a refund.
create unique index refunds_reference on refunds (tenant_id, reference);
create unique index refunds_attempt on refunds (attempt_reference, tenant_id) where attempt_reference is not null;
create index refunds_due on refunds (next_poll_at) where next_poll_at is not null;
create index refunds_by_state on refunds (tenant_id, state, id desc);
create index refunds_by_method on refunds (tenant_id, method, id desc);
create index refunds_by_payment on refunds (tenant_id, payment_id, id desc) where payment_id is not null;
create index refunds_by_top_up on refunds (tenant_id, top_up_id, id desc) where top_up_id is not null;
create index refunds_by_wallet on refunds (tenant_id, wallet_id, id desc) where wallet_id is not null;

-- A refund's history: what it went through, and what its provider said, secrets masked.
create table refund_steps (
  tenant_id bigint not null,
  id bigint not null,
  refund_id bigint not null,
  kind text not null check (kind in ('transition', 'observation')),
  from_state text,
  to_state text,
  cause text not null,
  source text not null,
  actor text,
  note text,
  raw text,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
create index refund_steps_by_refund on refund_steps (tenant_id, refund_id, id);

create trigger append_only before update or delete on refund_steps for each row execute function refuse_change();
create trigger append_only_truncate before truncate on refund_steps for each statement execute function refuse_change();
-- Guarantee: only what the books refused, and so never happened, can be taken away again.
create trigger keep_posted before delete on refunds for each row when (old.journal_id is not null)
  execute function refuse_change();

grant select, insert, update, delete on refunds to pesewa_app;
grant select, insert on refund_steps to pesewa_app;
