import { expect, it } from 'vitest';
import { ACCOUNT_TYPES, CREATABLE_ACCOUNT_TYPES } from '@/contracts/accounts';
import { ACCOUNT_TYPES as LEDGER_TYPES } from '@/server/ledger/core/types';

it('the API names every type of account that the ledger knows, and no other', () => {
  expect([...ACCOUNT_TYPES].sort()).toEqual([...LEDGER_TYPES].sort());
});

it('the types that a client may open are the document’s seven', () => {
  expect(new Set(CREATABLE_ACCOUNT_TYPES).size).toBe(7);
  expect(CREATABLE_ACCOUNT_TYPES).not.toContain('CUSTOMER_WALLET');
});
