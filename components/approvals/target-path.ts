import type { ApprovalObject } from '@/contracts/approvals';

/** Where what an act is done to is shown; null where it has no page. */
export function targetPath({ type, id }: Pick<ApprovalObject['target'], 'type' | 'id'>): string | null {
  switch (type) {
    case 'wallet':
      return `/wallets/${id}`;
    case 'account':
      return `/accounts/${id}`;
    case 'transaction':
      return `/journals/${id}`;
    case 'payment':
      return `/payments/${id}`;
    case 'client_service':
      return `/services/${id}`;
    case 'promotion_import':
      return `/promotions/imports/${id}`;
    case 'approval_policy':
      return '/settings/policies';
    case 'provider_credentials':
      return '/settings/providers';
    default:
      return null;
  }
}
