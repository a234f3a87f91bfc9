-- Collection: what the console reads of payments, and counters that payments at once do not wait for one another by.

-- Every state, not the open ones alone: a list of what failed is as long as one of what is pending.
create index payments_by_state on payments (tenant_id, state, id desc);
drop index payments_open;
create index payments_by_channel on payments (tenant_id, channel, id desc);
create index payments_by_provider on payments (tenant_id, provider, id desc);
create index payments_by_phone on payments (tenant_id, phone, id desc) where phone is not null;
create index payments_by_customer on payments (tenant_id, customer_id, id desc) where customer_id is not null;
create index payments_by_receipt on payments (tenant_id, receipt) where receipt is not null;
-- What the report counts, without going to the rows themselves.
create index payments_of_period on payments (tenant_id, created_at)
  include (state, channel, currency, amount_minor);

create index top_ups_by_status on top_ups (tenant_id, status, id desc);

-- Counts one prompt towards what a phone and a client may have in a window, and says which limit is reached, if any:
-- the caller then undoes it with its transaction.
-- Guarantee: no window counts past its limit. A client's day is sixteen counters with a sixteenth of the limit each, so
-- that its payments do not wait for each other's commit; who finds one full goes on to the next.
create function count_prompts(
  p_tenant_id bigint, p_now timestamptz, p_phone text, p_phone_hour integer, p_phone_day integer, p_client_day integer
) returns table (reached text, seconds_left integer)
language plpgsql as $$
declare
  hour_start constant timestamptz := to_timestamp(floor(extract(epoch from p_now) / 3600) * 3600);
  day_start constant timestamptz := to_timestamp(floor(extract(epoch from p_now) / 86400) * 86400);
  to_hour constant integer := ceil(extract(epoch from hour_start) + 3600 - extract(epoch from p_now));
  to_day constant integer := ceil(extract(epoch from day_start) + 86400 - extract(epoch from p_now));
  counted integer;
  first constant integer := floor(random() * 16);
  part integer;
  quota integer;
begin
  if p_phone is not null then
    insert into prompt_counts as c (tenant_id, subject, window_seconds, window_start, prompts)
    values (p_tenant_id, 'phone:' || p_phone, 3600, hour_start, 1)
    on conflict on constraint prompt_counts_pkey do update set prompts = c.prompts + 1
    returning c.prompts into counted;
    if counted > p_phone_hour then
      return query select 'phone_hour', to_hour;
      return;
    end if;
    insert into prompt_counts as c (tenant_id, subject, window_seconds, window_start, prompts)
    values (p_tenant_id, 'phone:' || p_phone, 86400, day_start, 1)
    on conflict on constraint prompt_counts_pkey do update set prompts = c.prompts + 1
    returning c.prompts into counted;
    if counted > p_phone_day then
      return query select 'phone_day', to_day;
      return;
    end if;
  end if;
  for i in 0..15 loop
    part := (first + i) % 16;
    quota := (p_client_day + part) / 16;
    -- Read without a lock first: a counter that is full stays so, and nobody has to wait to learn it.
    continue when quota = 0 or exists (
      select from prompt_counts c
      where c.tenant_id = p_tenant_id and c.subject = 'client:' || part and c.window_seconds = 86400
        and c.window_start = day_start and c.prompts >= quota);
    insert into prompt_counts as c (tenant_id, subject, window_seconds, window_start, prompts)
    values (p_tenant_id, 'client:' || part, 86400, day_start, 1)
    on conflict on constraint prompt_counts_pkey do update set prompts = c.prompts + 1 where c.prompts < quota
    returning c.prompts into counted;
    if found then
      return;
    end if;
  end loop;
  return query select 'client_day', to_day;
end $$;
grant execute on function count_prompts to pesewa_app;

-- Whether anything was ever sent for a payment.
create index payment_callback_tokens_by_payment on payment_callback_tokens (tenant_id, payment_id);

-- When somebody last had the provider asked out of turn.
alter table payments add column asked_at timestamptz(3);
