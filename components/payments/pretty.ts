const WIDTH_MAX = 64;

/** A message's JSON over lines, short objects on one; anything else as it came. */
export function pretty(text: string): string {
  try {
    return written(JSON.parse(text), '');
  } catch {
    return text;
  }
}

function written(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const deeper = `${indent}  `;
  const parts = isList
    ? value.map((one) => written(one, deeper))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${written(one, deeper)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const line = `${open} ${parts.join(', ')} ${close}`;
  const isFlat = indent !== '' && !line.includes('\n') && line.length <= WIDTH_MAX && !/[[{]/.test(line.slice(1));
  return isFlat ? line : `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}`;
}
