import type { ApiAccountObject } from '@/contracts/accounts';
import { formatId } from '@/contracts/ids';
import { formatMajor4 } from '@/contracts/money';
import { accountName } from '@/server/accounts/account-name';
import { type AccountView, availableOf } from '@/server/accounts/read';
import type { AccountStatus } from '@/server/ledger/core/types';

export const STATUS_NAMES = {
  active: 'ACTIVE',
  inactive: 'INACTIVE',
  frozen: 'FROZEN',
  closed: 'CLOSED',
} as const satisfies Record<AccountStatus, ApiAccountObject['status']>;

const STATUS_OF = {
  ACTIVE: 'active',
  INACTIVE: 'inactive',
  FROZEN: 'frozen',
  CLOSED: 'closed',
} as const satisfies Record<ApiAccountObject['status'], AccountStatus>;

/** The ledger's word for a status of this family. */
export function statusOf<S extends ApiAccountObject['status']>(status: S): (typeof STATUS_OF)[S] {
  return STATUS_OF[status];
}

export function renderAccount(account: AccountView): ApiAccountObject {
  const { currency } = account;
  return {
    account_id: account.id,
    account_number: account.number,
    account_name: accountName(account),
    currency,
    minimum_balance: formatMajor4(account.minimumBalanceMinor, currency),
    can_overdraw: account.canOverdraw,
    status: STATUS_NAMES[account.status],
    status_description: account.statusDescription,
    created_at: isoOf(account.createdAtMs),
    updated_at: isoOf(account.updatedAtMs),
    client_code: account.clientCode,
    account_type_code: account.type,
    current_balance: formatMajor4(account.balanceMinor, currency),
    available_balance: formatMajor4(availableOf(account), currency),
    held_balance: formatMajor4(account.heldMinor, currency),
    last_activity_at: account.lastActivityAtMs === null ? null : isoOf(account.lastActivityAtMs),
    customer_id: account.customerId,
    wallet_id: account.type === 'CUSTOMER_WALLET' ? formatId('wallet', account.id) : null,
    is_system: account.isSystem,
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
