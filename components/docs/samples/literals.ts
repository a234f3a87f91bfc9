interface Dialect {
  indent: string;
  string: (text: string) => string;
  key: (name: string) => string;
  object: [open: string, close: string];
  list: [open: string, close: string];
  emptyObject: string;
  nil: string;
  yes: string;
  no: string;
  trailingComma: boolean;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const single = (text: string) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

const braces: [string, string] = ['{', '}'];
const brackets: [string, string] = ['[', ']'];

export const JSON_DIALECT: Dialect = {
  indent: '  ',
  string: (text) => JSON.stringify(text),
  key: (name) => `${JSON.stringify(name)}: `,
  object: braces,
  list: brackets,
  emptyObject: '{}',
  nil: 'null',
  yes: 'true',
  no: 'false',
  trailingComma: false,
};

export const NODE_DIALECT: Dialect = {
  ...JSON_DIALECT,
  key: (name) => `${IDENTIFIER.test(name) ? name : JSON.stringify(name)}: `,
  trailingComma: true,
};

export const PYTHON_DIALECT: Dialect = {
  ...JSON_DIALECT,
  indent: '    ',
  nil: 'None',
  yes: 'True',
  no: 'False',
  trailingComma: true,
};

export const PHP_DIALECT: Dialect = {
  ...JSON_DIALECT,
  indent: '    ',
  string: single,
  key: (name) => `${single(name)} => `,
  object: brackets,
  emptyObject: 'new stdClass()',
  trailingComma: true,
};

/** A JSON value as source text; lines after the first are indented by `depth` steps. */
export function literal(value: unknown, dialect: Dialect, depth = 0): string {
  if (value === null || value === undefined) return dialect.nil;
  if (typeof value === 'boolean') return value ? dialect.yes : dialect.no;
  if (typeof value === 'string') return dialect.string(value);
  if (typeof value !== 'object') return String(value);
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((item) => literal(item, dialect, depth + 1))
    : Object.entries(value).map(([key, item]) => dialect.key(key) + literal(item, dialect, depth + 1));
  const [open, close] = isList ? dialect.list : dialect.object;
  if (members.length === 0) return isList ? open + close : dialect.emptyObject;
  const pad = dialect.indent.repeat(depth + 1);
  const lines = members.map((member) => pad + member).join(',\n');
  return `${open}\n${lines}${dialect.trailingComma ? ',' : ''}\n${dialect.indent.repeat(depth)}${close}`;
}

export function json(value: unknown): string {
  return literal(value, JSON_DIALECT);
}
