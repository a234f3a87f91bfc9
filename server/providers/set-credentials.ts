import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { SecretBox } from '@/server/kernel/secret-box';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { problemsOfCredentials } from './configuration';
import {
  CREDENTIALS_COLUMNS,
  type CredentialsRow,
  type CredentialsView,
  credentialsOwner,
  credentialsView,
  hintOf,
  listCredentials,
} from './credentials';
import type { ProviderRegistry } from './registry';
import { requireSecondPersonForCredentials } from './require-second-person';

export interface SetCredentialsInput {
  /** Which entry of the deployment's configuration they are for. */
  readonly entryId: string;
  readonly credentials: Readonly<Record<string, unknown>>;
}

/**
 * Gives a client's books credentials of their own at a provider. Set again they replace those there were, as a new key of
 * the same account does; for another account, revoke first, so that payments under way are asked about at the old one.
 * @throws Problem resource_missing for an entry that these books do not have, parameter_invalid for unfit credentials
 */
export async function setCredentials(
  ctx: Context,
  { registry, secretBox }: { registry: Pick<ProviderRegistry, 'entry'>; secretBox: SecretBox },
  input: SetCredentialsInput,
): Promise<CredentialsView> {
  const { tenantId, mode } = ctx.principal;
  const entry = registry.entry(input.entryId);
  if (entry === null || entry.mode !== mode) {
    throw new Problem('resource_missing', `There is no ${mode} provider \`${input.entryId}\`.`, { param: 'provider' });
  }
  const [problem] = problemsOfCredentials(entry, input.credentials);
  if (problem !== undefined) {
    throw new Problem('parameter_invalid', `\`credentials\`: ${problem}.`, { param: 'credentials' });
  }
  const shown = hintOf(input.credentials);
  await requireSecondPersonForCredentials(ctx, entry.id, null, async () => {
    const views = await listCredentials(ctx.db.pool, tenantId);
    const used = views.find((view) => view.entryId === entry.id && view.revokedAtMs === null);
    return { before: used?.hint ?? null, after: shown };
  });
  const hint = JSON.stringify(shown);
  return inTransaction(ctx, async (tx) => {
    // Locks the set in use, so that of two changes at once the second replaces the first.
    const before = await tx.query<{ id: string; hint: string }>(
      `select id, hint from provider_credentials where tenant_id = $1 and entry = $2 and revoked_at is null for update`,
      [tenantId, entry.id],
    );
    const id = before.rows[0]?.id ?? ctx.ledger.nextId();
    const sealed = secretBox.seal(JSON.stringify(input.credentials), credentialsOwner(tenantId, entry.id, id));
    // Of two first sets at once the index provider_credentials_entry lets one in; the other is undone.
    const { rows } = await tx.query<CredentialsRow>(
      `insert into provider_credentials (tenant_id, id, entry, provider, sealed, hint, created_at, updated_at)
       values ($1, $3, $4, $5, $6, $7, ${sqlNow(2)}, ${sqlNow(2)})
       on conflict (tenant_id, id) do update
         set sealed = excluded.sealed, hint = excluded.hint, updated_at = excluded.updated_at
       returning ${CREDENTIALS_COLUMNS}`,
      [tenantId, ctx.clock.fixedMs(), id, entry.id, entry.adapter, sealed, hint],
    );
    await recordChange(ctx, tx, {
      action: 'provider_credentials.set',
      objectId: id,
      before: before.rows[0]?.hint ?? null,
      after: hint,
    });
    return credentialsView(rows[0] as CredentialsRow);
  });
}
