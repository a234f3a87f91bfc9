-- ledger_append as 0002 has it, reading its arrays by subscript instead of unnest. Each array that unnest takes becomes a
-- tuplestore of its own in every statement: forty of them cost a single debit more than its rows did
-- (docs/decisions/0017-arrays-by-subscript.md). Inside PL/pgSQL an array parameter is kept taken apart, so a subscript costs
-- the same wherever it points; an array that was left empty yields nulls.

create or replace function ledger_append(
  p_now_ms bigint,
  j_tenants bigint[], j_ids bigint[], j_kinds text[], j_accounts bigint[], j_operations text[], j_references text[],
  j_fingerprints text[], j_currencies text[], j_amounts bigint[], j_fees bigint[], j_taxes bigint[],
  j_business_ms bigint[], j_descriptions text[], j_metadata text[], j_services bigint[], j_reversals bigint[],
  j_holds bigint[], j_actors text[], j_requests text[], j_first_legs integer[], j_last_legs integer[], j_events text[],
  e_tenants bigint[], e_accounts bigint[], e_sequences bigint[], e_journals bigint[], e_legs integer[], e_kinds text[],
  e_amounts bigint[], e_balances bigint[], e_hashes bytea[],
  a_tenants bigint[], a_ids bigint[], a_expected bigint[], a_statuses text[], a_balances bigint[], a_held bigint[],
  a_open_lots integer[], a_sequences bigint[], a_hashes bytea[],
  p_rest json
) returns void language plpgsql security definer
set search_path = public, pg_temp
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
  v_now timestamptz(3) := to_timestamp(p_now_ms / 1000.0);
  v_rows bigint;
begin
  -- First, so that batches that share an account queue here, in (tenant, id) order, before they touch anything else.
  if cardinality(a_ids) > 0 then
    update accounts a
    set status = a_statuses[i], balance_minor = a_balances[i], held_minor = coalesce(a_held[i], 0),
        open_lots = a_open_lots[i], sequence = a_sequences[i], version = a.version + 1, head_hash = a_hashes[i],
        closed_at = case when a_statuses[i] = 'closed' then coalesce(a.closed_at, v_now) end
    from generate_series(1, cardinality(a_ids)) as i
    where a.tenant_id = a_tenants[i] and a.id = a_ids[i] and a.version = a_expected[i];
    get diagnostics v_rows = row_count;
    if v_rows <> cardinality(a_ids) then
      raise exception 'An account moved under the batch: % of % are as they were loaded', v_rows, cardinality(a_ids)
        using errcode = 'serialization_failure';
    end if;
  end if;

  if cardinality(j_ids) > 0 then
    insert into journals (tenant_id, id, kind, account_id, operation, reference, fingerprint, currency, amount_minor,
      fee_minor, tax_minor, posted_at, business_at, description, metadata, service_version_id, reversal_of, hold_id,
      actor, request_id, leg_accounts, leg_sequences)
    select j_tenants[i], j_ids[i], j_kinds[i], j_accounts[i], j_operations[i], j_references[i], j_fingerprints[i],
      j_currencies[i], j_amounts[i], coalesce(j_fees[i], 0), coalesce(j_taxes[i], 0), v_now,
      to_timestamp(j_business_ms[i] / 1000.0), j_descriptions[i], j_metadata[i], j_services[i], j_reversals[i],
      j_holds[i], j_actors[i], j_requests[i],
      -- Two legs are what nearly every journal has, four one with a fee; a slice copies the whole array.
      case j_last_legs[i] - j_first_legs[i]
        when 1 then array[e_accounts[j_first_legs[i]], e_accounts[j_last_legs[i]]]
        when 3 then array[e_accounts[j_first_legs[i]], e_accounts[j_first_legs[i] + 1], e_accounts[j_first_legs[i] + 2],
          e_accounts[j_last_legs[i]]]
        else e_accounts[j_first_legs[i]:j_last_legs[i]] end,
      case j_last_legs[i] - j_first_legs[i]
        when 1 then array[e_sequences[j_first_legs[i]], e_sequences[j_last_legs[i]]]
        when 3 then array[e_sequences[j_first_legs[i]], e_sequences[j_first_legs[i] + 1], e_sequences[j_first_legs[i] + 2],
          e_sequences[j_last_legs[i]]]
        else e_sequences[j_first_legs[i]:j_last_legs[i]] end
    from generate_series(1, cardinality(j_ids)) as i;

    insert into entries (tenant_id, account_id, sequence, journal_id, leg, kind, amount_minor, balance_after_minor, hash)
    select e_tenants[i], e_accounts[i], e_sequences[i], e_journals[i], e_legs[i], e_kinds[i], e_amounts[i], e_balances[i],
      e_hashes[i]
    from generate_series(1, cardinality(e_journals)) as i;

    insert into events (tenant_id, id, type, journal_id, account_id, sequence, created_at)
    select j_tenants[i], j_ids[i], j_events[i], j_ids[i], j_accounts[i], e_sequences[j_first_legs[i]], v_now
    from generate_series(1, cardinality(j_ids)) as i
    where j_events[i] is not null;
  end if;

  if p_rest is not null then
    perform ledger_append_rest(v_now, p_rest);
  end if;
end $$;
