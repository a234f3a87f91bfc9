import { createHash } from 'node:crypto';
import type { SecretBox } from '@/server/kernel/secret-box';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';
import type { ProviderName } from './provider';
import type { OwnCredentials, OwnCredentialsSource } from './registry';

/** Whose sealed credentials are: moved to another client's row, entry or id they do not open. */
export const credentialsOwner = (tenantId: string, entryId: string, id: string): string =>
  `provider:${tenantId}:${entryId}:${id}`;

/** A client's own credentials as lists show them. */
export interface CredentialsView {
  /** The stored id. */
  readonly id: string;
  readonly entryId: string;
  readonly provider: ProviderName;
  /** Fields with what may be shown of them. */
  readonly hint: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly revokedAtMs: number | null;
}

export interface CredentialsRow {
  id: string;
  entry: string;
  provider: ProviderName;
  hint: string;
  created_at_ms: string;
  updated_at_ms: string;
  revoked_at_ms: string | null;
}

export const CREDENTIALS_COLUMNS = `id, entry, provider, hint, ${sqlMs('created_at')} as created_at_ms,
  ${sqlMs('updated_at')} as updated_at_ms, ${sqlMs('revoked_at')} as revoked_at_ms`;

export function credentialsView(row: CredentialsRow): CredentialsView {
  return {
    id: row.id,
    entryId: row.entry,
    provider: row.provider,
    hint: JSON.parse(row.hint) as Record<string, string>,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    revokedAtMs: row.revoked_at_ms === null ? null : Number(row.revoked_at_ms),
  };
}

/** A client's credentials, the newest first. */
export async function listCredentials(db: Queryable, tenantId: string): Promise<CredentialsView[]> {
  const { rows } = await db.query<CredentialsRow>(
    `select ${CREDENTIALS_COLUMNS} from provider_credentials where tenant_id = $1 order by id desc`,
    [tenantId],
  );
  return rows.map(credentialsView);
}

/** Names that identify an account and open nothing are shown whole; of others their end, where enough is left unseen. */
const SHOWN_WHOLE = new Set(['shortcode', 'till', 'posSalesId', 'serviceProviderCode', 'contactEmail']);

export function hintOf(credentials: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => {
      const text = String(value);
      if (SHOWN_WHOLE.has(name)) return [name, text];
      return [name, text.length >= 16 ? `…${text.slice(-4)}` : '…'];
    }),
  );
}

/** How long a change may go unnoticed by a process. */
const REMEMBERED_MS = 1_000;
const REMEMBERED_MAX = 10_000;

/** What the registry asks for on every payment: read at most once a second for each client. */
export function openCredentialsSource(
  db: Queryable,
  secretBox: SecretBox,
  monotonicMs: () => number = () => performance.now(),
): OwnCredentialsSource {
  const remembered = new Map<string, { readonly untilMs: number; readonly rows: Promise<readonly OwnCredentials[]> }>();
  return {
    of: (tenantId) => {
      const kept = remembered.get(tenantId);
      if (kept !== undefined && monotonicMs() < kept.untilMs) return kept.rows;
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      const rows = readOwn(db, secretBox, tenantId);
      remembered.set(tenantId, { untilMs: monotonicMs() + REMEMBERED_MS, rows });
      // What could not be read is asked for again by the next.
      rows.catch(() => remembered.delete(tenantId));
      return rows;
    },
  };
}

async function readOwn(db: Queryable, secretBox: SecretBox, tenantId: string): Promise<readonly OwnCredentials[]> {
  const { rows } = await db.query<{ id: string; entry: string; sealed: string; is_revoked: boolean }>(
    `select id, entry, sealed, revoked_at is not null as is_revoked
     from provider_credentials where tenant_id = $1 order by id desc`,
    [tenantId],
  );
  return rows.map((row) => ({
    id: row.id,
    entryId: row.entry,
    version: createHash('sha256').update(row.sealed).digest('hex'),
    isRevoked: row.is_revoked,
    open: () => JSON.parse(secretBox.open(row.sealed, credentialsOwner(tenantId, row.entry, row.id))) as unknown,
  }));
}
