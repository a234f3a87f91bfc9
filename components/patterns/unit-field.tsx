'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';

/** A figure with its unit inside the box; `was` is what it is now where it has been changed. */
export function UnitField({
  label,
  unit,
  was = null,
  hint,
  problem = null,
  large = false,
  hideLabel = false,
  ...input
}: Omit<ComponentProps<'input'>, 'id'> & {
  readonly label: string;
  /** `GHS`, `%` */
  readonly unit: string;
  /** Null while it is as it was. */
  readonly was?: string | null;
  readonly hint?: ReactNode;
  readonly problem?: string | null;
  readonly large?: boolean;
  readonly hideLabel?: boolean;
}) {
  const id = useId();
  const ids = [(was !== null || hint !== undefined) && `${id}-hint`, problem !== null && `${id}-problem`];
  const described = ids.filter(Boolean).join(' ');
  return (
    <div className={`field ${was === null ? '' : 'changed'}`}>
      <label htmlFor={id} className={hideLabel ? 'sr' : undefined}>
        {label}
        {hideLabel && `, ${unit}`}
      </label>
      <span className={`affix ${large ? 'large' : ''}`}>
        <input
          id={id}
          className="input"
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={problem !== null || undefined}
          {...(described !== '' && { 'aria-describedby': described })}
          {...input}
        />
        <span className="unit" aria-hidden="true">
          {unit}
        </span>
      </span>
      {(was !== null || hint !== undefined) && (
        <p className={`hint ${was === null ? '' : 'was'}`} id={`${id}-hint`}>
          {was === null ? hint : `was ${was}`}
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
