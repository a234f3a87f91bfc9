import { Fragment, type ReactNode } from 'react';
import type { LanguageId } from './languages';

export type Dialect = LanguageId | 'json' | 'shell' | 'http';

const DOUBLE = String.raw`"(?:[^"\\\n]|\\.)*"`;
const SINGLE = String.raw`'(?:[^'\\\n]|\\.)*'`;
const NUMBER = String.raw`(?<![\w.:/-])-?\d+(?:\.\d+)?(?![\w./-])|\b(?:true|false|null|True|False|None)\b`;

const SLASHES = String.raw`(?<![:\w])\/\/[^\n]*`;
const HASH = String.raw`(?<=^|\s)#[^\n]*`;

const PATTERNS: Record<Dialect, RegExp> = {
  json: rules({ key: String.raw`${DOUBLE}(?=\s*:)`, string: DOUBLE }),
  http: rules({ key: String.raw`^[\w-]+(?=: )`, string: DOUBLE }),
  shell: rules({ comment: HASH, string: DOUBLE }),
  curl: rules({ comment: HASH, string: DOUBLE }),
  node: rules({ comment: SLASHES, string: String.raw`${DOUBLE}|${'`[^`]*`'}` }),
  python: rules({ comment: HASH, string: DOUBLE }),
  go: rules({ comment: SLASHES, string: DOUBLE }),
  php: rules({ comment: SLASHES, string: SINGLE }),
};

function rules({ comment = '(?!)', key = '(?!)', string }: { comment?: string; key?: string; string: string }): RegExp {
  return new RegExp(`(?<c>${comment})|(?<k>${key})|(?<s>${string})|(?<n>${NUMBER})`, 'gm');
}

/** Four tints are enough to read by: strings, numbers, comments, and everything else in ink. */
export function highlight(code: string, dialect: Dialect): ReactNode {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of code.matchAll(PATTERNS[dialect])) {
    const name = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    if (!name || name === 'k') continue;
    parts.push(code.slice(end, match.index));
    parts.push(
      <span key={match.index} className={name}>
        {match[0]}
      </span>,
    );
    end = match.index + match[0].length;
  }
  parts.push(code.slice(end));
  return <Fragment>{parts}</Fragment>;
}
