'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApiClient } from '@/components/api/client';
import { ApiError } from '@/components/api/error';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { minorOf } from '@/components/patterns/amount-field';
import { problemOf, TextField } from '@/components/patterns/field';
import { momentOf } from '@/components/patterns/local-time';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import { useZoneName } from '@/components/patterns/timestamp';
import { UnitField } from '@/components/patterns/unit-field';
import { plain } from '@/components/services/draft';
import type { Promotion } from './promotion-dialog';

interface Row {
  readonly to: string;
  readonly amount: string;
  readonly expiresAt: string | null;
  readonly note: string;
}

/** A file of one row: judged first, and issued only where nothing is wrong with it. */
async function issueOne(api: ApiClient, promotion: Promotion, row: Row, idempotencyKey: string) {
  const made = await api.post(
    '/v1/promotion_imports',
    {
      body: {
        promotion_id: promotion.id,
        description: row.note,
        rows: [
          {
            ...(/^(wal_.+|\d{6,15})$/.test(row.to) ? { wallet_id: row.to } : { customer_id: row.to }),
            ...(row.amount !== '' && { amount: row.amount }),
            ...(row.expiresAt !== null && { expires_at: row.expiresAt }),
          },
        ],
      },
    },
    { idempotencyKey },
  );
  const params = { id: made.id };
  if (made.counts.refused > 0) {
    const rows = await api.get('/v1/promotion_imports/{id}/rows', { params, query: { limit: '1' } });
    await api.post('/v1/promotion_imports/{id}/cancel', { params, body: {} });
    const problem = rows.data[0]?.problem;
    const field = problem?.field ?? null;
    const param = field === 'wallet_id' || field === 'customer_id' || field === 'phone' ? 'to' : field;
    throw new ApiError(
      409,
      problem?.code ?? 'import_not_ready',
      problem?.message ?? 'It cannot be issued.',
      param,
      null,
      null,
    );
  }
  return api.post('/v1/promotion_imports/{id}/issue', { params }, { idempotencyKey: `${idempotencyKey}-issue` });
}

export function IssueOne({
  open,
  onOpenChange,
  promotion,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly promotion: Promotion;
}) {
  const { timeZone } = useConsole();
  const href = useHref();
  const router = useRouter();
  const zone = useZoneName();
  const { currency } = promotion;
  const [to, setTo] = useState('');
  const [amount, setAmount] = useState(promotion.amount === null ? '' : formatAmount(promotion.amount, currency));
  const [atLocal, setAtLocal] = useState('');
  const [note, setNote] = useState(promotion.name);
  const minor = minorOf(amount, currency);
  const atMs = momentOf(atLocal, timeZone);
  return (
    <ActDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Issue one credit of ${promotion.name}`}
      description={
        minor === null || minor <= 0
          ? 'The wallet’s promotional balance rises, and promotion expense with it.'
          : `The wallet’s promotional balance rises by ${formatMoney(minor, currency)}, and promotion expense with it.`
      }
      verb={minor === null || minor <= 0 ? 'Issue credit' : `Issue ${formatMoney(minor, currency)}`}
      ready={to.trim() !== '' && minor !== null && minor > 0 && note.trim() !== ''}
      act={(api, { idempotencyKey }) =>
        issueOne(
          api,
          promotion,
          {
            to: to.trim(),
            amount: plain(amount),
            expiresAt: atMs === null ? null : new Date(atMs).toISOString(),
            note: note.trim(),
          },
          // What was refused is another request once it has been put right.
          `${idempotencyKey}-${hashOf([to, amount, atLocal, note].join('\n'))}`,
        )
      }
      done={() => 'Credit is being issued'}
      onDone={(made) => {
        if (made.object === 'promotion_import') router.push(href(`/promotions/imports/${made.id}`));
      }}
    >
      {({ error }) => (
        <>
          <TextField
            label="To"
            className="input mono"
            placeholder="cus_… or wal_…"
            hint="A customer’s id, a wallet’s id or its account number"
            autoComplete="off"
            spellCheck={false}
            value={to}
            onChange={(event) => setTo(event.target.value)}
            problem={problemOf(error, 'to')}
          />
          <div className="form-grid">
            <UnitField
              label="Amount"
              unit={currency}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
              problem={problemOf(error, 'amount')}
            />
            <TextField
              label={`Expires, ${zone}`}
              type="datetime-local"
              value={atLocal}
              onChange={(event) => setAtLocal(event.target.value)}
              hint={promotion.expires_at === null ? 'Never, when empty' : 'As the promotion says, when empty'}
              problem={problemOf(error, 'expires_at')}
            />
          </div>
          <TextField
            label="What it is for"
            hint="The customer reads it on the statement"
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
            problem={problemOf(error, 'description')}
          />
        </>
      )}
    </ActDialog>
  );
}

function hashOf(text: string): string {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return (hash >>> 0).toString(36);
}
