import pino from 'pino';

export type Log = pino.Logger;

/** Structured lines on stderr: stdout belongs to what a command answers with. Synchronous would block; this does not. */
export function openLog(level: string): Log {
  return pino({ level, base: { pid: process.pid } }, pino.destination({ fd: 2, sync: false }));
}

/**
 * What of an error may be written: its kind, its message and where it arose. The message of a PostgreSQL error names
 * columns and constraints; `detail`, which quotes values, is left out.
 */
export function loggableError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: loggableError(error.cause) }),
  };
}
