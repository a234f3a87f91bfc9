import type { AuditEntryObject, AuditVerificationObject, ProvenAuditEntryObject } from '@/contracts/audit';
import { formatId } from '@/contracts/ids';
import { changesIn, stateOf } from '@/server/audit/changes';
import { actorOf, credentialOf, objectOf } from '@/server/audit/names';
import type { ProvenEntry } from '@/server/audit/prove-entry';
import type { AuditView } from '@/server/audit/read-audit';
import type { Verification } from '@/server/audit/verify-chain';
import { AUDIT_PROBLEMS } from '@/server/ledger/audit-chain';
import { csvRow } from './csv';
import { renderTime } from './render-time';

export function renderAuditEntry({ row, ...view }: AuditView): AuditEntryObject {
  const before = stateOf(row.before);
  const after = stateOf(row.after);
  return {
    id: formatId('audit', row.id),
    object: 'audit_entry',
    sequence: view.sequence,
    actor: { ...actorOf(row.actor), name: view.actorName, email: view.actorEmail, role: view.actorRole },
    credential: credentialOf(row.credential),
    address: row.address,
    request_id: row.requestId,
    action: row.action,
    target: { ...objectOf(row.action, row.objectId), name: view.targetName },
    reason: row.reason,
    before,
    after,
    changes: changesIn(row.action, before, after).map((change) => ({ ...change })),
    hash: view.hash,
    previous_hash: view.previousHash,
    created_at: new Date(Number(row.createdAtMs)).toISOString(),
    livemode: view.livemode,
    ...(view.client !== null && { client: view.client }),
  };
}

export function renderProvenEntry({ view, proof }: ProvenEntry): ProvenAuditEntryObject {
  const { seal } = proof;
  return {
    ...renderAuditEntry(view),
    proof: {
      verified: proof.verified,
      content: proof.content,
      digest: proof.digest,
      link: proof.link,
      seal: seal && {
        id: seal.id,
        key_id: seal.keyId,
        sequence: seal.sequence,
        sealed_at: renderTime(seal.sealedAtMs),
      },
    },
  };
}

export function renderVerification({ entries, head, firstBreak, livemode }: Verification): AuditVerificationObject {
  return {
    object: 'audit_verification',
    verified: firstBreak === null,
    entries,
    head: { sequence: head.sequence, hash: head.hash },
    first_break: firstBreak && {
      problem: firstBreak.problem,
      message: messageOf(AUDIT_PROBLEMS[firstBreak.problem]),
      sequence: firstBreak.sequence,
      entry_id: firstBreak.auditId === null ? null : formatId('audit', firstBreak.auditId),
    },
    livemode,
  };
}

function messageOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const HEADER = [
  'created_at',
  'id',
  'sequence',
  'actor_type',
  'actor_id',
  'actor_name',
  'actor_email',
  'credential',
  'address',
  'request_id',
  'action',
  'target_type',
  'target_id',
  'reason',
  'before',
  'after',
  'hash',
  'previous_hash',
] as const;

/** An entry a line, a page of lines at a time. */
export async function* auditJsonLines(
  pages: AsyncGenerator<readonly AuditView[]>,
): AsyncGenerator<string, void, undefined> {
  for await (const page of pages) yield page.map((view) => `${JSON.stringify(renderAuditEntry(view))}\n`).join('');
}

/** A page of lines at a time; states as JSON. Whose an entry is, where they are of every client, comes last. */
export async function* auditLines(
  pages: AsyncGenerator<readonly AuditView[]>,
  isOfAll = false,
): AsyncGenerator<string, void, undefined> {
  yield csvRow([...HEADER, ...(isOfAll ? ['client_code', 'client_name'] : [])]);
  for await (const page of pages) yield page.map((view) => auditLine(view, isOfAll)).join('');
}

function auditLine(view: AuditView, isOfAll: boolean): string {
  const entry = renderAuditEntry(view);
  const cells = [
    entry.created_at,
    entry.id,
    entry.sequence,
    entry.actor.type,
    entry.actor.id,
    entry.actor.name,
    entry.actor.email,
    entry.credential,
    entry.address,
    entry.request_id,
    entry.action,
    entry.target.type,
    entry.target.id,
    entry.reason,
    view.row.before,
    view.row.after,
    entry.hash,
    entry.previous_hash,
    ...(isOfAll ? [entry.client?.code ?? '', entry.client?.name ?? ''] : []),
  ];
  return csvRow(cells.map((cell) => (cell === null ? '' : String(cell))));
}
