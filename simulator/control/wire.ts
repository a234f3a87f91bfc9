/** snake_case on the wire, camelCase in here: the one place where they meet. Values of `kept` keys stay as they are. */
export function toSnake(value: unknown, ...kept: readonly string[]): object {
  return convert(value, (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), kept) as object;
}

export function toCamel(value: unknown, ...kept: readonly string[]): unknown {
  return convert(value, (key) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), kept);
}

/** Amounts are text: JSON numbers end where bigint goes on. */
function convert(value: unknown, rename: (key: string) => string, kept: readonly string[]): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map((one) => convert(one, rename, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      // Currencies are names of their own.
      const name = /^[A-Z]{3}$/.test(key) ? key : rename(key);
      return [name, kept.includes(key) ? inner : convert(inner, rename, kept)];
    }),
  );
}
