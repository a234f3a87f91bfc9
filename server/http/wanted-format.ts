/**
 * Whether an `Accept` header asks for CSV: it names `text/csv`, and JSON, where it names that too, less than it. Browsers
 * and programs that take anything get JSON.
 */
export function wantsCsv(accept: string | null): boolean {
  if (accept === null) return false;
  const qualities = new Map<string, number>();
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = q === undefined ? 1 : Number(q.slice(2));
    qualities.set(type, Number.isNaN(quality) ? 0 : quality);
  }
  const csv = qualities.get('text/csv') ?? 0;
  return csv > 0 && csv > (qualities.get('application/json') ?? 0);
}
