import type { Channel } from '@/contracts/channels';
import { sqlMs } from '@/server/kernel/sql-time';
import type { JournalKind } from '@/server/ledger/core/types';
import { type Party, type PartyRow, partySql, toParty } from './party';

/** A journal in a line. */
export interface JournalSummary {
  readonly id: string;
  /** Where it stands in its list. */
  readonly key: string;
  readonly tenantId: string;
  readonly clientCode: string;
  readonly kind: JournalKind;
  readonly operation: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly taxMinor: bigint;
  readonly currency: string;
  readonly account: Party;
  readonly counterAccount: Party;
  readonly channel: Channel | null;
  readonly paymentId: string | null;
  readonly description: string | null;
  readonly reference: string | null;
  readonly reversalOf: string | null;
  readonly reversedBy: string | null;
  readonly businessAtMs: number;
  readonly postedAtMs: number;
  readonly livemode: boolean;
}

export interface SummaryRow {
  id: string;
  key: string;
  tenant_id: string;
  client_code: string;
  mode: string;
  kind: JournalKind;
  operation: string;
  amount_minor: string;
  fee_minor: string;
  tax_minor: string;
  currency: string;
  account: PartyRow;
  counter_account: PartyRow;
  channel: Channel | null;
  payment_hex: string | null;
  description: string | null;
  reference: string | null;
  reversal_of: string | null;
  reversed_by: string | null;
  business_at_ms: string | null;
  posted_at_ms: string;
}

/** What names a payment in a journal's reference: its public id, whose first half is the stored one. */
const PAYMENT = `j.reference ~ '^pay_[0-7][0-9a-f]{31}$'`;

/** @param wanted SQL of (tenant_id, id, key), in the order of the list */
export const summarySql = (wanted: string): string => `
  select j.id, w.key, j.tenant_id, c.code as client_code, t.mode, j.kind, j.operation, j.amount_minor, j.fee_minor,
    j.tax_minor, j.currency, ${partySql('j.tenant_id', 'j.leg_accounts[1]')} as account,
    ${partySql('j.tenant_id', 'j.leg_accounts[2]')} as counter_account, pay.channel, pay.public_hex as payment_hex,
    j.description, j.reference, j.reversal_of, v.id as reversed_by, ${sqlMs('j.business_at')} as business_at_ms,
    ${sqlMs('j.posted_at')} as posted_at_ms
  from (${wanted}) w
  cross join lateral (select * from journals x where x.tenant_id = w.tenant_id and x.id = w.id limit 1) j
  join tenants t on t.id = j.tenant_id
  join clients c on c.id = t.client_id
  left join lateral (
    select x.channel, x.public_hex from payments x
    where x.tenant_id = j.tenant_id and x.id = (case when ${PAYMENT} then ('x' || substr(j.reference, 5, 16))::bit(64)::bigint end)
      and 'pay_' || x.public_hex = j.reference limit 1
  ) pay on true
  left join lateral (
    select x.id from journals x
    where x.tenant_id = j.tenant_id and x.reversal_of = j.id and x.reversal_of is not null limit 1
  ) v on true
  order by j.id desc`;

export function toSummary(row: SummaryRow): JournalSummary {
  const postedAtMs = Number(row.posted_at_ms);
  return {
    id: row.id,
    key: row.key,
    tenantId: row.tenant_id,
    clientCode: row.client_code,
    kind: row.kind,
    operation: row.operation,
    amountMinor: BigInt(row.amount_minor),
    feeMinor: BigInt(row.fee_minor),
    taxMinor: BigInt(row.tax_minor),
    currency: row.currency,
    account: toParty(row.account),
    counterAccount: toParty(row.counter_account),
    channel: row.channel,
    paymentId: row.payment_hex === null ? null : `pay_${row.payment_hex}`,
    description: row.description,
    reference: row.reference,
    reversalOf: row.reversal_of,
    reversedBy: row.reversed_by,
    businessAtMs: row.business_at_ms === null ? postedAtMs : Number(row.business_at_ms),
    postedAtMs,
    livemode: row.mode === 'live',
  };
}
