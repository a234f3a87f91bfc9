'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { minorOf } from '@/components/patterns/amount-field';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { localTimeOf, momentOf } from '@/components/patterns/local-time';
import { formatAmount } from '@/components/patterns/money';
import { useZoneName } from '@/components/patterns/timestamp';
import { UnitField } from '@/components/patterns/unit-field';
import { CURRENCIES } from '@/components/services/currencies';
import type { AnswerOf } from '@/server/http/api-types';

export type Promotion = AnswerOf<'get', '/v1/promotions/{id}'>;

/** Makes a promotion, or changes one: what is issued from then on. */
export function PromotionDialog({
  open,
  onOpenChange,
  promotion,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Null makes one. */
  readonly promotion: Promotion | null;
}) {
  const { timeZone } = useConsole();
  const href = useHref();
  const router = useRouter();
  const zone = useZoneName();
  const text = (minor: number | null | undefined): string =>
    minor == null ? '' : formatAmount(minor, promotion?.currency ?? 'GHS');
  const expiry = promotion?.expires_at == null ? '' : localTimeOf(Date.parse(promotion.expires_at), timeZone);
  const [name, setName] = useState(promotion?.name ?? '');
  const [code, setCode] = useState(promotion?.code ?? '');
  const [currency, setCurrency] = useState(promotion?.currency ?? 'GHS');
  const [amount, setAmount] = useState(text(promotion?.amount));
  const [budget, setBudget] = useState(text(promotion?.budget));
  const [atLocal, setAtLocal] = useState(expiry);
  const [priority, setPriority] = useState(String(promotion?.priority ?? 50));
  const optional = (typed: string): number | null => (typed.trim() === '' ? null : minorOf(typed, currency));
  const bad = (typed: string): boolean => typed.trim() !== '' && (minorOf(typed, currency) ?? 0) <= 0;
  const atMs = momentOf(atLocal, timeZone);
  const common = {
    name: name.trim(),
    amount: optional(amount),
    budget: optional(budget),
    expires_at:
      atLocal === expiry && promotion !== null
        ? promotion.expires_at
        : atMs === null
          ? null
          : new Date(atMs).toISOString(),
    priority: Number(priority),
  };
  const ready = name.trim() !== '' && code.trim() !== '' && !bad(amount) && !bad(budget) && /^\d{1,3}$/.test(priority);
  return (
    <ActDialog
      open={open}
      onOpenChange={onOpenChange}
      title={promotion === null ? 'New promotion' : `Change ${promotion.name}`}
      description={
        promotion === null
          ? 'What its credits have in common, and what it may cost in all. Nothing is issued yet.'
          : 'For what is issued from now on. What was issued stays as it is.'
      }
      verb={promotion === null ? 'Create promotion' : 'Save promotion'}
      ready={ready}
      act={(api, { idempotencyKey }) =>
        promotion === null
          ? api.post('/v1/promotions', { body: { ...common, code: code.trim(), currency } }, { idempotencyKey })
          : api.patch('/v1/promotions/{id}', { params: { id: promotion.id }, body: common })
      }
      done={() => (promotion === null ? 'Promotion created' : 'Promotion changed')}
      onDone={(made) => {
        if (promotion === null) router.push(href(`/promotions/${made.id}`));
      }}
    >
      {({ error }) => (
        <>
          <TextField
            label="Name"
            placeholder="June loyalty"
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
            problem={problemOf(error, 'name')}
          />
          {promotion === null && (
            <div className="form-grid">
              <TextField
                label="Code"
                className="input mono"
                placeholder="june-loyalty"
                hint="Names it in files; it never changes"
                value={code}
                maxLength={40}
                onChange={(event) => setCode(event.target.value)}
                problem={problemOf(error, 'code')}
              />
              <SelectField
                label="Currency"
                value={currency}
                onChange={(event) => setCurrency(event.target.value)}
                options={CURRENCIES.map((one) => [one, one] as const)}
              />
            </div>
          )}
          <div className="form-grid">
            <UnitField
              label="A credit"
              unit={currency}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
              hint="Of rows that name no amount"
              problem={bad(amount) ? 'An amount such as 10.00' : problemOf(error, 'amount')}
            />
            <UnitField
              label="Budget"
              unit={currency}
              value={budget}
              onChange={(event) => setBudget(event.target.value)}
              hint="In all; none when empty"
              problem={bad(budget) ? 'An amount such as 20,000.00' : problemOf(error, 'budget')}
            />
          </div>
          <div className="form-grid">
            <TextField
              label={`Credits expire, ${zone}`}
              type="datetime-local"
              value={atLocal}
              onChange={(event) => setAtLocal(event.target.value)}
              hint="Where a row does not say; never when empty"
              problem={problemOf(error, 'expires_at')}
            />
            <TextField
              label="Order of spending"
              inputMode="numeric"
              value={priority}
              onChange={(event) => setPriority(event.target.value)}
              hint="0 is spent first; paid money stands at 50"
              problem={problemOf(error, 'priority')}
            />
          </div>
        </>
      )}
    </ActDialog>
  );
}
