import type { AutoTopUpObject } from '@/contracts/auto-top-ups';
import { formatEntryId, formatId } from '@/contracts/ids';
import type { Used } from './decide';
import { isoTime, renderMethod } from './render-method';
import type { LastTopUp, RuleView } from './rule';

/** The object as events carry it and the API answers it. */
export function renderRule(rule: RuleView): AutoTopUpObject {
  return {
    object: 'auto_topup',
    wallet_id: formatId('wallet', rule.walletId),
    currency: rule.currency,
    status: rule.status,
    disabled_reason: rule.disabledReason,
    threshold: Number(rule.thresholdMinor),
    amount: numberOf(rule.amountMinor),
    target: numberOf(rule.targetMinor),
    payment_methods: rule.methods.map(renderMethod),
    cooldown_seconds: rule.cooldownSeconds,
    daily_count_max: rule.dailyCountMax,
    monthly_count_max: rule.monthlyCountMax,
    daily_amount_max: numberOf(rule.dailyAmountMaxMinor),
    monthly_amount_max: numberOf(rule.monthlyAmountMaxMinor),
    failures_max: rule.failuresMax,
    failures: rule.failures,
    usage: { day: renderUsed(rule.used.day), month: renderUsed(rule.used.month) },
    next_attempt_at: nextAttemptAt(rule),
    last_topup: rule.lastTopUp === null ? null : renderLast(rule.lastTopUp),
    created_at: isoTime(rule.createdAtMs),
    updated_at: isoTime(rule.updatedAtMs),
    livemode: rule.livemode,
  };
}

function renderUsed({ count, amountMinor }: Used): { count: number; amount: number } {
  return { count, amount: Number(amountMinor) };
}

function nextAttemptAt({ cooldownUntilMs, backedOffUntilMs, asOfMs }: RuleView): string | null {
  const untilMs = Math.max(cooldownUntilMs ?? 0, backedOffUntilMs ?? 0);
  return untilMs > asOfMs ? isoTime(untilMs) : null;
}

function renderLast({ id, amountMinor, status, failureCode, entry, createdAtMs }: LastTopUp) {
  return {
    id: formatId('topup', id),
    amount: Number(amountMinor),
    status,
    failure_code: failureCode,
    transaction_id: entry === null ? null : formatEntryId(entry.journalId, entry.leg),
    sequence: entry?.sequence ?? null,
    created_at: isoTime(createdAtMs),
  };
}

function numberOf(minor: bigint | null): number | null {
  return minor === null ? null : Number(minor);
}
