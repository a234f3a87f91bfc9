import { accountTransferOperations } from './api-v1/account-transfers';
import { clientAccountOperations } from './api-v1/accounts';
import { authOperations } from './api-v1/auth';
import { clientCredentialOperations } from './api-v1/client-credentials';
import { clientServiceOperations } from './api-v1/client-services';
import { clientOperations } from './api-v1/clients';
import { clientReportOperations } from './api-v1/reports';
import { accountTransactionOperations } from './api-v1/transactions';
import type { AnyOperation } from './operation';
import { accountOperations } from './v1/accounts';
import { activityReportOperations } from './v1/activity-reports';
import { apiKeyOperations } from './v1/api-keys';
import { approvalOperations } from './v1/approvals';
import { attentionOperations } from './v1/attention';
import { auditOperations } from './v1/audit';
import { autoTopUpOperations } from './v1/auto-top-ups';
import { batchOperations } from './v1/batches';
import { checkoutSettingsOperations } from './v1/checkout-settings';
import { collectionPolicyOperations } from './v1/collection-policy';
import { customerOperations } from './v1/customers';
import { eventOperations } from './v1/events';
import { holdOperations } from './v1/holds';
import { invitationOperations } from './v1/invitations';
import { journalOperations } from './v1/journals';
import { ownSignInOperations } from './v1/me';
import { noteOperations } from './v1/notes';
import { paymentMethodOperations } from './v1/payment-methods';
import { paymentOperations } from './v1/payments';
import { promotionOperations } from './v1/promotions';
import { providerOperations } from './v1/providers';
import { reconciliationOperations } from './v1/reconciliation';
import { refundOperations } from './v1/refunds';
import { reportOperations } from './v1/reports';
import { requestLogOperations } from './v1/request-log';
import { searchOperations } from './v1/search';
import { topUpOperations } from './v1/top-ups';
import { transactionOperations } from './v1/transactions';
import { userOperations } from './v1/users';
import { walletOperations } from './v1/wallets';
import { webhookDeliveryOperations } from './v1/webhook-deliveries';
import { webhookEndpointOperations } from './v1/webhook-endpoints';

const all = [
  ...walletOperations,
  ...transactionOperations,
  ...batchOperations,
  ...holdOperations,
  ...customerOperations,
  ...topUpOperations,
  ...autoTopUpOperations,
  ...paymentMethodOperations,
  ...checkoutSettingsOperations,
  ...webhookEndpointOperations,
  ...webhookDeliveryOperations,
  ...eventOperations,
  ...paymentOperations,
  ...refundOperations,
  ...collectionPolicyOperations,
  ...providerOperations,
  ...reconciliationOperations,
  ...searchOperations,
  ...requestLogOperations,
  ...noteOperations,
  ...apiKeyOperations,
  ...approvalOperations,
  ...attentionOperations,
  ...auditOperations,
  ...userOperations,
  ...invitationOperations,
  ...ownSignInOperations,
  ...authOperations,
  ...clientOperations,
  ...clientCredentialOperations,
  ...clientAccountOperations,
  ...accountOperations,
  ...accountTransactionOperations,
  ...accountTransferOperations,
  ...clientServiceOperations,
  ...journalOperations,
  ...promotionOperations,
  ...reportOperations,
  ...activityReportOperations,
  ...clientReportOperations,
];

/** Each operation with its own types. */
export type ApiOperation = (typeof all)[number];

/** Every operation of the API. A new one appears above, and so in routing, the document, the docs and the tests. */
export const operations: readonly AnyOperation[] = all;
