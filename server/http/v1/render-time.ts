/** `2026-05-24T10:00:00Z`, as the documents write when something happened. */
export function renderTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** An expiry decides to the millisecond, so it shows them where there are any. */
export function renderExactTime(ms: number): string {
  return ms % 1000 === 0 ? renderTime(ms) : new Date(ms).toISOString();
}
