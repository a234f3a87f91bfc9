'use client';

import { Card } from '@/components/patterns/card';
import { SelectField } from '@/components/patterns/field';
import { UnitField } from '@/components/patterns/unit-field';
import { amountText, plain, type TransactionType } from './draft';
import type { Preview } from './use-preview';

const TYPE_NAMES: Readonly<Record<TransactionType, string>> = {
  CREDIT: 'a credit',
  DEBIT: 'a debit',
  TRANSFER: 'a transfer',
};

/** What one amount costs, under the rules as they are and as they would be: every figure is the API's. */
export function Calculator({
  amount,
  onAmount,
  quick,
  currency,
  currencies,
  onCurrency,
  type,
  types,
  onType,
  preview,
  versions,
  taxes,
  clientName,
}: {
  readonly amount: string;
  readonly onAmount: (text: string) => void;
  readonly quick: readonly string[];
  readonly currency: string;
  /** To choose among, where the service takes every currency. */
  readonly currencies: readonly string[] | null;
  readonly onCurrency: (currency: string) => void;
  readonly type: TransactionType;
  readonly types: readonly TransactionType[];
  readonly onType: (type: TransactionType) => void;
  readonly preview: Preview | undefined;
  /** What the two columns are called; one where nothing has been changed. */
  readonly versions: readonly [string, string | null];
  readonly taxes: readonly [string, string];
  readonly clientName: string;
}) {
  const quote = preview?.quotes.find((one) => Number(one.transaction_amount) === Number(plain(amount)));
  const isOne = versions[1] === null;
  const show = (text: string | undefined): string => {
    if (text === undefined) return '–';
    const digits = text.startsWith('-') ? text.slice(1) : text;
    return `${text.startsWith('-') ? '−' : ''}${amountText(Number(digits), currency)}`;
  };
  const payer = (bearer: 'client' | 'customer' | undefined): string =>
    type === 'TRANSFER' ? 'The source pays' : bearer === 'customer' ? 'The customer pays' : `${clientName} pays`;
  const tax = taxes[0] === taxes[1] || isOne ? `Tax, ${taxes[0]} % of the fee` : 'Tax on the fee';
  const rows = [
    ['Leaves the payer', quote?.before.total_amount, quote?.after.total_amount],
    ['Account changes by', quote?.before.net_amount, quote?.after.net_amount],
    ['Fee', quote?.before.transaction_fee, quote?.after.transaction_fee],
    [tax, quote?.before.tax_on_fee, quote?.after.tax_on_fee],
  ] as const;
  const refusals = [
    [versions[0], quote?.before.refusal],
    [versions[1], quote?.after.refusal],
  ] as const;
  return (
    <Card title="Try an amount" className="calculator">
      <div className="calc">
        <UnitField
          label={`Amount of ${TYPE_NAMES[type]}`}
          hideLabel
          large
          unit={currency}
          value={amount}
          onChange={(event) => onAmount(event.target.value)}
        />
        <p className="quick">
          {quick.map((one) => (
            <button
              key={one}
              type="button"
              className="btn sm"
              aria-pressed={plain(one) === plain(amount)}
              onClick={() => onAmount(amountText(Number(one), currency))}
            >
              {Number(one).toLocaleString('en-GB', { maximumFractionDigits: 4 })}
            </button>
          ))}
        </p>
        {(types.length > 1 || currencies !== null) && (
          <div className="calc-of">
            {types.length > 1 && (
              <SelectField
                label="Transaction"
                value={type}
                onChange={(event) => onType(event.target.value as TransactionType)}
                options={types.map((one) => [
                  one,
                  TYPE_NAMES[one].replace('a ', '').replace(/^./, (c) => c.toUpperCase()),
                ])}
              />
            )}
            {currencies !== null && (
              <SelectField
                label="Currency"
                value={currency}
                onChange={(event) => onCurrency(event.target.value)}
                options={currencies.map((code) => [code, code])}
              />
            )}
          </div>
        )}
      </div>
      <table className="costs" aria-busy={quote === undefined}>
        <caption className="sr">
          What {TYPE_NAMES[type]} of {amount} costs, in {currency}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col" className="num">
              {versions[0]}
            </th>
            {!isOne && (
              <th scope="col" className="num">
                {versions[1]}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, after]) => (
            <tr key={name} className={isOne || before === after ? 'same' : undefined}>
              <th scope="row">{name}</th>
              <td className="num soft">{show(before)}</td>
              {!isOne && <td className={`num ${before === after ? 'soft' : 'medium'}`}>{show(after)}</td>}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{payer(isOne ? preview?.fee_bearer_before : preview?.fee_bearer_after)}</th>
            <td className={`num ${isOne ? '' : 'soft'}`}>{show(quote?.before.total_charges)}</td>
            {!isOne && <td className="num">{show(quote?.after.total_charges)}</td>}
          </tr>
        </tfoot>
      </table>
      {refusals.map(([name, refusal]) =>
        refusal === null || refusal === undefined || name === null ? null : (
          <p key={name} className="refusal">
            <b>{name} refuses it.</b> {refusal.message}
          </p>
        ),
      )}
    </Card>
  );
}
