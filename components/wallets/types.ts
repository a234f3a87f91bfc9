import type { AnswerOf } from '@/server/http/api-types';

export type ListedWallet = AnswerOf<'get', '/v1/wallets'>['data'][number];
export type Wallet = AnswerOf<'get', '/v1/wallets/{id}'>;
export type Lot = AnswerOf<'get', '/v1/wallets/{id}/lots'>['data'][number];
export type Hold = AnswerOf<'get', '/v1/wallets/{id}/holds'>['data'][number];
export type Transaction = AnswerOf<'get', '/v1/wallets/{id}/transactions'>['data'][number];
export type AutoTopUp = AnswerOf<'get', '/v1/wallets/{id}/auto_topup'>;
export type Journal = AnswerOf<'get', '/v1/journals/{id}'>;
export type Customer = AnswerOf<'get', '/v1/customers/{id}'>;
export type ListedCustomer = AnswerOf<'get', '/v1/customers'>['data'][number];
