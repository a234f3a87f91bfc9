/**
 * Whether an `Accept` header asks for CSV: it names `text/csv`, and JSON, where it names that too, less than it. Browsers
 * and programs that take anything get JSON.
 */
export function wantsCsv(accept: string | null): boolean {
  return wants(accept, 'text/csv');
}

/** The same of PDF. */
export function wantsPdf(accept: string | null): boolean {
  return wants(accept, 'application/pdf');
}

function wants(accept: string | null, wanted: string): boolean {
  if (accept === null) return false;
  const qualities = new Map<string, number>();
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = q === undefined ? 1 : Number(q.slice(2));
    qualities.set(type, Number.isNaN(quality) ? 0 : quality);
  }
  const quality = qualities.get(wanted) ?? 0;
  return quality > 0 && quality > (qualities.get('application/json') ?? 0);
}
