import { expect, test } from 'vitest';
import { entryHash, GENESIS_HASH, journalDigest } from './hash';
import type { Journal } from './types';

/**
 * Pinned vectors, computed apart from this code: a layout that changed would break every chain that stands in the books,
 * and every auditor's copy of the rule.
 */
const DEBIT: Journal = {
  tenantId: '11',
  id: '22',
  kind: 'debit',
  accountId: '33',
  operation: 'debit',
  reference: 'order "7"',
  fingerprint: '600>AVAILABLE_COLLECTIONS',
  currency: 'GHS',
  amountMinor: 600n,
  feeMinor: 12n,
  taxMinor: 2n,
  postedAtMs: 1_768_435_200_000,
  businessAtMs: null,
  description: 'Zoë\n₵',
  metadata: '{"a":1}',
  serviceVersionId: '44',
  reversalOf: null,
  holdId: null,
  origin: { actor: 'api_key:55', requestId: 'req_66' },
};

const EXPIRY: Journal = {
  ...DEBIT,
  tenantId: '9223372036854775807',
  id: '1',
  kind: 'expiry',
  accountId: '2',
  operation: 'expiry',
  reference: null,
  fingerprint: '',
  currency: 'UGX',
  amountMinor: 9_007_199_254_740_993n,
  feeMinor: 0n,
  taxMinor: 0n,
  postedAtMs: 0,
  businessAtMs: -1,
  description: null,
  metadata: null,
  serviceVersionId: null,
  reversalOf: '3',
  holdId: '4',
  origin: { actor: 'job:expiry', requestId: 'r' },
};

const DIGEST = '78ff9b65c26ce2a318aaa8246ef5afb24fb72ff6bc091930e8c729e8facd8493';
const FIRST = 'ac4fa159aefd628ecf042f340d7e48233e7f4be346e1670ed216866f4ce20c90';
const THIRD = 'c80e8c6fb5c1736829ec41e7c72fb7959c7d9713c65a8df0cb3b182f377ddad7';

test('a journal’s digest is what it was', () => {
  expect(journalDigest(DEBIT)).toBe(DIGEST);
  expect(journalDigest(EXPIRY)).toBe('889810c4ba2a381f1a52d149d51138e64f7e8e0ed18b3424d446bcaadbf9b28d');
});

const entry = {
  tenantId: '11',
  accountId: '33',
  sequence: 1,
  journalId: '22',
  leg: 1,
  amountMinor: -600n,
  balanceAfterMinor: 5_400n,
};

test('an entry’s hash is what it was, and follows the one before', () => {
  expect(entryHash(GENESIS_HASH, entry, DIGEST)).toBe(FIRST);
  expect(
    entryHash(FIRST, { ...entry, sequence: 2, leg: 3, amountMinor: -12n, balanceAfterMinor: 5_388n }, DIGEST),
  ).toBe(THIRD);
});

test('every field of a journal is in its digest', () => {
  const changed: Partial<Journal>[] = [
    { tenantId: '12' },
    { id: '23' },
    { kind: 'credit' },
    { accountId: '34' },
    { operation: 'drawdown' },
    { reference: null },
    { fingerprint: '601' },
    { currency: 'KES' },
    { amountMinor: 601n },
    { feeMinor: 13n },
    { taxMinor: 3n },
    { postedAtMs: 1 },
    { businessAtMs: 1 },
    { description: 'Zoe' },
    { metadata: null },
    { serviceVersionId: '45' },
    { reversalOf: '1' },
    { holdId: '1' },
    { origin: { actor: 'x', requestId: 'req_66' } },
    { origin: { actor: 'api_key:55', requestId: 'x' } },
  ];
  // The origin's two parts are one key of the type.
  expect(new Set(changed.flatMap((change) => Object.keys(change))).size).toBe(Object.keys(DEBIT).length);
  const digests = new Set(changed.map((change) => journalDigest({ ...DEBIT, ...change })));
  expect(digests.size).toBe(changed.length);
  expect(digests.has(DIGEST)).toBe(false);
});

test('every field of an entry is in its hash', () => {
  const changed: Partial<typeof entry>[] = [
    { tenantId: '12' },
    { accountId: '34' },
    { sequence: 2 },
    { journalId: '23' },
    { leg: 2 },
    { amountMinor: 600n },
    { balanceAfterMinor: 5_401n },
  ];
  expect(changed.length).toBe(Object.keys(entry).length);
  const hashes = new Set(changed.map((change) => entryHash(GENESIS_HASH, { ...entry, ...change }, DIGEST)));
  expect(hashes.add(FIRST).size).toBe(changed.length + 1);
});
