import { createHash } from 'node:crypto';
import { formatId } from '@/contracts/ids';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { actText } from './act-text';
import { canonical, effectText } from './effect';
import { requirePerson } from './person';
import { type Approval, readApproval } from './read';
import { recordApprovalEvent } from './record-event';
import type { SecondPersonNeeded } from './second-person';

export const LAPSES_AFTER_DAYS = 7;

/** A request as it came, checked and not yet understood: what it means is decided again when it is run. */
export interface HeldRequest {
  readonly operationId: string;
  readonly scope: string | null;
  readonly operatorOnly: boolean;
  /** It holds what must not lie about. */
  readonly isSecret: boolean;
  readonly input: { readonly params: unknown; readonly query: unknown; readonly body: unknown };
}

/**
 * Puts a person's act aside until somebody else decides: nothing of it has happened. The same person asking the same again
 * meanwhile gets the approval that waits.
 */
export async function requestApproval(
  ctx: Context,
  { act, effect, rule }: SecondPersonNeeded,
  request: HeldRequest,
): Promise<Approval> {
  if (effect === null) throw new Error('Where nothing would change nobody is asked.');
  const maker = await requirePerson(ctx);
  const { principal } = ctx;
  const { tenantId } = principal;
  const id = ctx.ledger.nextId();
  const text = canonical(request.input);
  // Of a secret not even a hash is kept, so two such requests are never the same.
  const fingerprint = hashOf(`${maker.id} ${request.operationId} ${request.isSecret ? id : text}`);
  const stored = request.isSecret ? seal(ctx, text, id) : text;
  return inTransaction(ctx, async (tx) => {
    const { rowCount } = await tx.query(
      `insert into approvals (tenant_id, id, status, verb, operation_id, scope, operator_only, request, request_sealed,
         request_hash, fingerprint, object_type, object_id, amount_minor, currency, reason, above_minor, policy_version, effect,
         maker_id, maker_session_id, maker_request_id, maker_address, created_at, expires_at)
       values ($1, $3, 'pending', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         ${sqlNow(2)}, ${sqlNow(2)} + interval '${LAPSES_AFTER_DAYS} days')
       on conflict (tenant_id, fingerprint) where status = 'pending' do nothing`,
      [
        tenantId,
        ctx.clock.fixedMs(),
        id,
        act.verb,
        request.operationId,
        request.scope,
        request.operatorOnly,
        stored,
        request.isSecret,
        hashOf(stored),
        fingerprint,
        act.target.type,
        act.target.id,
        act.amountMinor,
        act.currency,
        act.reason,
        rule.aboveMinor,
        rule.policyVersion,
        effectText(effect),
        maker.id,
        principal.credentialId,
        ctx.requestId,
        ctx.address,
      ],
    );
    if (rowCount === 0) return readApproval(ctx, await waitingId(ctx, tx, fingerprint), { db: tx });
    const approval = await readApproval(ctx, id, { db: tx });
    await recordChange(ctx, tx, {
      action: 'approval.requested',
      objectId: id,
      reason: act.reason,
      before: null,
      after: actText(approval, { status: 'pending', request_hash: approval.requestHash }),
    });
    await recordApprovalEvent(ctx, tx, 'approval.requested', approval);
    return approval;
  });
}

async function waitingId(ctx: Context, tx: Transaction, fingerprint: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from approvals where tenant_id = $1 and fingerprint = $2 and status = 'pending'`,
    [ctx.principal.tenantId, fingerprint],
  );
  return rows[0]?.id ?? null;
}

/** Whose a sealed request is, so that it opens in its own row alone. */
export function ownerOf(tenantId: string, id: string): string {
  return `approval:${tenantId}:${formatId('approval', id)}`;
}

function seal(ctx: Context, text: string, id: string): string {
  if (ctx.secretBox === undefined) throw new Error('A request with secrets needs the box to keep them in.');
  return ctx.secretBox.seal(text, ownerOf(ctx.principal.tenantId, id));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
