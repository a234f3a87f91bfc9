import {
  type AuditEntryObject,
  type AuditVerificationObject,
  auditListSchema,
  auditParams,
  auditVerificationSchema,
  listAuditQuery,
  type ProvenAuditEntryObject,
  provenAuditEntrySchema,
} from '@/contracts/audit';
import { parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import { nameTargets } from '@/server/audit/name-targets';
import { proveEntry } from '@/server/audit/prove-entry';
import { exportAudit, readAudit } from '@/server/audit/read-audit';
import { verifyChain } from '@/server/audit/verify-chain';
import { type BooksOfList, booksOfList } from '@/server/clients/books-of-list';
import { defineOperation } from '../operation';
import { csvHeaders, jsonLinesHeaders, textStream } from '../text-stream';
import { afterInteger } from './arguments';

import { listExample } from './examples';
import { auditJsonLines, auditLines, renderAuditEntry, renderProvenEntry, renderVerification } from './render-audit';

const tag = 'Audit log';

const HASH = '9f2c4e0b7a6d5c1e8f3a2b4c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e';
const PREVIOUS = '1c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d';
const DIGEST = '5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f';

const entry: AuditEntryObject = {
  id: 'aud_a1b2c3',
  object: 'audit_entry',
  sequence: 42,
  actor: { type: 'api_key', id: 'key_a1b2c3', name: 'Billing server', email: null, role: null },
  credential: 'key_a1b2c3',
  address: '192.0.2.7',
  request_id: 'req_a1b2c3',
  action: 'wallet.freeze',
  target: { type: 'wallet', id: 'wal_a1b2c3', name: 'Ama Mensah, GHS' },
  reason: 'Disputed by the customer',
  before: { status: 'active' },
  after: { status: 'frozen' },
  changes: [{ field: 'status', before: 'active', after: 'frozen' }],
  hash: HASH,
  previous_hash: PREVIOUS,
  created_at: '2026-05-24T10:20:00.000Z',
  livemode: false,
};

const proven: ProvenAuditEntryObject = {
  ...entry,
  proof: {
    verified: true,
    content:
      '1|1:7|3:912|11:api_key:314|11:api_key:314|9:192.0.2.7|10:req_a1b2c3|13:wallet.freeze|2:55|24:Disputed by the customer|19:{"status":"active"}|19:{"status":"frozen"}|13:1779618000000',
    digest: DIGEST,
    link: `1|${PREVIOUS}|7|42|912|${DIGEST}`,
    seal: { id: '930', key_id: 'sealkey_1c9d8e7f6a5b4c3d2e1f0a9b', sequence: 60, sealed_at: '2026-05-24T10:30:00Z' },
  },
};

const verification: AuditVerificationObject = {
  object: 'audit_verification',
  verified: true,
  entries: 60,
  head: { sequence: 60, hash: HASH },
  first_break: null,
  livemode: false,
};

const listAuditEntries = defineOperation({
  operationId: 'listAuditEntries',
  method: 'get',
  path: '/v1/audit',
  tag,
  summary: 'List audit entries',
  description:
    'Newest first, with filters that narrow one another. `format=csv` streams every entry that matches as RFC 4180 in UTF-8, with `before` and `after` as JSON; a cell that a spreadsheet would take for a formula begins with an apostrophe. `format=jsonl` streams them as JSON, an entry a line.',
  scope: 'audit:read',
  query: listAuditQuery,
  responses: {
    200: { description: 'A page of entries.', schema: auditListSchema, example: listExample(entry) },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated', 'operator_required'],
  verb: async (ctx, { query }) => {
    const filter = {
      actor: query.actor,
      action: query.action,
      objectId: query.object_id,
      requestId: query.request_id,
      fromMs: query.from,
      toMs: query.to,
    };
    const afterId = afterInteger(query.after);
    const books = booksOfList(ctx, query.all_clients);
    if (query.format !== 'json') return { file: fileOf(query.format, exportAudit(ctx, filter, afterId, books), books) };
    const views = await readAudit(ctx, filter, { limit: query.limit, afterId }, books);
    return { views: await nameTargets(ctx, views), limit: query.limit, file: undefined };
  },
  render: (result) =>
    result.file !== undefined
      ? textStream(result.file.lines, result.file.headers)
      : { status: 200, body: listOf(result.views, result.limit, renderAuditEntry, (last) => [last.row.id]) },
});

function fileOf(format: 'csv' | 'jsonl', pages: ReturnType<typeof exportAudit>, { isAll }: BooksOfList) {
  return format === 'csv'
    ? { lines: auditLines(pages, isAll), headers: csvHeaders('audit-log.csv') }
    : { lines: auditJsonLines(pages), headers: jsonLinesHeaders('audit-log.jsonl') };
}

const getAuditEntry = defineOperation({
  operationId: 'getAuditEntry',
  method: 'get',
  path: '/v1/audit/{id}',
  tag,
  summary: 'Retrieve an audit entry',
  description:
    'With the proof of its place: `digest` is the SHA-256 of `content`, `hash` that of `link`. The next entry’s `previous_hash` is this one’s `hash`, up to a head that a seal signed.',
  scope: 'audit:read',
  params: auditParams,
  responses: {
    200: { description: 'The entry and its proof.', schema: provenAuditEntrySchema, example: proven },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => proveEntry(ctx, parseId('audit', params.id)),
  render: (result) => ({ status: 200, body: renderProvenEntry(result) }),
});

const verifyAuditLog = defineOperation({
  operationId: 'verifyAuditLog',
  method: 'get',
  path: '/v1/audit/verify',
  tag,
  summary: 'Verify the audit log',
  description:
    'Recomputes the whole chain from its first entry, looks for entries written past it, and compares it with its head and with every sealed head.',
  scope: 'audit:read',
  responses: { 200: { description: 'What came of it.', schema: auditVerificationSchema, example: verification } },
  errors: [],
  verb: (ctx) => verifyChain(ctx),
  render: (result) => ({ status: 200, body: renderVerification(result) }),
});

export const auditOperations = [getAuditEntry, listAuditEntries, verifyAuditLog];
