import type { MobileChannel } from '@/contracts/channels';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { CODE_TRIES_MAX, sendCode, verifyCode } from '@/server/payments/one-time-code';
import { RESEND_AFTER_MS } from './checkout-step';
import { type Draft, readDraft, writeDraft } from './draft';
import { readTopUp } from './read';

export interface CodeChoice {
  readonly channel: MobileChannel;
  /** E.164 digits without a plus. */
  readonly phone: string;
  readonly isNetworkConfirmed: boolean;
}

/**
 * Sends a code to the phone that is to be prompted, where the client's policy asks for it; what was chosen waits in the
 * top-up's draft.
 * @throws Problem prompt_limit_reached, code_not_sendable
 */
export async function sendPayerCode(ctx: Context, topUpId: string, choice: CodeChoice): Promise<void> {
  const sent = await sendCode(ctx, { phone: choice.phone });
  const topUp = await readTopUp(ctx, topUpId);
  await keep(ctx, topUpId, {
    ...choice,
    codeSentAtMs: topUp.asOfMs,
    codeUntilMs: sent.expiresAtMs,
    triesLeft: null,
    testCode: ctx.principal.mode === 'test' ? sent.code : null,
  });
}

/** A minute after the last one at the earliest; before that it does nothing. */
export async function resendPayerCode(ctx: Context, topUpId: string): Promise<void> {
  const topUp = await readTopUp(ctx, topUpId);
  const draft = readDraft(topUp.draft);
  if (draft === null || draft.codeSentAtMs + RESEND_AFTER_MS > topUp.asOfMs) return;
  await sendPayerCode(ctx, topUpId, draft);
}

/** @returns the choice that the code allows; null when it was wrong, which the draft then says */
export async function checkPayerCode(ctx: Context, topUpId: string, code: string): Promise<CodeChoice | null> {
  const draft = readDraft((await readTopUp(ctx, topUpId)).draft);
  if (draft === null) return null;
  try {
    await verifyCode(ctx, { phone: draft.phone, code });
    return draft;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await keep(ctx, topUpId, { ...draft, triesLeft: triesLeftIn(error, draft) });
    return null;
  }
}

export function forgetDraft(ctx: Context, topUpId: string): Promise<void> {
  return keep(ctx, topUpId, null);
}

/** A code that is over has no tries. */
function triesLeftIn({ code, details }: Problem, draft: Draft): number {
  if (code !== 'code_wrong') return 0;
  const left = details['tries_left'];
  return typeof left === 'number' ? left : Math.max(0, (draft.triesLeft ?? CODE_TRIES_MAX) - 1);
}

/** While nothing is under way: a payment that has begun needs no draft. */
async function keep(ctx: Context, topUpId: string, draft: Draft | null): Promise<void> {
  await ctx.db.pool.query(
    `update top_ups set draft = $3 where tenant_id = $1 and id = $2 and status in ('created', 'failed')`,
    [ctx.principal.tenantId, topUpId, writeDraft(draft)],
  );
}
