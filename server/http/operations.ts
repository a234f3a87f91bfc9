import type { AnyOperation } from './operation';
import { apiKeyOperations } from './v1/api-keys';
import { customerOperations } from './v1/customers';
import { holdOperations } from './v1/holds';
import { topUpOperations } from './v1/top-ups';
import { transactionOperations } from './v1/transactions';
import { walletOperations } from './v1/wallets';

/** Every operation of the API. A new one appears here, and so in routing, the document, the docs and the tests. */
export const operations: readonly AnyOperation[] = [
  ...walletOperations,
  ...transactionOperations,
  ...holdOperations,
  ...customerOperations,
  ...topUpOperations,
  ...apiKeyOperations,
];
