/** A refusal of the API, in its own words: what was wrong, in which field, what to do. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly param: string | null,
    readonly details: unknown,
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Each family words its refusals in its own body; the payments document's has no `error`. */
  static async of(response: Response): Promise<ApiError> {
    const requestId = response.headers.get('request-id');
    const body = (await response.json().catch(() => null)) as Body | null;
    const error = body?.error;
    return new ApiError(
      response.status,
      error?.code ?? body?.responseCode ?? 'unknown',
      error?.message ?? body?.message ?? `The server answered ${response.status}. Try again in a moment.`,
      error?.param ?? body?.errors?.[0]?.field ?? null,
      error?.details ?? null,
      requestId,
    );
  }
}

interface Body {
  readonly error?: { code?: string; message?: string; param?: string | null; details?: unknown };
  readonly message?: string;
  readonly responseCode?: string;
  readonly errors?: readonly { field: string; message: string }[];
}
