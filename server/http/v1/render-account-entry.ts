import { formatEntryId, formatId } from '@/contracts/ids';
import type { AccountEntryListObject } from '@/contracts/reports';
import { renderParty } from '@/server/journals/party';
import type { AccountEntry } from '@/server/reports/account-entries';
import { renderTime } from './render-time';
import { transactionTypeOf } from './render-transaction';

export function renderAccountEntry(entry: AccountEntry): AccountEntryListObject['data'][number] {
  const { journalId, leg, amountMinor, balanceAfterMinor, other, reversalOf, reversedBy } = entry;
  return {
    id: formatEntryId(journalId, leg),
    journal_id: formatId('journal', journalId),
    sequence: Number(entry.sequence),
    type: transactionTypeOf(entry),
    part: entry.part.toLowerCase() as 'principal' | 'fee' | 'tax',
    amount: Number(amountMinor),
    balance_before: Number(balanceAfterMinor - amountMinor),
    balance_after: Number(balanceAfterMinor),
    reference: entry.reference,
    description: entry.description,
    other_party_account: other?.number ?? null,
    other_party: other === null ? null : partyOf(other),
    reversal_of: reversalOf ? formatId('journal', reversalOf) : null,
    reversed_by: reversedBy ? formatId('journal', reversedBy) : null,
    created_at: renderTime(entry.postedAtMs),
  };
}

function partyOf(other: NonNullable<AccountEntry['other']>) {
  const { id, number, name, type, wallet_id } = renderParty(other);
  return { id, number, name, type, wallet_id };
}
