import type { z } from '@hono/zod-openapi';
import type { FieldProblem } from '@/contracts/errors';
import { Problem } from '@/server/kernel/problem';

type Issue = z.core.$ZodIssue;

/** What JSON calls the types that zod names otherwise. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'an array',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  url: 'must be a URL',
  datetime: 'must be an ISO 8601 date and time with a zone, such as 2026-08-01T00:00:00Z',
  date: 'must be a date such as 2026-08-01',
};

/** Says what is expected, as the end of a sentence that begins with the field: "must be …". Schemas may say better. */
function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return bound(issue.origin, 'at least', Number(issue.minimum));
    case 'too_big':
      return bound(issue.origin, 'at most', Number(issue.maximum));
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'has a form that is not accepted here';
    case 'invalid_key':
      return 'has a key that is not accepted here';
    default:
      return 'has a value that is not accepted here';
  }
}

function bound(origin: string, least: string, limit: number): string {
  if (origin === 'string')
    return limit === 1 && least === 'at least' ? 'must not be empty' : `must have ${least} ${limit} characters`;
  if (origin === 'array' || origin === 'set') return `must have ${least} ${limit} elements`;
  return `must be ${least} ${limit}`;
}

const SAY: z.core.ParseContext<Issue> = { error: expectation, reportInput: true };

/**
 * Parses in one pass; only a refusal is parsed again, for its messages.
 * @throws Problem that names every field at fault
 */
export function validate<S extends z.ZodObject>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const again = schema.safeParse(input, SAY);
  throw again.success ? new Error('A schema gave two opinions of one input.') : problemOf(again.error.issues);
}

function problemOf(issues: readonly Issue[]): Problem {
  const fields = issues.flatMap(describe);
  const first = fields[0] as FieldProblem;
  const message = fields.length === 1 ? first.message : `${first.message} ${fields.length - 1} more in details.fields.`;
  return new Problem(first.code as 'parameter_invalid', message, { param: first.param, details: { fields } });
}

function describe(issue: Issue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const param = dotted([...issue.path, key]);
      return {
        param,
        code: 'parameter_unknown',
        message: `\`${param}\` is not a field of this request; remove it or check its spelling.`,
      };
    });
  }
  const param = dotted(issue.path);
  const rule = issue.message.replace(/\.$/, '');
  if (issue.input === undefined && issue.code !== 'custom') {
    return [{ param, code: 'parameter_missing', message: `\`${param}\` is missing; it ${rule}.` }];
  }
  const given = issue.code === 'invalid_type' ? `; got ${typeName(issue.input)}` : '';
  return [{ param, code: 'parameter_invalid', message: `\`${param}\` ${rule}${given}.` }];
}

/** The kind of what was sent, never the value: it may be a secret in the wrong field. */
function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`;
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
