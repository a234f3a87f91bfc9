-- Automatic top-up: saved payment methods, a rule per wallet, and the queue of wallets to be looked at.

-- A phone or a card that its owner agreed may be asked again. What a card is charged by is sealed and shown to nobody.
create table payment_methods (
  tenant_id bigint not null,
  id bigint not null,
  customer_id text not null,
  type text not null check (type in ('mobile_money', 'card')),
  channel text not null,
  country text not null,
  currency text not null,
  -- E.164 digits.
  phone text check ((type = 'mobile_money') = (phone is not null)),
  -- Of a card: where its token counts, and nowhere else.
  provider_account text check ((type = 'card') = (provider_account is not null)),
  -- Encrypted (server/kernel/secret-box.ts) with tenant and id as associated data; forgotten when the card is detached.
  token_sealed text check (token_sealed is null or type = 'card'),
  -- SHA-256 of the token: a card that is saved twice is one.
  token_hash bytea check ((type = 'card') = (token_hash is not null)),
  card_brand text,
  card_last_four text,
  card_expiry_month text,
  card_expiry_year text,
  -- The provider ties the token to it.
  payer_email text,
  -- What its owner agreed to, when, and who says so.
  consent_statement text not null,
  consent_at timestamptz(3) not null,
  consent_actor text not null,
  created_at timestamptz(3) not null,
  detached_at timestamptz(3),
  primary key (tenant_id, id),
  check (type = 'mobile_money' or (token_sealed is null) = (detached_at is not null))
);
create unique index payment_methods_phone on payment_methods (tenant_id, customer_id, channel, phone)
  where type = 'mobile_money' and detached_at is null;
create unique index payment_methods_token on payment_methods (tenant_id, customer_id, token_hash)
  where type = 'card' and detached_at is null;
create index payment_methods_by_customer on payment_methods (tenant_id, customer_id, id desc);

-- A top-up that a rule starts has no page, and so no link and nowhere to go back to.
alter table top_ups
  add column source text not null default 'checkout' check (source in ('checkout', 'automatic')),
  add column payment_method_id bigint check ((source = 'automatic') = (payment_method_id is not null)),
  alter column token_hash drop not null,
  alter column token_sealed drop not null,
  alter column redirect_url drop not null,
  add check (source = 'automatic' or (token_hash is not null and token_sealed is not null and redirect_url is not null));
-- Whether one is under way, and how much a day and a month have had.
create index top_ups_automatic_open on top_ups (tenant_id, wallet_id)
  where source = 'automatic' and status in ('created', 'processing', 'pending', 'in_reconciliation');
create index top_ups_automatic on top_ups (tenant_id, wallet_id, created_at) where source = 'automatic';

create table auto_topup_rules (
  tenant_id bigint not null,
  wallet_id bigint not null,
  status text not null check (status in ('active', 'paused', 'disabled')),
  -- failures: too many in a row; method_detached: nothing is left to pay with; wallet_closed.
  disabled_reason text check (disabled_reason in ('failures', 'method_detached', 'wallet_closed')),
  -- It acts when what may be spent is less than this.
  threshold_minor bigint not null check (threshold_minor > 0),
  -- Either a fixed amount, or as much as makes what may be spent come to the target.
  amount_minor bigint check (amount_minor > 0),
  target_minor bigint check (target_minor > threshold_minor),
  -- In the order in which they are tried.
  payment_method_ids bigint[] not null check (cardinality(payment_method_ids) <= 4),
  cooldown_seconds integer not null check (cooldown_seconds > 0),
  daily_count_max integer not null check (daily_count_max > 0),
  monthly_count_max integer not null check (monthly_count_max > 0),
  daily_amount_max_minor bigint check (daily_amount_max_minor > 0),
  monthly_amount_max_minor bigint check (monthly_amount_max_minor > 0),
  failures_max smallint not null check (failures_max > 0),
  -- In a row, since the last success.
  failures smallint not null default 0,
  cooldown_until timestamptz(3),
  backed_off_until timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (tenant_id, wallet_id),
  check ((amount_minor is null) <> (target_minor is null)),
  check ((status = 'disabled') = (disabled_reason is not null)),
  check (status = 'disabled' or cardinality(payment_method_ids) > 0)
);
create index auto_topup_rules_by_method on auto_topup_rules using gin (payment_method_ids);

-- Wallets that a worker has to look at. A row is written in the transaction that crosses the threshold, so no crossing is
-- missed; a lease that ran out is anybody's.
create table auto_topup_queue (
  tenant_id bigint not null,
  wallet_id bigint not null,
  due_at timestamptz(3) not null,
  -- The fence: who took it last. A crossing takes it away, so that whoever looked before the crossing cannot end the row.
  lease bigint,
  primary key (tenant_id, wallet_id)
) with (fillfactor = 70);
create index auto_topup_queue_due on auto_topup_queue (due_at);
create sequence auto_topup_leases;

-- The threshold of an active rule stands on the account's row too, where every movement passes by anyway: a wallet without
-- a rule pays for one comparison with null, and no look-up. It is no figure of the books; auto_topup_rules alone sets it.
alter table accounts add column auto_topup_below_minor bigint;

create function mirror_auto_topup_threshold() returns trigger language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if tg_op = 'DELETE' then
    update accounts set auto_topup_below_minor = null where tenant_id = old.tenant_id and id = old.wallet_id;
    return null;
  end if;
  update accounts set auto_topup_below_minor = case when new.status = 'active' then new.threshold_minor end
  where tenant_id = new.tenant_id and id = new.wallet_id
    and auto_topup_below_minor is distinct from case when new.status = 'active' then new.threshold_minor end;
  return null;
end $$;
create trigger mirror_threshold_of_new after insert or delete on auto_topup_rules
  for each row execute function mirror_auto_topup_threshold();
create trigger mirror_threshold after update of status, threshold_minor on auto_topup_rules
  for each row execute function mirror_auto_topup_threshold();

-- Only on crossing: what was under the threshold before is known already. And when a wallet may be used again.
create function queue_auto_topup() returns trigger language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if new.balance_minor - new.held_minor < new.auto_topup_below_minor
    and (old.auto_topup_below_minor is null
      or old.balance_minor - old.held_minor >= old.auto_topup_below_minor
      or new.auto_topup_below_minor > old.auto_topup_below_minor
      or old.status <> new.status)
  then
    insert into auto_topup_queue (tenant_id, wallet_id, due_at) values (new.tenant_id, new.id, '-infinity')
    on conflict (tenant_id, wallet_id) do update set due_at = '-infinity', lease = null;
  end if;
  return null;
end $$;
-- The condition is as short as can be: PostgreSQL reads it anew in every statement, and that is all that a batch of debits of
-- wallets without rules pays.
create trigger queue_auto_topup after update on accounts
  for each row when (new.auto_topup_below_minor is not null) execute function queue_auto_topup();

revoke execute on function mirror_auto_topup_threshold(), queue_auto_topup() from public;
grant execute on function mirror_auto_topup_threshold(), queue_auto_topup() to pesewa_app;
grant select, insert, update on payment_methods to pesewa_app;
grant select, insert, update, delete on auto_topup_rules, auto_topup_queue to pesewa_app;
grant usage on sequence auto_topup_leases to pesewa_app;
