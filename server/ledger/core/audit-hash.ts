import { hash } from 'node:crypto';

/** A row of the audit log, whole, as its chain hashes it. */
export interface AuditRow {
  readonly tenantId: string;
  readonly id: string;
  readonly actor: string;
  readonly credential: string | null;
  readonly address: string | null;
  readonly requestId: string;
  readonly action: string;
  readonly objectId: string;
  readonly reason: string | null;
  /** JSON text, byte for byte as it was written. */
  readonly before: string | null;
  readonly after: string | null;
  readonly createdAtMs: string;
}

/**
 * Version of the two layouts below; a change of either is a new version beside the old, never an edit. The database
 * appends links by `audit_digest` and `audit_link_hash` (0007_audit_chain.sql); these are what they are judged by.
 */
export const AUDIT_LAYOUT = 1;

/**
 * The text whose SHA-256 is a row's digest: every field with its length in bytes before it, null as a dash. So no two
 * rows read the same, and anybody can recompute it with a line of code.
 */
export function auditContent(row: AuditRow): string {
  const fields = [
    row.tenantId,
    row.id,
    row.actor,
    row.credential,
    row.address,
    row.requestId,
    row.action,
    row.objectId,
    row.reason,
    row.before,
    row.after,
    row.createdAtMs,
  ];
  return [String(AUDIT_LAYOUT), ...fields.map(field)].join('|');
}

function field(value: string | null): string {
  return value === null ? '-' : `${Buffer.byteLength(value)}:${value}`;
}

/** Hex SHA-256 over everything an audit row says. */
export function auditDigest(row: AuditRow): string {
  return hash('sha256', auditContent(row));
}

export interface AuditLink {
  readonly tenantId: string;
  /** 1…n in each tenant, in the order of commits. */
  readonly sequence: number;
  readonly auditId: string;
}

/** What a link is the SHA-256 of: the link before it, its own place, its row's digest. */
export function auditLinkText(previousHash: string, link: AuditLink, digest: string): string {
  return `${AUDIT_LAYOUT}|${previousHash}|${link.tenantId}|${link.sequence}|${link.auditId}|${digest}`;
}

/** Hex SHA-256 of a link. */
export function auditLinkHash(previousHash: string, link: AuditLink, digest: string): string {
  return hash('sha256', auditLinkText(previousHash, link, digest));
}
