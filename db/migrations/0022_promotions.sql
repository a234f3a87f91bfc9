-- Promotions, what they were issued by, and what reports read.

-- A campaign: what its credits have in common, and how much it may cost.
create table promotions (
  tenant_id bigint not null,
  id bigint not null,
  -- The client's own word for it.
  code text not null,
  name text not null,
  currency text not null,
  -- What a row without an amount, or without an expiry, is issued with.
  amount_minor bigint check (amount_minor > 0),
  expires_at timestamptz(3),
  priority smallint not null check (priority between 0 and 100),
  budget_minor bigint check (budget_minor > 0),
  -- Issued by imports, or set aside for one that is being issued. Guarantee: the check holds the budget whoever issues at once.
  reserved_minor bigint not null default 0 check (reserved_minor >= 0),
  status text not null check (status in ('active', 'ended')),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (tenant_id, id),
  constraint promotions_budget check (budget_minor is null or reserved_minor <= budget_minor)
);
create unique index promotions_code on promotions (tenant_id, code);

-- A file of credits: judged first, issued afterwards.
create table promotion_imports (
  tenant_id bigint not null,
  id bigint not null,
  promotion_id bigint,
  file_name text,
  description text not null,
  priority smallint not null,
  state text not null check (state in ('checked', 'issuing', 'stopping', 'done', 'stopped', 'discarded')),
  row_count integer not null,
  ready_count integer not null,
  refused_count integer not null,
  issued_count integer not null default 0,
  failed_count integer not null default 0,
  -- Taken from the promotion's budget when it begins; what was not issued goes back at its end.
  reserved_minor bigint not null default 0,
  actor text not null,
  request_id text not null,
  -- Who has it issued: the origin of its journals.
  issued_by text,
  issue_request_id text,
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  ended_at timestamptz(3),
  -- A worker holds the import until then, under a number that each lease raises: who wakes late has an old one.
  lease_until timestamptz(3),
  lease_number bigint not null default 0,
  primary key (tenant_id, id)
) with (fillfactor = 70);
create index promotion_imports_running on promotion_imports (tenant_id, id) where state in ('issuing', 'stopping');
create index promotion_imports_by_promotion on promotion_imports (tenant_id, promotion_id, id desc);

create table promotion_import_rows (
  tenant_id bigint not null,
  import_id bigint not null,
  -- As a person counts them: of a CSV file the line, where the header is 1; of JSON rows their place from 1.
  line integer not null,
  -- As it came, one JSON object.
  given text not null,
  account_id bigint,
  customer_id text,
  customer_name text,
  currency text,
  amount_minor bigint,
  expires_at timestamptz(3),
  note text,
  state text not null check (state in ('ready', 'refused', 'issued', 'failed', 'left_out')),
  error_code text,
  error_field text,
  error_value text,
  error_message text,
  -- The journal's and lot's id, fixed before the first try: a retry after a crash names the same effect.
  lot_id bigint,
  handled_at timestamptz(3),
  primary key (tenant_id, import_id, line),
  check ((state in ('refused', 'failed')) = (error_message is not null))
);
create index promotion_import_rows_by_state on promotion_import_rows (tenant_id, import_id, state, line);
create unique index promotion_import_rows_lot on promotion_import_rows (tenant_id, lot_id) where lot_id is not null;

-- ── what reports are made of ──────────────────────────────────────────────────────────────────────────────────────

-- Sums per day (UTC) of every account but wallets, which are what the others leave: the books sum to zero. Kept by
-- server/reports/roll-up.ts from the entries after `sequence`; an account's sequences have no gap, so nothing is missed and
-- nothing counted twice, in whichever order transactions commit.
create table account_marks (
  tenant_id bigint not null,
  account_id bigint not null,
  type text not null,
  currency text not null,
  sequence bigint not null,
  -- After the entry of that sequence.
  balance_minor bigint not null,
  primary key (tenant_id, account_id)
) with (fillfactor = 70);

create table account_days (
  tenant_id bigint not null,
  account_id bigint not null,
  day date not null,
  kind text not null,
  type text not null,
  currency text not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  entries integer not null,
  primary key (tenant_id, account_id, day, kind)
) with (fillfactor = 70);
create index account_days_by_day on account_days (tenant_id, day);

-- Fees and tax as posted, less what reversals gave back; service 0 is none.
create table fee_days (
  tenant_id bigint not null,
  service_id bigint not null,
  currency text not null,
  day date not null,
  fee_minor bigint not null,
  tax_minor bigint not null,
  charged integer not null,
  primary key (tenant_id, service_id, currency, day)
) with (fillfactor = 70);
create index fee_days_by_day on fee_days (tenant_id, day);

-- What became of promotional credit; promotion 0 is none. What was undone counts against what was used.
create table lot_days (
  tenant_id bigint not null,
  promotion_id bigint not null,
  currency text not null,
  day date not null,
  lots integer not null,
  issued_minor bigint not null,
  used_minor bigint not null,
  expired_minor bigint not null,
  -- By the close of a wallet.
  forfeited_minor bigint not null,
  -- By reversing the credit.
  taken_back_minor bigint not null,
  primary key (tenant_id, promotion_id, currency, day)
) with (fillfactor = 70);
create index lot_days_by_day on lot_days (tenant_id, day);

-- Until when the tables above count everything; one row.
create table report_progress (
  id smallint primary key check (id = 1),
  counted_until timestamptz(3) not null
);

-- Lot uses that are in no day yet. A row comes with its use and goes with its being counted, so none is missed.
create table lot_use_queue (
  tenant_id bigint not null,
  account_id bigint not null,
  sequence bigint not null,
  lot_id bigint not null,
  primary key (tenant_id, account_id, sequence, lot_id)
);
insert into lot_use_queue (tenant_id, account_id, sequence, lot_id)
  select tenant_id, account_id, sequence, lot_id from lot_uses;
create function queue_lot_uses() returns trigger language plpgsql as $$
begin
  insert into lot_use_queue (tenant_id, account_id, sequence, lot_id)
  select n.tenant_id, n.account_id, n.sequence, n.lot_id from fresh n;
  return null;
end $$;
create trigger queue_lot_uses after insert on lot_uses referencing new table as fresh
  for each statement execute function queue_lot_uses();

-- Top-ups by day, and how many of those begun came to something.
create index payments_by_paid on payments (tenant_id, paid_at)
  include (channel, currency, amount_minor, state, wallet_id) where paid_at is not null;
create index payments_by_created on payments (tenant_id, created_at) include (channel, currency, state, wallet_id);

-- ── what lists look up by ─────────────────────────────────────────────────────────────────────────────────────────

-- Journals by kind: debits are nearly all there are, and found among all of them; posting one costs what it did.
create index journals_other_kinds on journals (tenant_id, kind, id desc) where kind <> 'debit';
-- A reference without its account: what a caller quotes. The one index here that a debit pays for.
create index journals_by_reference on journals (reference, tenant_id) where reference is not null;
-- The seal that first covers an entry, however many came since.
create index seal_heads_by_sequence on seal_heads (tenant_id, account_id, sequence);
-- Lots of all wallets by what is left of them and when they end.
create index lots_newest on lots (tenant_id, id desc);
create index lots_expiring on lots (tenant_id, expires_at, id)
  where (remaining_minor > 0 or held_minor > 0) and expires_at is not null;

revoke execute on function queue_lot_uses() from public;
grant execute on function queue_lot_uses() to pesewa_app;
grant select, insert, update on promotions, promotion_imports, promotion_import_rows to pesewa_app;
grant select, insert, update on account_marks, account_days, fee_days, lot_days, report_progress to pesewa_app;
grant select, insert, delete on lot_use_queue to pesewa_app;
