'use client';

import { useId } from 'react';

/** One of a few, all of them in view. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  was = null,
  hideLabel = false,
}: {
  readonly label: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What it is now where it has been changed. */
  readonly was?: string | null;
  readonly hideLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={`field choice ${was === null ? '' : 'changed'}`}>
      <legend className={hideLabel ? 'sr' : undefined}>{label}</legend>
      <span className="seg radios">
        {options.map(([option, text]) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => onChange(option)}
            />
            <span>{text}</span>
          </label>
        ))}
      </span>
      {was !== null && <p className="hint was">was {was}</p>}
    </fieldset>
  );
}
