'use client';

import { Segmented } from '@/components/patterns/segmented';
import type { EventTypeInfo } from './section';

/** Every type, now and later, or those that are picked. */
export function EventTypesField({
  types,
  value,
  onChange,
}: {
  readonly types: readonly EventTypeInfo[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}) {
  const isAll = value.includes('*');
  const toggle = (type: string): void =>
    onChange(value.includes(type) ? value.filter((one) => one !== type) : [...value, type]);
  return (
    <>
      <Segmented<'all' | 'some'>
        label="Sends"
        value={isAll ? 'all' : 'some'}
        options={[
          ['all', 'Every event, now and later'],
          ['some', 'Only some'],
        ]}
        onChange={(kind) => onChange(kind === 'all' ? ['*'] : [])}
      />
      {!isAll && (
        <fieldset className="event-boxes">
          <legend className="sr">Types of events</legend>
          {types.map(({ type, summary }) => (
            <label key={type} title={summary}>
              <input type="checkbox" checked={value.includes(type)} onChange={() => toggle(type)} />
              <code>{type}</code>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
