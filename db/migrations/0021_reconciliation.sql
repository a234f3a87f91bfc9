-- Reconciliation against a provider's statement, search, notes, and what the request log is filtered by.

-- One statement of a provider, as somebody imported it. Of an operator's person who named no client it covers all clients of
-- the mode; its tenant is then the operator's own.
create table reconciliation_imports (
  tenant_id bigint not null,
  id bigint not null,
  provider text not null,
  covers_all boolean not null,
  -- Only payments through this account of the provider; null for all of them.
  provider_account text,
  file_name text not null,
  -- SHA-256 over the file and how it was to be read. Guarantee: the same file twice is one import.
  file_hash bytea not null,
  file_bytes integer not null,
  time_zone text not null,
  -- The period the statement speaks of: what succeeded in it, with us, has to be in it.
  period_from timestamptz(3),
  period_to timestamptz(3),
  currencies text[] not null,
  line_count integer not null,
  -- How many lines have an outcome that asks for a person, and how many of them nobody has answered yet.
  break_count integer not null,
  open_breaks integer not null check (open_breaks between 0 and break_count),
  actor text not null,
  request_id text not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
create unique index reconciliation_imports_once on reconciliation_imports (tenant_id, file_hash);
create index reconciliation_imports_open on reconciliation_imports (tenant_id, id desc) where open_breaks > 0;

-- What came of each line, and a line for everything of ours that is not in the statement. Amounts are what counts on either
-- side, signed: a refund is negative, what did not succeed is 0. So the sums of the two columns are the totals, and the sums
-- by outcome explain their difference to the minor unit.
create table reconciliation_lines (
  tenant_id bigint not null,
  import_id bigint not null,
  number integer not null,
  outcome text not null check (outcome in ('matched', 'missing_here', 'missing_there', 'amount_differs', 'status_differs',
    'duplicate', 'not_compared', 'unreadable')),
  kind text not null check (kind in ('payment', 'refund', 'reversal', 'other')),
  -- In the file; null of what is not in it.
  file_line integer,
  receipt text,
  reference text,
  payer text,
  status text check (status in ('succeeded', 'failed', 'pending', 'reversed')),
  amount_minor bigint,
  currency text,
  occurred_at timestamptz(3),
  -- Of an unreadable line.
  problem_field text,
  problem text,
  -- The row as it came, cut to a bound; kept of what is not plainly matched.
  raw text,
  theirs_minor bigint not null default 0,
  matched_by text check (matched_by in ('receipt', 'reference', 'payer')),
  our_tenant_id bigint,
  our_payment_id bigint,
  our_refund_id bigint,
  -- As it was when the statement was imported.
  our_status text,
  our_amount_minor bigint,
  our_currency text,
  our_at timestamptz(3),
  ours_minor bigint not null default 0,
  resolution text check (resolution in ('noted', 'payment_resolved', 'matched_later')),
  resolution_reason text,
  resolved_by text,
  resolved_at timestamptz(3),
  primary key (tenant_id, import_id, number),
  foreign key (tenant_id, import_id) references reconciliation_imports (tenant_id, id),
  check ((resolution is null) = (resolved_at is null)),
  check ((outcome = 'missing_there') = (file_line is null))
);
create index reconciliation_lines_by_outcome on reconciliation_lines (tenant_id, import_id, outcome, number);
create index reconciliation_lines_open on reconciliation_lines (tenant_id, import_id, number)
  where resolved_at is null and outcome in ('missing_here', 'missing_there', 'amount_differs', 'status_differs', 'unreadable');
-- What a later statement may bring after all.
create index reconciliation_lines_awaited on reconciliation_lines (our_payment_id)
  where outcome = 'missing_there' and resolved_at is null and our_payment_id is not null;

-- A line is never deleted, and changed once: by the answer to it.
create function refuse_line_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.resolved_at is null
       and (to_jsonb(new) - '{resolution,resolution_reason,resolved_by,resolved_at}'::text[])
         = (to_jsonb(old) - '{resolution,resolution_reason,resolved_by,resolved_at}'::text[]) then
      return new;
    end if;
  end if;
  raise exception 'lines of a reconciliation are answered once and never change' using errcode = 'insufficient_privilege';
end $$;
create trigger answered_once before update or delete on reconciliation_lines
  for each row execute function refuse_line_change();
create trigger answered_once_truncate before truncate on reconciliation_lines
  for each statement execute function refuse_change();

-- What staff should know about a wallet.
create table account_notes (
  tenant_id bigint not null,
  id bigint not null,
  account_id bigint not null,
  body text not null,
  actor text not null,
  request_id text not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, id)
);
create index account_notes_by_account on account_notes (tenant_id, account_id, id desc);
create trigger append_only before update or delete on account_notes for each row execute function refuse_change();
create trigger append_only_truncate before truncate on account_notes for each statement execute function refuse_change();

-- Statements and people name a payment by its receipt, the operator's without saying whose it is: the receipt goes first, and
-- who does say the client is served by it as well. What succeeded in a period is looked for by when it was paid.
drop index if exists payments_by_receipt;
create index payments_receipt on payments (receipt, tenant_id) where receipt is not null;
create index payments_paid on payments (provider, paid_at) where paid_at is not null;

create index refunds_receipt on refunds (receipt) where receipt is not null;
create index refunds_provider_reference on refunds (provider_reference) where provider_reference is not null;
create index refunds_ended on refunds (provider, ended_at) where state = 'succeeded' and provider is not null;

-- Search: beginnings of words of names, of ids and of phone numbers. In each tenant for itself, so that a client with few
-- customers never pays for one with many.
create index customers_words on customers using gin (to_tsvector('simple'::regconfig, coalesce(name, '')));
create index customers_id_prefix on customers (tenant_id, lower(id) text_pattern_ops);
create index customers_phone_prefix on customers (tenant_id, phone text_pattern_ops) where phone is not null;

revoke execute on function refuse_line_change() from public;
grant execute on function refuse_line_change() to pesewa_app;
grant select, insert, update on reconciliation_imports, reconciliation_lines to pesewa_app;
grant select, insert on account_notes to pesewa_app;
