import type { TimelineEntry } from './types';

/** A stretch of a payment's life, and whose time it was. */
export interface Stage {
  readonly stage: 'accepted' | 'submitted' | 'waiting' | 'confirming' | 'posted';
  readonly whose: 'us' | 'provider' | 'customer';
  readonly fromMs: number;
  /** Null while it lasts. */
  readonly toMs: number | null;
}

interface Facts {
  readonly createdAtMs: number;
  readonly initiatedAtMs: number | null;
  readonly promptExpiresAtMs: number | null;
}

const ENDS: ReadonlySet<string> = new Set(['succeeded', 'failed', 'canceled', 'expired', 'in_reconciliation']);

/**
 * Cuts a payment's time into pieces, none overlapping: until we sent it (ours), until the provider had it (theirs), until
 * the customer answered or the prompt was over (theirs), until the provider's word was good enough to act on, and until
 * the books had it (ours).
 * @param sentAtMs when the request for money went out; null where that is not known
 */
export function stagesOf(facts: Facts, timeline: readonly TimelineEntry[], sentAtMs: number | null): Stage[] {
  const { createdAtMs, initiatedAtMs } = facts;
  const end = timeline.find(({ kind, to }) => kind === 'transition' && to !== null && ENDS.has(to));
  const sent = atLeast(sentAtMs ?? initiatedAtMs, createdAtMs);
  const stages: Stage[] = [{ stage: 'accepted', whose: 'us', fromMs: createdAtMs, toMs: sent ?? end?.atMs ?? null }];
  if (sent === null) return stages;
  const refused = initiatedAtMs === null && end !== undefined;
  const taken = refused ? end.atMs : atLeast(initiatedAtMs, sent);
  stages.push({ stage: 'submitted', whose: 'provider', fromMs: sent, toMs: taken });
  if (taken === null || refused) return stages;
  const news = timeline.filter(({ kind, atMs }) => kind === 'observation' && (end === undefined || atMs <= end.atMs));
  const isAnswer = ({ outcome }: TimelineEntry): boolean => outcome === 'succeeded' || outcome === 'failed';
  const answered = news.find(isAnswer)?.atMs ?? (end === undefined ? null : end.atMs);
  // Where nothing was answered and the prompt is over, the wait since is the provider's.
  const over = facts.promptExpiresAtMs;
  const isOver = over !== null && over > taken && (answered === null || answered > over) && isPast(over, timeline, end);
  const heard = isOver ? over : atLeast(answered, taken);
  stages.push({ stage: 'waiting', whose: 'customer', fromMs: taken, toMs: heard });
  if (heard === null) return stages;
  const last = news.findLast(isAnswer)?.atMs ?? end?.atMs ?? null;
  const sure = atLeast(last, heard);
  stages.push({ stage: 'confirming', whose: 'provider', fromMs: heard, toMs: end === undefined ? null : sure });
  if (end === undefined || sure === null) return stages;
  stages.push({ stage: 'posted', whose: 'us', fromMs: sure, toMs: Math.max(sure, end.atMs) });
  return stages;
}

/** Whether the prompt was over while the payment was still followed. */
function isPast(overMs: number, timeline: readonly TimelineEntry[], end: TimelineEntry | undefined): boolean {
  return (end?.atMs ?? timeline.at(-1)?.atMs ?? 0) >= overMs;
}

/** Clocks differ between machines: no stage runs backwards. */
function atLeast(ms: number | null, leastMs: number): number | null {
  return ms === null ? null : Math.max(ms, leastMs);
}
