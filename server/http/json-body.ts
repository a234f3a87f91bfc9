import { isUtf8 } from 'node:buffer';
import { Problem } from '@/server/kernel/problem';
import type { IncomingRequest } from './request';

const DEPTH_MAX = 16;
const ARRAY_LENGTH_MAX = 1000;
/** An escape that could be NUL or half of a surrogate pair: only then need strings be looked at one by one. */
const SUSPICIOUS_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for; PostgreSQL cannot store it.
const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/**
 * The body as a JSON object; an absent body counts as an empty object, so that what is missing is said by field.
 * @throws Problem for everything else
 */
export async function readJsonBody(request: IncomingRequest, bytesMax: number): Promise<Record<string, unknown>> {
  const bytes = await request.readBody(bytesMax);
  if (bytes.byteLength === 0) return {};
  requireJsonType(request.header('content-type'));
  if (!isUtf8(bytes)) throw new Problem('body_not_json', 'The body is not valid UTF-8.');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return parseJsonObject(text);
}

export function parseJsonObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const position = jsonErrorPosition(text);
    throw new Problem('body_not_json', `The body is not valid JSON: reading failed at position ${position}.`, {
      details: { position },
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const given = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
    throw new Problem('body_not_json', `The body must be a JSON object, such as {"amount": 500}; got ${given}.`);
  }
  inspect(value, 1, '', SUSPICIOUS_ESCAPE.test(text));
  return value as Record<string, unknown>;
}

function requireJsonType(contentType: string | null): void {
  if (contentType === 'application/json') return;
  if (
    contentType !== null &&
    /^application\/json[ \t]*(?:;[ \t]*charset[ \t]*=[ \t]*"?utf-?8"?[ \t]*)?;?$/i.test(contentType)
  )
    return;
  throw new Problem(
    'content_type_unsupported',
    `Send the body as application/json${contentType === null ? ' and say so in Content-Type' : ', not as another type'}.`,
  );
}

/** The same, or an HTML form's fields, each a text. For the log-in, which tools send either way. */
export async function readJsonOrForm(request: IncomingRequest, bytesMax: number): Promise<Record<string, unknown>> {
  const type = request.header('content-type');
  if (type === null || !/^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(type)) {
    return readJsonBody(request, bytesMax);
  }
  const bytes = await request.readBody(bytesMax);
  if (!isUtf8(bytes)) throw new Problem('body_not_json', 'The form is not valid UTF-8.');
  const fields: [string, string][] = [];
  for (const [name, value] of new URLSearchParams(Buffer.from(bytes).toString('utf8'))) {
    if (UNSTORABLE.test(name) || UNSTORABLE.test(value)) {
      throw new Problem('parameter_invalid', 'The form holds a NUL character, which no text may.', { param: name });
    }
    if (fields.some(([there]) => there === name)) {
      throw new Problem('parameter_repeated', `\`${name}\` is given more than once; send it once.`, { param: name });
    }
    fields.push([name, value]);
  }
  // Own properties whatever their names: `__proto__` is a field like any other.
  return Object.fromEntries(fields);
}

/** Depth, array length and, where an escape asks for it, every string and key. */
function inspect(value: object, depth: number, path: string, withStrings: boolean): void {
  if (depth > DEPTH_MAX) throw new Problem('json_too_deep', `The body is nested more than ${DEPTH_MAX} levels deep.`);
  if (Array.isArray(value) && value.length > ARRAY_LENGTH_MAX) {
    throw new Problem('json_too_deep', `\`${path}\` has more than ${ARRAY_LENGTH_MAX} elements.`, { param: path });
  }
  for (const key in value) {
    const child: unknown = (value as Record<string, unknown>)[key];
    if (typeof child === 'object' && child !== null) {
      inspect(child, depth + 1, path === '' ? key : `${path}.${key}`, withStrings);
    }
    if (withStrings && (UNSTORABLE.test(key) || (typeof child === 'string' && UNSTORABLE.test(child)))) {
      const param = UNSTORABLE.test(key) ? path || null : path === '' ? key : `${path}.${key}`;
      throw new Problem(
        'parameter_invalid',
        `${param === null ? 'A field name' : `\`${param}\``} contains a NUL character or half of a surrogate pair, which no text may hold.`,
        { param },
      );
    }
  }
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: JSON forbids them unescaped in strings
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null))/y;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/**
 * Where a text stops being JSON, in UTF-16 units. V8 says it for some errors and quotes the body for others; the
 * position helps and the quotation might be a secret. Runs for broken bodies alone.
 */
export function jsonErrorPosition(text: string): number {
  const open: ('{' | '[')[] = [];
  let expecting: 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing' = 'value';
  const afterValue = (): typeof expecting => (open.length === 0 ? 'nothing' : ', or end');
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) return firstNonSpace(text, from);
    const [, mark, string, scalar] = match;
    const start = TOKEN.lastIndex - (mark ?? string ?? scalar ?? '').length;
    const wantsValue = expecting === 'value' || expecting === 'value or ]';
    if (string !== undefined && (expecting === 'key' || expecting === 'key or }')) expecting = ':';
    else if ((string !== undefined || scalar !== undefined) && wantsValue) expecting = afterValue();
    else if ((mark === '{' || mark === '[') && wantsValue) {
      open.push(mark);
      expecting = mark === '{' ? 'key or }' : 'value or ]';
    } else if (mark === ':' && expecting === ':') expecting = 'value';
    else if (mark === ',' && expecting === ', or end') expecting = open.at(-1) === '{' ? 'key' : 'value';
    else if (
      (mark === '}' && open.at(-1) === '{' && (expecting === 'key or }' || expecting === ', or end')) ||
      (mark === ']' && open.at(-1) === '[' && (expecting === 'value or ]' || expecting === ', or end'))
    ) {
      open.pop();
      expecting = afterValue();
    } else return start;
  }
}

function firstNonSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at++;
  return at;
}
