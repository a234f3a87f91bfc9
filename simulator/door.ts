import { z } from 'zod';

/**
 * What goes wrong between the network and the provider, before or after its own work. `refuse`, `hang`, `unavailable` and
 * `rate_limited` keep a request from being looked at; after all others it has had its effect.
 */
export const DOOR_MODES = [
  'refuse',
  'hang',
  'unavailable',
  'rate_limited',
  'slow',
  'lost_answer',
  'no_answer',
  'garbage',
  'truncated',
  'html',
  'empty',
  'huge',
] as const;
export type DoorMode = (typeof DOOR_MODES)[number];

export const doorSchema = z.strictObject({
  mode: z.enum(DOOR_MODES),
  /** Only these: `token`, `initiate`, `status` …; README.md names each provider's. */
  operations: z.array(z.string().min(1).max(40)).min(1).max(20).optional(),
  /** How long a `slow` answer is held. */
  delayMs: z.number().int().min(0).max(86_400_000).optional(),
  /** For so many requests; for all when left out. */
  times: z.number().int().min(1).max(1_000_000).optional(),
  /** For so long. */
  forMs: z
    .number()
    .int()
    .min(1)
    .max(366 * 86_400_000)
    .optional(),
});
export type DoorFault = z.infer<typeof doorSchema>;

interface Standing {
  readonly provider: string;
  readonly fault: DoorFault;
  readonly until: number;
  left: number;
}

const FAULTS_MAX = 1_000;

export class DoorBook {
  #standing: Standing[] = [];

  set(provider: string, fault: DoorFault, now: number): void {
    if (this.#standing.length >= FAULTS_MAX) throw new RangeError(`${FAULTS_MAX} faults stand already.`);
    this.#standing.push({
      provider,
      fault,
      until: fault.forMs === undefined ? Number.POSITIVE_INFINITY : now + fault.forMs,
      left: fault.times ?? Number.POSITIVE_INFINITY,
    });
  }

  clear(provider?: string): void {
    this.#standing = this.#standing.filter((standing) => provider !== undefined && standing.provider !== provider);
  }

  /** The fault that this request meets, the oldest first. */
  take(provider: string, operation: string, now: number): DoorFault | null {
    this.#standing = this.#standing.filter((standing) => standing.left > 0 && now < standing.until);
    const met = this.#standing.find(
      (standing) => standing.provider === provider && (standing.fault.operations?.includes(operation) ?? true),
    );
    if (met === undefined) return null;
    met.left -= 1;
    return met.fault;
  }

  list(now: number): readonly { provider: string; fault: DoorFault; untilMs: number | null; left: number | null }[] {
    return this.#standing
      .filter((standing) => standing.left > 0 && now < standing.until)
      .map(({ provider, fault, until, left }) => ({
        provider,
        fault,
        untilMs: Number.isFinite(until) ? until - now : null,
        left: Number.isFinite(left) ? left : null,
      }));
  }
}
