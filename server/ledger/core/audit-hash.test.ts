import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type AuditRow, auditContent, auditDigest, auditLinkHash } from './audit-hash';
import { GENESIS_HASH } from './hash';

/** Written out: whoever changes a layout changes every link in every database, and every auditor's copy of the rule. */
const row: AuditRow = {
  tenantId: '7',
  id: '912',
  actor: 'api_key:314',
  credential: 'api_key:314',
  address: null,
  requestId: 'req_1',
  action: 'wallet.freeze',
  objectId: '55',
  reason: 'GH₵',
  before: '{"status":"active"}',
  after: '{"status":"frozen"}',
  createdAtMs: '1767225600000',
};

const CONTENT =
  '1|1:7|3:912|11:api_key:314|11:api_key:314|-|5:req_1|13:wallet.freeze|2:55|5:GH₵|19:{"status":"active"}|19:{"status":"frozen"}|13:1767225600000';

it('hashes the content as it is documented', () => {
  expect(auditContent(row)).toBe(CONTENT);
  expect(auditDigest(row)).toBe(createHash('sha256').update(CONTENT).digest('hex'));
  const link = `1|${GENESIS_HASH}|7|1|912|${auditDigest(row)}`;
  expect(auditLinkHash(GENESIS_HASH, { tenantId: '7', sequence: 1, auditId: '912' }, auditDigest(row))).toBe(
    createHash('sha256').update(link).digest('hex'),
  );
});

it('tells every field from every other, and null from empty', () => {
  const digests = new Set([auditDigest(row)]);
  for (const [name, value] of Object.entries(row)) {
    digests.add(auditDigest({ ...row, [name]: `${value ?? ''}0` }));
  }
  digests.add(auditDigest({ ...row, reason: null }));
  digests.add(auditDigest({ ...row, reason: '' }));
  digests.add(auditDigest({ ...row, before: null, after: row.before }));
  expect(digests.size).toBe(1 + Object.keys(row).length + 3);
});
