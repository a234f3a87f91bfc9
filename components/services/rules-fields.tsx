'use client';

import type { ReactNode } from 'react';
import type { ApiError } from '@/components/api/error';
import { problemOf } from '@/components/patterns/field';
import { Segmented } from '@/components/patterns/segmented';
import { UnitField } from '@/components/patterns/unit-field';
import { type Draft, plain, type TransactionType } from './draft';

const TYPES: readonly (readonly [TransactionType, string])[] = [
  ['CREDIT', 'Credit'],
  ['DEBIT', 'Debit'],
  ['TRANSFER', 'Transfer'],
];

/** One named part of the form. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="part">
      <legend>{title}</legend>
      <div className="part-in">{children}</div>
    </fieldset>
  );
}

/** Fees, limits and what is allowed. With a base every field that differs from it says what it was. */
export function RulesFields({
  draft,
  base,
  onChange,
  currency,
  clientName,
  error,
}: {
  readonly draft: Draft;
  /** Null for a service that is not there yet. */
  readonly base: Draft | null;
  readonly onChange: (draft: Draft) => void;
  readonly currency: string | null;
  readonly clientName: string;
  readonly error: ApiError | null;
}) {
  const unit = currency ?? 'major units';
  const set = (changes: Partial<Draft>): void => onChange({ ...draft, ...changes });
  const problem = (param: string): string | null => problemOf(error, param) ?? problemOf(error, `changes.${param}`);
  const text = (
    key: 'rate' | 'fixed' | 'leastFee' | 'greatestFee' | 'tax' | 'smallest' | 'largest' | 'dayCap' | 'monthCap',
    ofUnit: string,
  ) => ({
    unit: ofUnit,
    value: draft[key],
    onChange: (event: { readonly target: { readonly value: string } }) => set({ [key]: event.target.value }),
    was:
      base === null || plain(base[key]) === plain(draft[key])
        ? null
        : plain(base[key]) === ''
          ? 'none'
          : `${base[key]}${ofUnit === '%' ? ' %' : ''}`,
  });
  const bearers = [
    ['client', clientName],
    ['customer', 'The customer'],
  ] as const;
  const charges = [
    ['PERCENTAGE', 'Percentage'],
    ['FIXED', 'Fixed'],
    ['NONE', 'None'],
  ] as const;
  const wordOf = <V extends string>(options: readonly (readonly [V, string])[], now: V, then: V): string | null =>
    base === null || now === then ? null : (options.find(([value]) => value === now)?.[1] ?? null);
  return (
    <>
      <Part title="Fee">
        <div className="whole">
          <Segmented
            label="Charged as"
            options={charges}
            value={draft.charged}
            onChange={(charged) => set({ charged })}
            was={wordOf(charges, base?.charged ?? draft.charged, draft.charged)}
          />
        </div>
        {draft.charged === 'PERCENTAGE' && (
          <UnitField label="Rate" {...text('rate', '%')} problem={problem('transaction_fee')} />
        )}
        {draft.charged === 'FIXED' && (
          <UnitField label="Fee" {...text('fixed', unit)} problem={problem('transaction_fee')} />
        )}
        {draft.charged === 'PERCENTAGE' && (
          <>
            <UnitField label="At least" {...text('leastFee', unit)} problem={problem('minimum_transaction_fee')} />
            <UnitField label="At most" {...text('greatestFee', unit)} problem={problem('maximum_transaction_fee')} />
          </>
        )}
        {draft.charged !== 'NONE' && (
          <>
            <div className="whole">
              <Segmented
                label="Borne by"
                options={bearers}
                value={draft.bearer}
                onChange={(bearer) => set({ bearer })}
                was={wordOf(bearers, base?.bearer ?? draft.bearer, draft.bearer)}
              />
            </div>
            <UnitField
              label="Tax on the fee"
              {...text('tax', '%')}
              hint="Rounded half up, to the minor unit"
              problem={problem('tax_on_fee_percentage')}
            />
            <Tick
              wide
              label="Give the fee back when a transaction is reversed"
              checked={draft.givesBack}
              changed={base !== null && base.givesBack !== draft.givesBack}
              onChange={(givesBack) => set({ givesBack })}
            />
          </>
        )}
      </Part>
      <Part title="Limits">
        <UnitField label="Smallest" {...text('smallest', unit)} problem={problem('minimum_transaction_amount')} />
        <UnitField label="Largest" {...text('largest', unit)} problem={problem('maximum_transaction_amount')} />
        <span aria-hidden="true" className="wide-only" />
        <UnitField
          label="An account, a day"
          placeholder="No cap"
          {...text('dayCap', unit)}
          problem={problem('daily_cap')}
        />
        <UnitField
          label="An account, a month"
          placeholder="No cap"
          {...text('monthCap', unit)}
          problem={problem('monthly_cap')}
        />
      </Part>
      <Part title="Allowed">
        <div className="whole ticks">
          {TYPES.map(([type, label]) => (
            <Tick
              key={type}
              label={label}
              checked={draft.types.includes(type)}
              changed={base !== null && base.types.includes(type) !== draft.types.includes(type)}
              onChange={(on) => set({ types: on ? [...draft.types, type] : draft.types.filter((one) => one !== type) })}
            />
          ))}
          {draft.types.length === 0 && (
            <p className="problem" role="alert">
              A service allows one kind at least. To allow nothing, switch it off.
            </p>
          )}
        </div>
      </Part>
    </>
  );
}

function Tick({
  label,
  checked,
  changed,
  onChange,
  wide = false,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly changed: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly wide?: boolean;
}) {
  return (
    <label className={`tick ${wide ? 'two' : ''} ${changed ? 'changed' : ''}`}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
      {changed && <span className="sr"> (changed)</span>}
    </label>
  );
}
