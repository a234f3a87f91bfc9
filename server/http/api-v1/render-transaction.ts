import type { AccountTransactionObject, BothLegsObject } from '@/contracts/api-v1-transactions';
import { formatMajor4 } from '@/contracts/money';
import { entryId } from '@/server/ledger/ids';
import type { TransactionRecord } from '@/server/transactions/transaction-record';
import type { BothLegs } from '@/server/transactions/transfer-between-accounts';

/** What the document writes where there is nothing to say. */
export const NOT_APPLICABLE = 'N/A';

export function renderTransaction(record: TransactionRecord): AccountTransactionObject {
  const { amountMinor, balanceAfterMinor, currency } = record;
  const major = (minor: bigint): string => formatMajor4(minor, currency);
  return {
    transaction_id: entryId(record.journalId, record.leg),
    account: record.accountNumber,
    client_service: record.serviceCode ?? NOT_APPLICABLE,
    transaction_type: amountMinor > 0n ? 'CREDIT' : 'DEBIT',
    currency,
    transaction_amount: major(amountMinor < 0n ? -amountMinor : amountMinor),
    previous_balance: major(balanceAfterMinor - amountMinor),
    current_balance: major(balanceAfterMinor),
    other_party_account: record.otherAccountNumber,
    other_party_transaction_hash: record.otherHash,
    transaction_source: record.source.source,
    source_transaction_id: record.sourceId ?? NOT_APPLICABLE,
    source_transaction_data: { ...record.source.data },
    transaction_narration: record.narration ?? '',
    transaction_date: new Date(record.businessAtMs).toISOString(),
    client_code: record.clientCode,
    transaction_kind: record.kind,
    entry: record.part,
    transaction_fee: major(record.feeMinor),
    tax_on_fee: major(record.taxMinor),
    fee_account: record.feeAccountNumber,
    reversal_of: record.reversalOf === null ? null : entryId(record.reversalOf, 1),
    ...(record.reversedBy !== undefined && {
      reversed: record.reversedBy !== null,
      reversed_by: record.reversedBy === null ? null : entryId(record.reversedBy, 1),
    }),
    created_at: new Date(record.postedAtMs).toISOString(),
    livemode: record.livemode,
  };
}

export function renderBothLegs({ source, destination }: BothLegs): BothLegsObject {
  return { source_transaction: renderTransaction(source), destination_transaction: renderTransaction(destination) };
}
