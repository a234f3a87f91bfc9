'use client';

import { Search, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';

/** What is pasted all day: one field in view instead of behind a filter. */
export function FindField({
  label,
  value,
  find,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly find: (text: string | null) => void;
}) {
  const [text, setText] = useState(value ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    find(text.trim() === '' ? null : text.trim());
  };
  return (
    <form className="find-field" onSubmit={submit}>
      <Search className="s" aria-hidden="true" />
      <input
        className="input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={128}
        onChange={(event) => setText(event.target.value)}
      />
      {value !== undefined && (
        <button
          type="button"
          aria-label="Show all again"
          onClick={() => {
            setText('');
            find(null);
          }}
        >
          <X className="s" aria-hidden="true" />
        </button>
      )}
    </form>
  );
}
