import { formatMinor } from '@/contracts/money';
import type { Approval } from '@/server/approvals/read';
import { renderApproval } from '@/server/approvals/render-approval';
import { requestApproval } from '@/server/approvals/request-approval';
import type { SecondPersonNeeded } from '@/server/approvals/second-person';
import type { Context, Reply } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { AnyOperation } from './operation';

/**
 * A verb went no further without a second person: the request is kept exactly as it came, and answered with what waits.
 * @throws Problem approval_required where the operation has no answer for that
 */
export async function holdOperation(
  operation: AnyOperation,
  ctx: Context,
  input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  needed: SecondPersonNeeded,
): Promise<Reply> {
  if (!Object.hasOwn(operation.responses, 202)) throw approvalRequired(needed.act);
  const render = (result: unknown): Reply => heldReply(result as Approval);
  const slot = ctx.answer === null ? null : { ...ctx.answer, render };
  const approval = await requestApproval({ ...ctx, principal: needed.principal, answer: slot }, needed, {
    operationId: operation.operationId,
    scope: operation.scope,
    operatorOnly: operation.operatorOnly === true,
    isSecret: (operation.secretFields ?? []).length > 0,
    input,
  });
  return heldReply(approval);
}

/** Of who asked: they may take it back and never decide. What they saw of it is nobody's to decide by. */
function heldReply(approval: Approval): Reply {
  const body = { ...renderApproval(approval), state: null, decidable: false, cancelable: true };
  return { status: 202, body };
}

function approvalRequired({ verb, amountMinor, currency }: SecondPersonNeeded['act']): Problem {
  const what = amountMinor === null || currency === null ? '' : ` of ${formatMinor(amountMinor, currency)}`;
  return new Problem(
    'approval_required',
    `This ${verb.replaceAll('_', ' ')}${what} needs a second person, who cannot be asked this way.`,
    { details: { verb } },
  );
}
