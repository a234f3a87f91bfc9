import type { AutoTopUpSkipReason, AutoTopUpStatus } from '@/contracts/auto-top-ups';

/** Of a rule, as far as it decides. */
export interface RuleFacts {
  readonly status: AutoTopUpStatus;
  readonly thresholdMinor: bigint;
  /** Either this or a target. */
  readonly amountMinor: bigint | null;
  readonly targetMinor: bigint | null;
  readonly dailyCountMax: number;
  readonly monthlyCountMax: number;
  readonly dailyAmountMaxMinor: bigint | null;
  readonly monthlyAmountMaxMinor: bigint | null;
  readonly cooldownUntilMs: number | null;
  readonly backedOffUntilMs: number | null;
}

export interface Used {
  readonly count: number;
  readonly amountMinor: bigint;
}

export interface Facts {
  readonly rule: RuleFacts;
  readonly wallet: {
    readonly status: 'active' | 'frozen' | 'inactive' | 'closed';
    /** What may be spent now. */
    readonly availableMinor: bigint;
  };
  /** One whole unit of the currency: what a target is rounded up to. */
  readonly unitMinor: bigint;
  readonly used: { readonly day: Used; readonly month: Used };
  /** A top-up of the rule whose end is not known. */
  readonly isInFlight: boolean;
  /** Why nobody could be asked now, and when to look again; null where somebody can. */
  readonly obstacle: { readonly reason: AutoTopUpSkipReason; readonly againAtMs: number | null } | null;
  readonly nowMs: number;
}

export type Decision =
  /** Not wanted: the rule is off, or there is enough. */
  | { readonly kind: 'rest' }
  /** Wanted, and held back. `againAtMs` is null where something else has to happen first, which then says so itself. */
  | { readonly kind: 'skip'; readonly reason: AutoTopUpSkipReason; readonly againAtMs: number | null }
  /** There will never be one again. */
  | { readonly kind: 'end' }
  | { readonly kind: 'start'; readonly amountMinor: bigint };

/**
 * Whether a wallet is topped up now (spec decision 33). Pure. The guards that protect from paying twice come first, then those
 * that protect from paying too often, then those that say nobody can be asked.
 */
export function decide({ rule, wallet, unitMinor, used, isInFlight, obstacle, nowMs }: Facts): Decision {
  if (rule.status !== 'active') return { kind: 'rest' };
  if (wallet.status === 'closed') return { kind: 'end' };
  if (wallet.availableMinor >= rule.thresholdMinor) return { kind: 'rest' };
  if (isInFlight) return skip('in_flight', null);
  // Either comes back by itself: the movement of a status is looked at as a crossing is.
  if (wallet.status === 'frozen') return skip('wallet_frozen', null);
  if (wallet.status === 'inactive') return skip('wallet_inactive', null);
  if (isAfter(rule.backedOffUntilMs, nowMs)) return skip('backed_off', rule.backedOffUntilMs);
  if (isAfter(rule.cooldownUntilMs, nowMs)) return skip('cooldown', rule.cooldownUntilMs);
  const amountMinor = amountOf(rule, wallet.availableMinor, unitMinor);
  if (isOver(used.month, amountMinor, rule.monthlyCountMax, rule.monthlyAmountMaxMinor)) {
    return skip('monthly_limit', nextMonthMs(nowMs));
  }
  if (isOver(used.day, amountMinor, rule.dailyCountMax, rule.dailyAmountMaxMinor)) {
    return skip('daily_limit', nextDayMs(nowMs));
  }
  if (obstacle !== null) return skip(obstacle.reason, obstacle.againAtMs);
  return { kind: 'start', amountMinor };
}

function skip(reason: AutoTopUpSkipReason, againAtMs: number | null): Decision {
  return { kind: 'skip', reason, againAtMs };
}

function isAfter(untilMs: number | null, nowMs: number): boolean {
  return untilMs !== null && untilMs > nowMs;
}

/** Up to a target in whole units: nobody is asked for 37.41, and M-Pesa takes whole shillings alone. */
function amountOf({ amountMinor, targetMinor }: RuleFacts, availableMinor: bigint, unitMinor: bigint): bigint {
  if (amountMinor !== null) return amountMinor;
  if (targetMinor === null) throw new Error('A rule has an amount or a target.');
  const missing = targetMinor - availableMinor;
  return ((missing + unitMinor - 1n) / unitMinor) * unitMinor;
}

function isOver({ count, amountMinor }: Used, more: bigint, countMax: number, amountMax: bigint | null): boolean {
  return count >= countMax || (amountMax !== null && amountMinor + more > amountMax);
}

function nextDayMs(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
}

function nextMonthMs(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After a payer or a bank said no, longer each time. */
const BACK_OFF_MS: readonly number[] = [15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];
/** Before the next payment method is asked, which has declined nothing. */
const NEXT_METHOD_MS = MINUTE_MS;

/**
 * How long after a failure nobody is asked.
 * @param failures in a row, this one counted
 * @param methods how many ways to pay the rule has
 */
export function backOffMs(failures: number, methods: number): number {
  if (failures % methods !== 0) return NEXT_METHOD_MS;
  const rounds = failures / methods;
  return BACK_OFF_MS[Math.min(rounds, BACK_OFF_MS.length) - 1] as number;
}

/** Which payment method comes next: after each failure the one behind, after the last the first. */
export function methodAt<M>(methods: readonly M[], failures: number): M | undefined {
  return methods[failures % methods.length];
}
