import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import {
  CREDENTIALS_COLUMNS,
  type CredentialsRow,
  type CredentialsView,
  credentialsView,
  listCredentials,
} from './credentials';
import { requireSecondPersonForCredentials } from './require-second-person';

/**
 * Ends a client's own credentials: new payments go by the deployment's, those under way are still asked about where they
 * began. Repeating it is a success that changes nothing.
 * @param credentialsId stored id
 * @throws Problem resource_missing
 */
export async function revokeCredentials(
  ctx: Context,
  credentialsId: string,
  reason: string | null = null,
): Promise<CredentialsView> {
  const views = await listCredentials(ctx.db.pool, ctx.principal.tenantId);
  const used = views.find((view) => view.id === credentialsId && view.revokedAtMs === null);
  if (used !== undefined) {
    await requireSecondPersonForCredentials(ctx, used.entryId, reason, async () => ({
      before: used.hint,
      after: null,
    }));
  }
  return inTransaction(ctx, async (tx) => {
    const key = [ctx.principal.tenantId, credentialsId];
    const { rows } = await tx.query<CredentialsRow>(
      `select ${CREDENTIALS_COLUMNS} from provider_credentials where tenant_id = $1 and id = $2 for update`,
      key,
    );
    const [row] = rows;
    if (row === undefined) throw new Problem('resource_missing', 'There are no such credentials.');
    if (row.revoked_at_ms !== null) return credentialsView(row);
    const ended = await tx.query<CredentialsRow>(
      `update provider_credentials set revoked_at = ${sqlNow(3)}, updated_at = ${sqlNow(3)}
       where tenant_id = $1 and id = $2 returning ${CREDENTIALS_COLUMNS}`,
      [...key, ctx.clock.fixedMs()],
    );
    await recordChange(ctx, tx, {
      action: 'provider_credentials.revoked',
      objectId: credentialsId,
      reason,
      before: row.hint,
      after: JSON.stringify({ ...(JSON.parse(row.hint) as Record<string, string>), revoked: true }),
    });
    return credentialsView(ended.rows[0] as CredentialsRow);
  });
}
