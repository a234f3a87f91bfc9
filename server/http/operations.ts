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
import { apiKeyOperations } from './v1/api-keys';
import { auditOperations } from './v1/audit';
import { batchOperations } from './v1/batches';
import { checkoutSettingsOperations } from './v1/checkout-settings';
import { collectionPolicyOperations } from './v1/collection-policy';
import { customerOperations } from './v1/customers';
import { eventOperations } from './v1/events';
import { holdOperations } from './v1/holds';
import { paymentOperations } from './v1/payments';
import { reportOperations } from './v1/reports';
import { topUpOperations } from './v1/top-ups';
import { transactionOperations } from './v1/transactions';
import { userOperations } from './v1/users';
import { walletOperations } from './v1/wallets';
import { webhookDeliveryOperations } from './v1/webhook-deliveries';
import { webhookEndpointOperations } from './v1/webhook-endpoints';

/** Every operation of the API. A new one appears here, and so in routing, the document, the docs and the tests. */
export const operations: readonly AnyOperation[] = [
  ...walletOperations,
  ...transactionOperations,
  ...batchOperations,
  ...holdOperations,
  ...customerOperations,
  ...topUpOperations,
  ...checkoutSettingsOperations,
  ...webhookEndpointOperations,
  ...webhookDeliveryOperations,
  ...eventOperations,
  ...paymentOperations,
  ...collectionPolicyOperations,
  ...apiKeyOperations,
  ...auditOperations,
  ...userOperations,
  ...authOperations,
  ...clientOperations,
  ...clientCredentialOperations,
  ...clientAccountOperations,
  ...accountOperations,
  ...accountTransactionOperations,
  ...accountTransferOperations,
  ...clientServiceOperations,
  ...reportOperations,
  ...clientReportOperations,
];
