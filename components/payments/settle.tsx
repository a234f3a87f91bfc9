'use client';

import { type ReactNode, useState } from 'react';
import type { ApiClient } from '@/components/api/client';
import { ActForm } from '@/components/patterns/act-form';
import { Card } from '@/components/patterns/card';
import { problemOf, TextField } from '@/components/patterns/field';

export type Verdict = 'paid' | 'unpaid';

/** One of two answers, and what will follow from it. */
export interface Answer {
  readonly title: string;
  readonly what: string;
  readonly verb: string;
  readonly done: string;
}

/** What nobody but a person can settle: the answer, the receipt they saw, and why they know. */
export function Settle({
  answers,
  receipt,
  act,
  hint,
}: {
  readonly answers: Readonly<Record<Verdict, Answer>>;
  /** What the receipt is called, and the one that is known already. */
  readonly receipt: readonly [string, string | null];
  readonly act: (
    api: ApiClient,
    given: { readonly verdict: Verdict; readonly receipt?: string; readonly reason: string },
    idempotencyKey: string,
  ) => Promise<object>;
  readonly hint: ReactNode;
}) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [seen, setSeen] = useState(receipt[1] ?? '');
  const chosen = verdict === null ? null : answers[verdict];
  return (
    <Card title="Settle it with evidence" className="pay-settle">
      <ActForm
        verb={chosen?.verb ?? 'Choose what happened'}
        danger={false}
        reason="required"
        ready={chosen !== null}
        act={(api, { reason, idempotencyKey }) => {
          if (verdict === null) throw new Error('A verdict is chosen before the form can be sent.');
          const given = seen.trim();
          return act(api, { verdict, reason, ...(given !== '' && { receipt: given }) }, idempotencyKey);
        }}
        done={() => chosen?.done ?? ''}
        onDone={() => undefined}
      >
        {({ error }) => (
          <>
            <fieldset className="pay-options">
              <legend className="sr">What happened</legend>
              {(['paid', 'unpaid'] as const).map((one) => (
                <label key={one}>
                  <input type="radio" name="verdict" checked={verdict === one} onChange={() => setVerdict(one)} />
                  <span>
                    <b>{answers[one].title}</b>
                    <small>{answers[one].what}</small>
                  </span>
                </label>
              ))}
            </fieldset>
            <TextField
              label={receipt[0]}
              className="input mono"
              autoComplete="off"
              spellCheck={false}
              maxLength={128}
              value={seen}
              problem={problemOf(error, 'receipt')}
              onChange={(event) => setSeen(event.target.value)}
            />
          </>
        )}
      </ActForm>
      <p className="hint">{hint}</p>
    </Card>
  );
}
