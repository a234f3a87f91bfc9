import { formatId } from '@/contracts/ids';
import { accountName } from '@/server/accounts/account-name';
import type { AccountTypeCode } from '@/server/accounts/read';

/** An account as a journal names it. */
export interface Party {
  readonly id: string;
  readonly number: string;
  readonly type: string;
  readonly name: string | null;
  readonly currency: string;
  /** Of `PROVIDER_CLEARING`: whose it is. */
  readonly provider: string | null;
  readonly customerId: string | null;
  readonly customerName: string | null;
}

export interface PartyRow {
  id: string;
  number: string;
  type: string;
  name: string | null;
  currency: string;
  provider: string | null;
  customer_id: string | null;
  customer_name: string | null;
}

/** One JSON object of account `id` of tenant `tenant`, for `toParty`; names as people gave them. */
export const partySql = (tenant: string, id: string): string => `(
  select json_build_object('id', a.id::text, 'number', a.number::text, 'type', a.type, 'currency', a.currency,
    'provider', a.provider, 'customer_id', a.customer_id, 'name', p.name, 'customer_name', c.name)
  from accounts a
  left join account_profiles p on p.tenant_id = a.tenant_id and p.account_id = a.id
  left join customers c on c.tenant_id = a.tenant_id and c.id = a.customer_id
  where a.tenant_id = ${tenant} and a.id = ${id})`;

export function toParty(row: PartyRow): Party {
  const { id, number, type, name, currency, provider } = row;
  return { id, number, type, name, currency, provider, customerId: row.customer_id, customerName: row.customer_name };
}

/** What people call it: a customer by name, any other account by its own. */
export function partyName(party: Party): string {
  if (party.name === null && party.customerName !== null) return party.customerName;
  return accountName({ ...party, type: party.type as AccountTypeCode });
}

export function renderParty(party: Party) {
  const { id, number, type, customerId } = party;
  return {
    id: formatId('account', id),
    number,
    name: partyName(party),
    type,
    wallet_id: type === 'CUSTOMER_WALLET' ? formatId('wallet', id) : null,
    customer: customerId === null ? null : { id: customerId, name: party.customerName },
  };
}
