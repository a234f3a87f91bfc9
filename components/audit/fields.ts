import type { AuditEntry } from './words';

/** `Low balance threshold`, `Rules › fee percent`: a field's name as people say it. */
export function fieldName(field: string): string {
  const words = field
    .split('.')
    .map((part) => part.replace(/_(?:minor|ms|at)$/, '').replaceAll('_', ' '))
    .join(' › ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Change = AuditEntry['changes'][number];

/** What was not there before, or is not any more, by its own fields where it has some. */
export function flatChanges(changes: readonly Change[]): readonly Change[] {
  return changes.flatMap((change) => {
    const { field, before, after } = change;
    const [was, is] = [stateOf(before), stateOf(after)];
    if ((was === null && before !== null) || (is === null && after !== null) || (was === null && is === null)) {
      return [change];
    }
    const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
    if (names.length === 0) return [change];
    return flatChanges(
      names.map((name) => ({ field: `${field}.${name}`, before: was?.[name] ?? null, after: is?.[name] ?? null })),
    );
  });
}

function stateOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** Written so that the books can order them; nobody changed these. */
const BOOKKEEPING = new Set(['sequence', 'version', 'order']);

/** In which currency the amounts of a row are, where it says so. */
export function currencyOf({ before, after }: AuditEntry): string | null {
  const currency = after?.['currency'] ?? before?.['currency'];
  return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : null;
}

const AMOUNT = /(?:^|[._])(?:amount|balance|threshold|available|held|promotional|refund_due)(?:_minor)?$|_minor$/;

/** Whether a value is money in minor units, as rows keep it. */
export function isAmount(field: string, value: unknown): value is number | string {
  if (!AMOUNT.test(field)) return false;
  return Number.isSafeInteger(value) || (typeof value === 'string' && /^-?[0-9]{1,16}$/.test(value));
}

/** How many fields of the object the row knows and did not change. */
export function unchangedCount({ before, after, changes }: AuditEntry): number {
  const changed = new Set(flatChanges(changes).map(({ field }) => field));
  const all = new Set([...leaves(before ?? {}), ...leaves(after ?? {})]);
  return [...all].filter((field) => !changed.has(field) && !BOOKKEEPING.has(field)).length;
}

function leaves(state: Readonly<Record<string, unknown>>, path = ''): string[] {
  return Object.entries(state).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leaves(value as Record<string, unknown>, `${path}${name}.`)
      : [path + name],
  );
}

/** `5 fields changed, 9 stayed the same`; of what was not there before or is not any more, what it was made of. */
export function changesTitle(entry: AuditEntry): string {
  const count = flatChanges(entry.changes).length;
  const fields = count === 1 ? '1 field' : `${count} fields`;
  if (entry.before === null && entry.after === null) return 'Nothing to compare';
  if (entry.before === null) return `Recorded with ${fields}`;
  if (entry.after === null) return `${fields} as they were last`;
  const same = unchangedCount(entry);
  return `${fields} changed${same === 0 ? '' : `, ${same} stayed the same`}`;
}
