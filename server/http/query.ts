import { Problem } from '@/server/kernel/problem';

const NONE: Readonly<Record<string, string>> = Object.freeze({});

/**
 * A query string as a plain object without a prototype.
 * @throws Problem for a repeated name or broken percent-encoding
 */
export function parseQuery(search: string): Record<string, string> {
  if (search === '') return NONE;
  const query: Record<string, string> = Object.create(null);
  for (const pair of search.split('&')) {
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    const name = decode(mark === -1 ? pair : pair.slice(0, mark));
    const value = decode(mark === -1 ? '' : pair.slice(mark + 1));
    if (name === null || value === null || value.includes('\0')) {
      throw new Problem(
        'parameter_invalid',
        `The query parameter \`${name ?? '?'}\` is not valid percent-encoded UTF-8 text.`,
        {
          param: name,
        },
      );
    }
    if (name in query) {
      throw new Problem('parameter_repeated', `\`${name}\` is given more than once; send it once.`, { param: name });
    }
    query[name] = value;
  }
  return query;
}

function decode(text: string): string | null {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
