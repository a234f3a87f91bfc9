import { formatId } from '@/contracts/ids';
import { type Effect, moneyEffect } from '@/server/approvals/effect';
import { mayNeedSecondPerson, requireSecondPerson } from '@/server/approvals/second-person';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import { problemOf } from '@/server/wallets/refusal';
import type { CreateRefundInput } from './create-refund';
import { findByReference } from './read';
import { refundAccounts } from './refund-accounts';
import type { RefundRoute } from './refund-row';
import { findSubject, type Subject } from './refundable';

/** As `createRefund` would begin it. */
interface Begun {
  readonly subject: Subject;
  readonly amountMinor: bigint;
  readonly route: RefundRoute | null;
}

/**
 * Before anything of a person's refund is written. Who is paid is part of what a second person sees.
 * @throws SecondPersonNeeded, or what the refund would be refused with
 */
export async function requireSecondPersonForRefund(
  ctx: Context,
  input: CreateRefundInput,
  begin: (subject: Subject) => Promise<Omit<Begun, 'subject'>>,
): Promise<void> {
  if (!mayNeedSecondPerson(ctx)) return;
  // Asked again: that answer is there, whoever asks.
  if ((await findByReference(ctx.db.pool, ctx.principal.tenantId, input.reference)) !== null) return;
  const subject = await findSubject(ctx, input.subject);
  const begun = { subject, ...(await begin(subject)) };
  await requireSecondPerson(
    ctx,
    {
      verb: 'refund',
      amountMinor: begun.amountMinor,
      currency: subject.currency,
      reason: input.reason,
      target: targetOf(subject),
    },
    () => effectOf(ctx, input, begun),
  );
}

function targetOf({ payment, wallet }: Subject): { type: string; id: string } {
  if (payment !== null) return { type: 'payment', id: payment.publicId };
  if (wallet === null) throw new Error('A refund is of a payment or of a wallet.');
  return { type: 'wallet', id: formatId('wallet', wallet.id) };
}

async function effectOf(
  ctx: Context,
  input: CreateRefundInput,
  { subject, amountMinor, route }: Begun,
): Promise<Effect | null> {
  const { tenantId } = ctx.principal;
  const { currency, wallet, payment, source } = subject;
  const id = ctx.ledger.nextId();
  const publicId = formatId('refund', id);
  const accounts = await refundAccounts(ctx, { tenantId, currency, route, walletId: wallet?.id ?? null, publicId });
  return moneyEffect(
    ctx,
    {
      kind: 'refund',
      tenantId,
      id,
      origin: originOf(ctx),
      accountId: accounts.of(source),
      counterAccountId: accounts.counterId,
      dueAccountId: accounts.dueId,
      operation: 'refund',
      amountMinor,
      reference: publicId,
      description: input.reason,
      metadata: null,
      businessAtMs: null,
    },
    (refusal) => problemOf(refusal),
    {
      before: { refunded: payment === null ? null : String(payment.refundedMinor) },
      after: {
        refunded: payment === null ? null : String(payment.refundedMinor + amountMinor),
        method: input.method,
        reference: input.reference,
        paid_to:
          route === null
            ? null
            : { provider: route.provider, channel: route.channel, phone: route.phone, name: route.payeeName },
      },
    },
  );
}
