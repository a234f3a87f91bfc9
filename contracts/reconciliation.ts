import { z } from 'zod';
import { currencySchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { readableText, reasonSchema } from './text';

export const STATEMENT_BYTES_MAX = 16 * 1024 * 1024;

const PROVIDERS = ['mtn-momo', 'daraja', 'hubtel', 'paystack', 'vodacom-tz'] as const;
const FORMATS = [...PROVIDERS, 'generic'] as const;

export const LINE_OUTCOMES = [
  'matched',
  'missing_here',
  'missing_there',
  'amount_differs',
  'status_differs',
  'duplicate',
  'not_compared',
  'unreadable',
] as const;

const provider = z
  .enum(PROVIDERS, `must be one of ${PROVIDERS.join(', ')}`)
  .meta({ description: 'Whose statement it is.', example: 'hubtel' });

const day = z.iso.date('must be a day such as 2026-06-06');
const columnName = readableText(80);

export const createReconciliationBody = z.strictObject({
  provider,
  format: z
    .enum(FORMATS, `must be one of ${FORMATS.join(', ')}`)
    .optional()
    .meta({
      description:
        'How the file is written; as `provider` writes it when left out. `generic` has the columns receipt, reference, amount, currency, status, occurred_at, type, payer, linked_receipt.',
      example: 'hubtel',
    }),
  provider_account: readableText(64).optional().meta({
    description: 'Only payments through this account of the provider, by its name in the configuration.',
    example: 'hubtel',
  }),
  file_name: readableText(200).meta({ description: 'What the file is called.', example: 'hubtel-2026-06-06.csv' }),
  content: z.string().min(1).max(STATEMENT_BYTES_MAX).meta({
    description: 'The file itself: CSV, at most 50 000 lines. Lines above the names of the columns are passed over.',
    example:
      'Date,External Transaction Id,Client Reference,Amount,Status\r\n2026-06-06 12:00:44,2116938399,3jL2KlUy3vt21,80.00,Success\r\n',
  }),
  currency: currencySchema.optional().meta({
    description: 'Of lines that name none, where the provider has several.',
    example: 'GHS',
  }),
  time_zone: readableText(64).optional().meta({
    description: 'What times are in that name no zone, by its IANA name. The provider’s own when left out.',
    example: 'Africa/Accra',
  }),
  first_day: day.optional().meta({
    description: 'The first local day that the statement is of. Its first line’s when left out.',
    format: 'date',
    example: '2026-06-06',
  }),
  last_day: day.optional().meta({
    description: 'The last one, included. Its last line’s when left out.',
    format: 'date',
    example: '2026-06-06',
  }),
  columns: z
    .strictObject({
      receipt: columnName.optional().meta({ description: 'The column of the provider’s receipt.', example: 'Receipt' }),
      reference: columnName
        .optional()
        .meta({ description: 'Of our reference, or the provider’s.', example: 'Reference' }),
      amount: columnName.optional().meta({ description: 'Of the amount in major units.', example: 'Amount' }),
      paid_in: columnName
        .optional()
        .meta({ description: 'Of what came in, where two columns say the way.', example: 'Credit' }),
      withdrawn: columnName.optional().meta({ description: 'Of what went out.', example: 'Debit' }),
      currency: columnName.optional().meta({ description: 'Of the currency.', example: 'Currency' }),
      status: columnName.optional().meta({ description: 'Of the status.', example: 'Status' }),
      time: columnName.optional().meta({ description: 'Of the time.', example: 'Date' }),
      kind: columnName.optional().meta({ description: 'Of what kind of movement it is.', example: 'Type' }),
      payer: columnName.optional().meta({ description: 'Of the payer’s phone.', example: 'From' }),
      linked_receipt: columnName.optional().meta({
        description: 'Of the receipt that a refund or reversal undoes.',
        example: 'Linked Receipt',
      }),
    })
    .optional()
    .meta({ description: 'Names of columns, where the file calls them otherwise than its format.' }),
});

const count = z.int().min(0);
const outcomeSchema = z.enum(LINE_OUTCOMES).meta({
  description:
    'matched; missing_here: the provider has it, we do not; missing_there: we say it succeeded in the period, the statement has it not; amount_differs; status_differs; duplicate: the line before said it; not_compared: no payment, such as a charge or a settlement; unreadable.',
  example: 'matched',
});

const reconciliationShape = {
  id: z.string().meta(idMeta('rec', 'The reconciliation’s id.')),
  object: z.literal('reconciliation').meta(objectMeta),
  provider,
  provider_account: z.string().nullable().meta({ description: 'Of one account of the provider alone.', example: null }),
  client: z
    .object({
      code: z.string().meta({ description: 'Its code.', example: 'VOLk3J9sQa' }),
      name: z.string().meta({ description: 'Its name.', example: 'Volta Data' }),
    })
    .meta({ description: 'Whose it is: a client, or the operator.' }),
  covers: z.enum(['client', 'all']).meta({
    description: 'Whether it was held against one client’s payments or against those of all.',
    example: 'client',
  }),
  file_name: z.string().meta({ description: 'What the file is called.', example: 'hubtel-2026-06-06.csv' }),
  file_bytes: z.int().meta({ description: 'How large it was.', example: 1_820 }),
  file_hash: z.string().meta({
    description: 'SHA-256 over the file and how it was read: the same again is the same reconciliation.',
    example: '9f2c4e0b7a6d5c1e8f3a2b4c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e',
  }),
  time_zone: z.string().meta({ description: 'What its times were read in.', example: 'Africa/Accra' }),
  period_start: z
    .string()
    .nullable()
    .meta(timeMeta('Midnight at the beginning of its first day.', '2026-06-06T00:00:00Z')),
  period_end: z
    .string()
    .nullable()
    .meta(timeMeta('Midnight at the end of its last day, excluded.', '2026-06-07T00:00:00Z')),
  currencies: z.array(z.string()).meta({ description: 'What it is in.', example: ['GHS'] }),
  lines: count.meta({ description: 'How many lines the statement has.', example: 248 }),
  breaks: count.meta({ description: 'How many lines ask for an answer.', example: 2 }),
  open_breaks: count.meta({ description: 'How many of them have none yet.', example: 2 }),
  imported_by: z
    .object({
      id: z.string().nullable().meta({ description: 'The key’s or user’s id.', example: 'usr_a1b2c3' }),
      name: z.string().nullable().meta({ description: 'The person’s name now.', example: 'Efua Asante' }),
    })
    .meta({ description: 'Who imported it.' }),
  created_at: z.string().meta(timeMeta('When it was imported.')),
  livemode: z.boolean().meta(livemodeMeta),
};

export const reconciliationSchema = z
  .object(reconciliationShape)
  .meta({ id: 'Reconciliation', description: 'A provider’s statement, held against our payments.' });

export type ReconciliationObject = z.output<typeof reconciliationSchema>;

const theirs = z.int().meta(minorMeta('What the provider says, given back being negative.', 1_984_000));
const ours = z.int().meta(minorMeta('What we say of the same.', 1_979_000));
const difference = z.int().meta(minorMeta('Theirs less ours.', 5_000));

export const reconciliationDetailSchema = z
  .object({
    ...reconciliationShape,
    outcomes: z
      .array(
        z.object({
          outcome: outcomeSchema,
          lines: count.meta({ description: 'How many lines came to it.', example: 246 }),
          open: count.meta({ description: 'How many of them wait for an answer.', example: 0 }),
        }),
      )
      .meta({ description: 'How many lines came to what.' }),
    totals: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          theirs,
          ours,
          difference,
          explained_by: z
            .array(
              z.object({
                outcome: outcomeSchema,
                lines: count.meta({ description: 'How many lines.', example: 1 }),
                theirs,
                ours,
                difference,
              }),
            )
            .meta({ description: 'The same by outcome: these sum up to the figures above, to the minor unit.' }),
        }),
      )
      .meta({
        description: 'For each currency what the provider says, what we say, and what the difference is made of.',
      }),
  })
  .meta({ id: 'ReconciliationDetail', description: 'A reconciliation with its totals.' });

export type ReconciliationDetailObject = z.output<typeof reconciliationDetailSchema>;

const nullableText = (description: string, example: string | null) =>
  z.string().nullable().meta({ description, example });

export const reconciliationLineSchema = z
  .object({
    object: z.literal('reconciliation_line').meta(objectMeta),
    reconciliation_id: z.string().meta(idMeta('rec', 'The reconciliation.')),
    number: z.int().meta({ description: 'Names the line within its reconciliation.', example: 17 }),
    outcome: outcomeSchema,
    is_break: z.boolean().meta({ description: 'Whether it asks, or asked, for an answer.', example: true }),
    kind: z
      .enum(['payment', 'refund', 'reversal', 'other'])
      .meta({ description: 'What the movement is.', example: 'payment' }),
    theirs: z
      .object({
        line: z.int().meta({ description: 'Where it stands in the file, from 1 on.', example: 18 }),
        receipt: nullableText('The provider’s receipt.', '2116938399'),
        reference: nullableText('The reference that the line names.', '3jL2KlUy3vt21'),
        payer: nullableText('Digits of the payer’s phone.', '233200000000'),
        status: z
          .enum(['succeeded', 'failed', 'pending', 'reversed'])
          .nullable()
          .meta({ description: 'What the provider says became of it, in our words.', example: 'succeeded' }),
        amount: z.int().nullable().meta(minorMeta('The movement’s amount.', 8_000)),
        currency: z.string().nullable().meta(currencyMeta),
        occurred_at: z.string().nullable().meta(timeMeta('When, by the provider’s clock.', '2026-06-06T12:00:44Z')),
        problem: z
          .object({
            field: z.string().meta({ description: 'The column at fault.', example: 'Amount' }),
            reason: z.string().meta({
              description: 'What is wrong with it.',
              example: '“80.005” is finer than the smallest unit in GHS',
            }),
          })
          .nullable()
          .meta({ description: 'Of an unreadable line: why.' }),
        raw: nullableText('The row’s cells as they came, as JSON. Null of what is plainly matched.', null),
      })
      .nullable()
      .meta({ description: 'What the statement says; null of what it lacks.' }),
    ours: z
      .object({
        client: z
          .object({
            code: z.string().meta({ description: 'Its code.', example: 'VOLk3J9sQa' }),
            name: z.string().meta({ description: 'Its name.', example: 'Volta Data' }),
          })
          .meta({ description: 'Whose it is.' }),
        payment_id: z.string().nullable().meta(idMeta('pay', 'The payment.')),
        refund_id: z.string().nullable().meta({ description: 'The refund’s id.', example: null }),
        reference: nullableText('Its reference.', '3jL2KlUy3vt21'),
        status: z.string().meta({ description: 'Where it stood when the statement was imported.', example: 'pending' }),
        current_status: z.string().meta({ description: 'Where it stands now.', example: 'succeeded' }),
        amount: z.int().meta(minorMeta('What the payer pays, or is given back.', 8_000)),
        currency: z.string().meta(currencyMeta),
        at: z
          .string()
          .nullable()
          .meta(timeMeta('When it was paid; when it was made where it is not.', '2026-06-06T12:00:45Z')),
        matched_by: z.enum(['receipt', 'reference', 'payer']).nullable().meta({
          description: 'What the two were recognised by; payer: by phone, amount and time, where there was no receipt.',
          example: 'receipt',
        }),
      })
      .nullable()
      .meta({ description: 'What we have of it; null of what we lack.' }),
    counted_theirs: z.int().meta(minorMeta('What it adds to the provider’s total.', 8_000)),
    counted_ours: z.int().meta(minorMeta('What it adds to ours.', 0)),
    difference: z
      .int()
      .nullable()
      .meta(minorMeta('The first less the second; null where the two are in two currencies.', 8_000)),
    can_resolve_payment: z.boolean().meta({
      description: 'Whether the statement could decide a payment that waits in reconciliation.',
      example: false,
    }),
    resolution: z
      .object({
        action: z.enum(['noted', 'payment_resolved', 'matched_later']).meta({
          description: 'matched_later: a later statement had it.',
          example: 'noted',
        }),
        reason: nullableText('Why.', 'Settled on the 7th, seen on the bank’s account'),
        by: z
          .object({
            id: z.string().nullable().meta({ description: 'The key’s or user’s id.', example: 'usr_a1b2c3' }),
            name: z.string().nullable().meta({ description: 'The person’s name now.', example: 'Efua Asante' }),
          })
          .meta({ description: 'Who answered.' }),
        at: z.string().meta(timeMeta('When.')),
      })
      .nullable()
      .meta({ description: 'The answer to a break; null while it has none. A break itself never goes away.' }),
  })
  .meta({ id: 'ReconciliationLine', description: 'What came of one line of a statement, or of what it lacks.' });

export type ReconciliationLineObject = z.output<typeof reconciliationLineSchema>;

export const reconciliationListSchema = listSchema(reconciliationSchema).meta({ id: 'ReconciliationList' });
export const reconciliationLineListSchema = listSchema(reconciliationLineSchema).meta({ id: 'ReconciliationLineList' });

export const reconciliationParams = z.strictObject({ id: z.string().meta(pathIdMeta('rec', 'reconciliation')) });

export const reconciliationLineParams = z.strictObject({
  id: z.string().meta(pathIdMeta('rec', 'reconciliation')),
  number: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/)
    .transform(Number)
    .meta({ description: 'The line’s `number`.', type: 'integer', example: 17 }),
});

const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true')
  .optional();

export const listReconciliationsQuery = z.strictObject({
  provider: provider.optional().meta({ description: 'Only statements of this provider.', example: 'hubtel' }),
  open: flag.meta({
    description: 'true: only those with breaks that wait for an answer; false: only those without.',
    type: 'boolean',
    example: true,
  }),
  ...listQueryShape,
});

export const listReconciliationLinesQuery = z.strictObject({
  outcome: z
    .enum(LINE_OUTCOMES, `must be one of ${LINE_OUTCOMES.join(', ')}`)
    .optional()
    .meta({ description: 'Only lines that came to this.', example: 'missing_here' }),
  open: flag.meta({
    description: 'true: only breaks that wait for an answer; false: only those that have one.',
    type: 'boolean',
    example: true,
  }),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ description: 'With `csv` every line that matches, as one file, whatever `limit` says.' }),
  ...listQueryShape,
});

export const resolveBreakBody = z.strictObject({
  action: z.enum(['note', 'resolve_payment'], 'must be note or resolve_payment').meta({
    description:
      'note: the reason is all there is to it. resolve_payment: the payment that waits in reconciliation is resolved as the statement says; for the operator’s people.',
    example: 'note',
  }),
  reason: reasonSchema,
});
