/** A query parameter of a page as one text: a repeated one counts as its first. */
export function one(value: string | readonly string[] | undefined | null): string | undefined {
  const first = typeof value === 'string' ? value : value?.[0];
  return first === undefined || first === '' ? undefined : first;
}
