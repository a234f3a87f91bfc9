import { z } from 'zod';
import { isCurrency } from '@/contracts/money';

/**
 * What is going to happen to a request for money, where a person does not decide it, and what goes wrong on the way.
 * The control API writes these in snake_case (`late_success_ms`); see README.md for each.
 */
export const OUTCOMES = [
  'approve',
  'wrong_pin',
  'insufficient_funds',
  'decline',
  'expire',
  'unreachable',
  'busy',
  'limit_reached',
  'payer_not_found',
  'payer_not_allowed',
  'payee_not_allowed',
  'not_allowed',
  'wrong_environment',
  'wrong_callback_host',
  'wrong_currency',
  'internal_error',
  'unavailable',
  'not_performed',
] as const;

/** How a request for money can end. All but `approve` are failures. */
export type Outcome = (typeof OUTCOMES)[number];
export type Failure = Exclude<Outcome, 'approve'>;

/** `pending` never ends, not even by its time; `ask` leaves it to the handset whatever a wider plan says. */
export const DECISIONS = [...OUTCOMES, 'pending', 'ask'] as const;
export type Decision = (typeof DECISIONS)[number];

const wait = z
  .number()
  .int()
  .min(0)
  .max(366 * 86_400_000, 'must be at most a year of milliseconds');
const minor = z
  .union([z.number().int().min(0), z.string().regex(/^[0-9]{1,16}$/, 'must be a whole number of minor units')])
  .transform((amount) => BigInt(amount));

export const planSchema = z.strictObject({
  outcome: z.enum(DECISIONS).optional(),
  /** The provider's own code instead of the outcome's: for codes that nobody knows. */
  code: z.string().min(1).max(64).optional(),
  /** From the prompt until the outcome. */
  delayMs: wait.optional(),
  /** How long the answer to the initiation is held; the prompt is out already. */
  answerDelayMs: wait.optional(),
  /** How often the callback is sent; 0 drops it. All go out at the same time. */
  callbacks: z.number().int().min(0).max(100).optional(),
  callbackDelayMs: wait.optional(),
  /** The callback overtakes the answer to the initiation. */
  callbackFirst: z.boolean().optional(),
  /** Something else than the message in the callback's body. */
  callbackBody: z.enum(['html', 'error', 'empty', 'truncated']).optional(),
  /** Paid after all, that long after it failed or ran out. */
  lateSuccessMs: wait.optional(),
  /** The provider takes the money back, that long after it was paid. */
  reverseAfterMs: wait.optional(),
  /** What the provider says was paid, by whom; the payer's phone shows the truth. */
  report: z
    .strictObject({
      amount: minor.optional(),
      currency: z.string().refine(isCurrency, 'must be an ISO 4217 code').optional(),
      phone: z
        .string()
        .regex(/^[0-9]{6,15}$/, 'must be digits')
        .optional(),
      where: z.enum(['both', 'callback', 'status']).default('both'),
    })
    .optional(),
  /** So many answers to status queries are not true. */
  lie: z
    .strictObject({
      answers: z.number().int().min(1).max(100_000),
      says: z.enum(['pending', 'failed', 'paid', 'not_found']),
    })
    .optional(),
});

export type Plan = z.infer<typeof planSchema>;

export type Scope = { readonly provider?: string | undefined; readonly phone?: string | undefined };

interface Entry {
  readonly scope: Scope;
  readonly plan: Plan;
  /** How many requests it is still good for; null for all. */
  left: number | null;
}

/** Plans by scope. The narrower goes before the wider, what is for the next request before what is for all. */
export class PlanBook {
  #entries: Entry[] = [];

  set(scope: Scope, plan: Plan, times: number | null): void {
    const same = (entry: Entry): boolean =>
      entry.scope.provider === scope.provider &&
      entry.scope.phone === scope.phone &&
      (entry.left === null) === (times === null);
    // "For all" has one plan; "for the next" queues up.
    if (times === null) this.#entries = this.#entries.filter((entry) => !same(entry));
    if (this.#entries.length >= 10_000) throw new RangeError('10 000 plans wait already.');
    this.#entries.push({ scope, plan, left: times });
  }

  clear(scope?: Scope): void {
    this.#entries = this.#entries.filter(
      (entry) => scope !== undefined && (entry.scope.provider !== scope.provider || entry.scope.phone !== scope.phone),
    );
  }

  /** The plan of a request that comes in now, taken from every scope that it falls into. */
  take(provider: string, phone: string | null): Plan {
    const fits = (entry: Entry): boolean =>
      (entry.scope.provider === undefined || entry.scope.provider === provider) &&
      (entry.scope.phone === undefined || entry.scope.phone === phone);
    const standing = this.#entries.filter((entry) => entry.left === null && fits(entry));
    const next = this.#entries.filter((entry) => entry.left !== null && fits(entry)).sort(byWidth)[0];
    standing.sort((a, b) => -byWidth(a, b));
    if (next !== undefined && next.left !== null) {
      next.left -= 1;
      if (next.left <= 0) this.#entries = this.#entries.filter((entry) => entry !== next);
    }
    return Object.assign({}, ...standing.map((entry) => entry.plan), next?.plan) as Plan;
  }

  list(): readonly { scope: Scope; plan: Plan; left: number | null }[] {
    return this.#entries.map(({ scope, plan, left }) => ({ scope, plan, left }));
  }
}

/** Narrowest first. */
function byWidth(a: Entry, b: Entry): number {
  const width = ({ scope }: Entry): number =>
    (scope.phone === undefined ? 2 : 0) + (scope.provider === undefined ? 1 : 0);
  return width(a) - width(b);
}
