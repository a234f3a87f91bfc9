import type { Network, ProviderName } from './networks';
import type { Failure, Plan } from './plan';

/** One request for money as the provider knows it. */
export interface Charge {
  readonly id: string;
  readonly provider: ProviderName;
  /** What the provider calls it, and what status queries ask for. */
  readonly reference: string;
  /** The merchant's own name for it, where that differs. */
  readonly merchantReference: string;
  readonly method: 'phone' | 'card' | 'bank';
  readonly network: Network | null;
  readonly phone: string | null;
  readonly payee: string;
  /** What the payer reads beside the amount. */
  readonly note: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly createdAt: number;
  /** When the prompt is gone; null where nothing runs out. */
  expiresAt: number | null;
  readonly callbackUrl: string | null;
  readonly plan: Plan;

  state: 'waiting' | 'paid' | 'failed' | 'reversed';
  failure: Failure | null;
  settledAt: number | null;
  /** Set at the first settlement; a late success gets a receipt of its own. */
  receipt: string | null;
  /** True while the prompt is on the phone. */
  isPrompted: boolean;
  wrongPins: number;
  liesLeft: number;
  queries: number;
  lastQueryAt: number | null;
  readonly callbacks: Delivery[];
  /** Wakes those who hold their answer until the end: synchronous providers, `callback_first`. */
  readonly waiters: (() => void)[];
  readonly cancels: (() => void)[];
  /** What only the provider's own code knows. */
  readonly details: Record<string, unknown>;
}

export interface Delivery {
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** The answer's status; null while under way, 0 where none came. */
  status: number | null;
  error: string | null;
}

const CHARGES_MAX = 50_000;

export class ChargeBook {
  #charges = new Map<string, Charge>();
  #byId = new Map<string, Charge>();
  #byPhone = new Map<string, Set<Charge>>();

  get(provider: ProviderName, reference: string): Charge | undefined {
    return this.#charges.get(`${provider} ${reference}`);
  }

  byId(id: string): Charge | undefined {
    return this.#byId.get(id);
  }

  /** The oldest that has ended makes room; while all wait, the oldest of all. */
  add(charge: Charge): void {
    if (this.#byId.size >= CHARGES_MAX) {
      const [oldest] = this.#byId.values();
      for (const candidate of this.#byId.values()) {
        if (candidate.state === 'waiting') continue;
        this.#remove(candidate);
        break;
      }
      if (this.#byId.size >= CHARGES_MAX && oldest !== undefined) this.#remove(oldest);
    }
    this.#charges.set(`${charge.provider} ${charge.reference}`, charge);
    this.#byId.set(charge.id, charge);
    if (charge.phone !== null) {
      const others = this.#byPhone.get(charge.phone) ?? new Set();
      this.#byPhone.set(charge.phone, others.add(charge));
    }
  }

  /** The newest first. */
  list(limit = Number.POSITIVE_INFINITY): readonly Charge[] {
    const all = [...this.#byId.values()].reverse();
    return all.slice(0, limit);
  }

  /** The newest first. */
  ofPhone(phone: string): readonly Charge[] {
    return [...(this.#byPhone.get(phone) ?? [])].reverse();
  }

  find(fits: (charge: Charge) => boolean): Charge | undefined {
    for (const charge of this.#byId.values()) if (fits(charge)) return charge;
    return undefined;
  }

  clear(): void {
    for (const charge of this.#byId.values()) for (const cancel of charge.cancels) cancel();
    this.#charges.clear();
    this.#byId.clear();
    this.#byPhone.clear();
  }

  #remove(charge: Charge): void {
    for (const cancel of charge.cancels) cancel();
    this.#charges.delete(`${charge.provider} ${charge.reference}`);
    this.#byId.delete(charge.id);
    if (charge.phone === null) return;
    const others = this.#byPhone.get(charge.phone);
    others?.delete(charge);
    if (others?.size === 0) this.#byPhone.delete(charge.phone);
  }
}

/** A charge as somebody outside is told of it: the truth, or what a plan makes of it. */
export interface View {
  readonly state: 'waiting' | 'paid' | 'failed' | 'reversed' | 'not_found';
  readonly failure: Failure | null;
  /** The plan's own code for a failure. */
  readonly code: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly phone: string | null;
  readonly receipt: string | null;
  readonly settledAt: number | null;
}

export function viewOf(charge: Charge, teller: 'callback' | 'status'): View {
  const { report } = charge.plan;
  const wrong = report !== undefined && (report.where === 'both' || report.where === teller) ? report : undefined;
  return {
    state: charge.state,
    failure: charge.failure,
    code: charge.state === 'failed' ? (charge.plan.code ?? null) : null,
    amountMinor: wrong?.amount ?? charge.amountMinor,
    currency: wrong?.currency ?? charge.currency,
    phone: wrong?.phone ?? charge.phone,
    receipt: charge.receipt,
    settledAt: charge.settledAt,
  };
}

/** What a status query hears. Counts the question, and uses up a lie. */
export function askedView(charge: Charge, now: number): View {
  charge.queries += 1;
  charge.lastQueryAt = now;
  const truth = viewOf(charge, 'status');
  const { lie } = charge.plan;
  if (lie === undefined || charge.liesLeft <= 0) return truth;
  charge.liesLeft -= 1;
  if (lie.says === 'not_found') return { ...truth, state: 'not_found' };
  if (lie.says === 'pending')
    return { ...truth, state: 'waiting', failure: null, code: null, receipt: null, settledAt: null };
  if (lie.says === 'failed') return { ...truth, state: 'failed', failure: truth.failure ?? 'expire', settledAt: now };
  return { ...truth, state: 'paid', failure: null, code: null, receipt: truth.receipt ?? '4821390771', settledAt: now };
}
