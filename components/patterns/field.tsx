'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import type { ApiError } from '@/components/api/error';

/** The API's word on one field of a form, where its last refusal named it. */
export function problemOf(error: ApiError | null, param: string): string | null {
  if (error === null) return null;
  const fields = (error.details as { fields?: { param: string; message: string }[] } | null)?.fields ?? [];
  return fields.find((field) => field.param === param)?.message ?? (error.param === param ? error.message : null);
}

interface Frame {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | null;
}

function Framed({
  label,
  hint,
  problem = null,
  id,
  children,
}: Frame & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem !== null && (
        <p className="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function described(id: string, hint: ReactNode | undefined, problem: string | null | undefined) {
  const ids = [hint !== undefined && `${id}-hint`, problem != null && `${id}-problem`].filter(Boolean).join(' ');
  return { 'aria-invalid': problem != null || undefined, ...(ids !== '' && { 'aria-describedby': ids }) };
}

export function TextField({ label, hint, problem, ...input }: Frame & Omit<ComponentProps<'input'>, 'id'>) {
  const id = useId();
  return (
    <Framed label={label} hint={hint} problem={problem ?? null} id={id}>
      <input id={id} className="input" {...described(id, hint, problem)} {...input} />
    </Framed>
  );
}

export function TextArea({ label, hint, problem, ...input }: Frame & Omit<ComponentProps<'textarea'>, 'id'>) {
  const id = useId();
  return (
    <Framed label={label} hint={hint} problem={problem ?? null} id={id}>
      <textarea id={id} className="input" rows={2} {...described(id, hint, problem)} {...input} />
    </Framed>
  );
}

export function SelectField({
  label,
  hint,
  problem,
  options,
  ...input
}: Frame & Omit<ComponentProps<'select'>, 'id'> & { readonly options: readonly (readonly [string, string])[] }) {
  const id = useId();
  return (
    <Framed label={label} hint={hint} problem={problem ?? null} id={id}>
      <select id={id} className="input" {...described(id, hint, problem)} {...input}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Framed>
  );
}

export function CheckField({ label, hint, ...input }: Frame & Omit<ComponentProps<'input'>, 'id' | 'type'>) {
  const id = useId();
  return (
    <div className="field check">
      <input id={id} type="checkbox" {...described(id, hint, null)} {...input} />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
