import type { ErrorCode } from '@/contracts/errors';
import { isErrorNamed } from './error-name';

/**
 * An expected refusal: what was wrong, with which field, what to do. Families render it (`server/http/problems.ts`).
 * `message` is public; anything internal belongs in the log.
 */
export class Problem extends Error {
  /** By name: Next.js bundles the API a second time into the same process, with a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, 'Problem');
  }

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
