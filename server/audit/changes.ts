export type State = Readonly<Record<string, unknown>>;

export interface FieldChange {
  /** A dot leads into an object. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A row's JSON text as an object. What is none is shown as one, so that a reader has one shape to deal with. */
export function stateOf(text: string | null): State | null {
  if (text === null) return null;
  const value = parsed(text);
  return isState(value) ? value : { value };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What status and terms of accounts are written with, for the books to order them by; nobody changed these. */
const BOOKKEEPING = /^(?:wallet|account)\./;
const BOOKKEEPING_FIELDS = new Set(['sequence', 'version', 'order']);

/** The fields that a row of this action says were changed. */
export function changesIn(action: string, before: State | null, after: State | null): FieldChange[] {
  const changes = changesOf(before, after);
  return BOOKKEEPING.test(action) ? changes.filter(({ field }) => !BOOKKEEPING_FIELDS.has(field)) : changes;
}

/**
 * The fields that differ, in the order they were written. A change that says only what is new (`before` has fewer fields)
 * shows null for what it does not say.
 */
export function changesOf(before: State | null, after: State | null, path = ''): FieldChange[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].flatMap((name): FieldChange[] => {
    const was = fieldOf(before, name);
    const is = fieldOf(after, name);
    if (isState(was) && isState(is)) return changesOf(was, is, `${path}${name}.`);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ field: path + name, before: was, after: is }];
  });
}

function fieldOf(state: State | null, name: string): unknown {
  return state !== null && Object.hasOwn(state, name) ? (state[name] ?? null) : null;
}

function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
