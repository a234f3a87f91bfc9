import type { EventType } from '@/contracts/events';
import { formatId } from '@/contracts/ids';
import type { Queryable } from '@/server/kernel/sql-time';
import type { Ledger } from '@/server/ledger/ledger';
import { recordEvent } from '@/server/webhooks/record-event';
import { isoTime } from './render-method';
import { renderRule } from './render-rule';
import type { RuleReader, RuleView } from './rule';

/** Whose rules, at which clock, with which ids. */
export interface RuleWriter extends RuleReader {
  readonly ledger: Pick<Ledger, 'nextId'>;
}

export interface RuleNews {
  readonly topUp?: { readonly id: string; readonly amountMinor: bigint; readonly paymentMethodId: string | null };
  readonly reason?: string | null;
  readonly againAtMs?: number | null;
}

/** Tells what a rule did, in the transaction in which it did it. */
export function recordRuleEvent(
  writer: RuleWriter,
  tx: Queryable,
  type: Extract<EventType, `auto_topup.${string}`>,
  rule: RuleView,
  { topUp, reason = null, againAtMs = null }: RuleNews,
): Promise<void> {
  const methodId = topUp?.paymentMethodId ?? null;
  const data = {
    ...renderRule(rule),
    topup_id: topUp === undefined ? null : formatId('topup', topUp.id),
    topup_amount: topUp === undefined ? null : Number(topUp.amountMinor),
    payment_method_id: methodId === null ? null : formatId('paymentMethod', methodId),
    reason,
    again_at: againAtMs === null ? null : isoTime(againAtMs),
  };
  return recordEvent(writer, tx, {
    tenantId: writer.principal.tenantId,
    type,
    accountId: rule.walletId,
    payload: JSON.stringify({ data }),
  });
}
