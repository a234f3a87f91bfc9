import type { ErrorCode } from '@/contracts/errors';

/**
 * An expected refusal: what was wrong, with which field, what to do. Families render it (`server/http/problems.ts`).
 * `message` is public; anything internal belongs in the log.
 */
export class Problem extends Error {
  readonly code: ErrorCode;
  /** The field at fault, dotted for nested ones, as the caller wrote it. */
  readonly param: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { param?: string | null; details?: Record<string, unknown>; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.param = options.param ?? null;
    this.details = options.details ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
