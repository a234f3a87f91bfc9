import { z } from 'zod';
import { amountSchema, currencySchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { lotSchema } from './lots';
import { descriptionSchema, instantSchema, readableText } from './text';
import { dayOrInstant } from './wallets';

const DAY_MS = 86_400_000;
export const IMPORT_ROWS_MAX = 20_000;
export const IMPORT_BYTES_MAX = 4_194_304;

const code = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[A-Za-z0-9_.-]+$/, 'must be letters, digits, dots, dashes and underscores')
  .meta({ description: 'Your own word for it, unique among these books.', example: 'june-loyalty' });
const name = readableText(120).meta({ description: 'What people call it.', example: 'June loyalty' });
const prioritySchema = z
  .int()
  .min(0)
  .max(100)
  .meta({ description: '0 is spent first; paid money stands at 50.', example: 50 });
const expiresAt = instantSchema.meta({
  description: 'Credits without an expiry of their own are spendable until just before this time.',
});

export const createPromotionBody = z.strictObject({
  code,
  name,
  currency: currencySchema,
  amount: amountSchema.nullish().meta({ description: 'What a row without an amount is credited. In minor units.' }),
  expires_at: expiresAt.nullish(),
  priority: prioritySchema.default(50),
  budget: amountSchema
    .nullish()
    .meta({ description: 'What its imports may issue in all. In minor units; no limit when left out.' }),
});

export const updatePromotionBody = z
  .strictObject({
    name: name.optional(),
    amount: amountSchema.nullable().optional().meta({ description: 'For imports from now on. In minor units.' }),
    expires_at: expiresAt.nullable().optional(),
    priority: prioritySchema.optional(),
    budget: amountSchema
      .nullable()
      .optional()
      .meta({ description: 'Not less than what has been issued. In minor units; null for no limit.' }),
    status: z.enum(['active', 'ended']).optional().meta({ description: 'Nothing is issued under one that has ended.' }),
  })
  .meta({ description: 'What is left out stays; null empties a field. What was issued stays as it is.' });

export const promotionParams = z.strictObject({ id: z.string().meta(pathIdMeta('promo', 'promotion')) });

const figures = {
  lots: z.int().meta({ description: 'How many credits.', example: 997 }),
  issued: z.int().meta(minorMeta('What was granted.', 1_355_000)),
  used: z.int().meta(minorMeta('What was spent of it, less what was undone.', 420_000)),
  expired: z.int().meta(minorMeta('What expired unspent.', 61_000)),
  forfeited: z.int().meta(minorMeta('What ended with a wallet that was closed.', 0)),
  taken_back: z.int().meta(minorMeta('What was reversed.', 0)),
  open: z.int().meta(minorMeta('What is left to spend.', 874_000)),
};

export const promotionSchema = z
  .object({
    id: z.string().meta(idMeta('promo', 'The promotion’s id.')),
    object: z.literal('promotion').meta(objectMeta),
    client_code: z.string().meta({ description: 'Whose it is.', example: 'LIPNZPMF7O' }),
    code: z.string().meta({ description: 'Your own word for it.', example: 'june-loyalty' }),
    name: z.string().meta({ description: 'What people call it.', example: 'June loyalty' }),
    currency: z.string().meta(currencyMeta),
    amount: z.int().nullable().meta(minorMeta('What a row without an amount is credited, or null.', 1_000)),
    expires_at: z.string().nullable().meta(timeMeta('Expiry of credits without one of their own, or null.')),
    priority: z.int().meta({ description: '0 is spent first; paid money stands at 50.', example: 50 }),
    budget: z.int().nullable().meta(minorMeta('What its imports may issue in all, or null.', 2_000_000)),
    committed: z.int().meta(minorMeta('Issued by imports, or set aside for one under way.', 1_355_000)),
    status: z.enum(['active', 'ended']).meta({ description: 'Nothing is issued under one that has ended.' }),
    ...figures,
    counted_until: z.string().nullable().meta(timeMeta('Until when the figures count; null before the first count.')),
    created_at: z.string().meta(timeMeta('When it was made.')),
    updated_at: z.string().meta(timeMeta('When it was last changed.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({
    id: 'Promotion',
    description: 'A campaign: what its credits have in common, what it may cost, what became of it.',
  });

export const listPromotionsQuery = z.strictObject({
  status: z.enum(['active', 'ended']).optional().meta({ description: 'Only those of this status.' }),
  ...listQueryShape,
});
export const promotionListSchema = listSchema(promotionSchema).meta({ id: 'PromotionList' });

const cell = (max: number, description: string) => z.string().max(max).nullish().meta({ description });

export const createImportBody = z
  .strictObject({
    promotion_id: z.string().max(64).nullish().meta({
      description: 'The promotion it is under: its id or its code. None when left out.',
      example: 'june-loyalty',
    }),
    file_name: readableText(200).nullish().meta({ description: 'For people.', example: 'june-loyalty-credits.csv' }),
    description: descriptionSchema.meta({
      description: 'What rows without a note say the money is for.',
      example: 'June loyalty credit',
    }),
    priority: prioritySchema.nullish().meta({ description: 'Of every credit; the promotion’s, or 50, when left out.' }),
    csv: z
      .string()
      .min(1)
      .max(IMPORT_BYTES_MAX)
      .nullish()
      .meta({
        description: `The file: a header and up to ${IMPORT_ROWS_MAX} rows. Columns: \`wallet_id\` (an id or an account number), \`customer_id\` or \`phone\`, one at the least; \`amount\` in major units; \`currency\`, \`expires_at\` (a day, which ends the credit at its 00:00 UTC, or a time with its zone) and \`note\`, which may be absent. Comma, semicolon or tab.`,
        example: 'customer_id,amount,expires_at\ncus_abc123,10.00,2026-07-17\n',
      }),
    rows: z
      .array(
        z.strictObject({
          wallet_id: cell(64, 'The wallet: its id or its account number.'),
          customer_id: cell(64, 'Your own id of the customer.'),
          phone: cell(32, 'The customer’s phone number, with its country code.'),
          amount: cell(40, 'Decimal text of major units, such as 10.00. The promotion’s when left out.'),
          currency: cell(3, 'ISO 4217 code: which of the customer’s wallets.'),
          expires_at: cell(40, 'A day, which ends the credit at its 00:00 UTC, or a time with its zone.'),
          note: cell(500, 'What the money is for.'),
        }),
      )
      .min(1)
      .max(1_000)
      .nullish()
      .meta({ description: 'The same as JSON, up to 1 000 rows. Amounts are decimal text of major units.' }),
  })
  .refine((body) => (typeof body.csv === 'string') !== Array.isArray(body.rows), {
    path: ['csv'],
    error: 'either `csv` or `rows`, not both',
  });

export const IMPORT_STATES = ['checked', 'issuing', 'stopping', 'done', 'stopped', 'discarded'] as const;
export const ROW_STATES = ['ready', 'refused', 'issued', 'failed', 'left_out'] as const;
export const ROW_PROBLEMS = [
  'recipient_missing',
  'recipient_not_found',
  'recipient_ambiguous',
  'wallet_closed',
  'wallet_inactive',
  'currency_mismatch',
  'amount_missing',
  'amount_invalid',
  'expires_at_invalid',
  'expires_at_past',
  'note_invalid',
] as const;
export type RowProblem = (typeof ROW_PROBLEMS)[number];

const count = (description: string, example: number) => z.int().meta({ description, example });

export const importSchema = z
  .object({
    id: z.string().meta(idMeta('pim', 'The import’s id.')),
    object: z.literal('promotion_import').meta(objectMeta),
    client_code: z.string().meta({ description: 'Whose books it is for.', example: 'LIPNZPMF7O' }),
    promotion_id: z.string().nullable().meta(idMeta('promo', 'The promotion it is under, or null.')),
    promotion_code: z.string().nullable().meta({ description: 'That promotion’s code.', example: 'june-loyalty' }),
    file_name: z.string().nullable().meta({ description: 'For people.', example: 'june-loyalty-credits.csv' }),
    description: z
      .string()
      .meta({ description: 'What rows without a note say the money is for.', example: 'June loyalty credit' }),
    state: z.enum(IMPORT_STATES).meta({
      description:
        'Checked: nothing has moved. Issuing, stopping: under way. Done, stopped: at its end. Discarded: never issued.',
    }),
    counts: z
      .object({
        total: count('Rows of the file.', 1000),
        refused: count('Rows that the dry run left out.', 2),
        ready: count('Rows still to be issued.', 387),
        issued: count('Rows issued.', 610),
        failed: count('Rows that the ledger refused.', 1),
        left_out: count('Rows that were not issued because it was stopped or discarded.', 0),
      })
      .meta({ description: 'Rows by what became of them.' }),
    totals: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          rows: count('Rows that can be, or were to be, issued.', 912),
          amount: z.int().meta(minorMeta('Their sum.', 1_355_000)),
          smallest: z.int().meta(minorMeta('The smallest of them.', 1_000)),
          largest: z.int().meta(minorMeta('The largest of them.', 5_000)),
          issued: z.int().meta(minorMeta('Issued so far.', 0)),
          expense_now: z
            .int()
            .meta(minorMeta('What the promotion expense account stands at now, debit-positive.', 2_140_000)),
          expense_after: z.int().meta(minorMeta('What it will stand at once the rest is issued.', 3_495_000)),
        }),
      )
      .meta({ description: 'By currency; refused rows are in none.' }),
    expiries: z
      .array(
        z.object({
          date: z
            .string()
            .nullable()
            .meta({ description: 'The day (UTC) on which they end; null never.', example: '2026-07-17' }),
          currency: z.string().meta(currencyMeta),
          rows: count('How many.', 700),
          amount: z.int().meta(minorMeta('How much.', 700_000)),
        }),
      )
      .meta({ description: 'When what it issues expires.' }),
    repeated_recipients: count('Wallets that more than one good row credits.', 0),
    events: z
      .object({
        type: z.literal('wallet.credited').meta({ description: 'The event of each credit.' }),
        endpoints: count('How many webhook endpoints listen to it.', 1),
      })
      .meta({ description: 'Who will be told of each credit.' }),
    approval_id: z.string().nullable().meta(idMeta('apr', 'The approval its issue waits for, or null.')),
    created_by: z.string().nullable().meta({ description: 'Who uploaded it, by name.', example: 'Efua Asante' }),
    issued_by: z.string().nullable().meta({ description: 'Who has it issued, by name.', example: 'Efua Asante' }),
    created_at: z.string().meta(timeMeta('When it was uploaded and judged.')),
    started_at: z.string().nullable().meta(timeMeta('When issuing began.')),
    ended_at: z.string().nullable().meta(timeMeta('When it ended.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'PromotionImport', description: 'A file of promotional credits: judged row by row, then issued.' });

export const importParams = z.strictObject({ id: z.string().meta(pathIdMeta('pim', 'import')) });
export const listImportsQuery = z.strictObject({
  state: z.enum(IMPORT_STATES).optional().meta({ description: 'Only those of this state.' }),
  ...listQueryShape,
});
export const importListSchema = listSchema(importSchema).meta({ id: 'PromotionImportList' });

export const importRowSchema = z
  .object({
    object: z.literal('promotion_import_row').meta(objectMeta),
    line: z
      .int()
      .meta({ description: 'Its line in the file, where the header is 1; of JSON rows its place.', example: 417 }),
    given: z
      .record(z.string(), z.string())
      .meta({ description: 'The row as it came.', example: { customer_id: 'vd_10417', amount: '10.00' } }),
    customer: z
      .object({
        id: z.string().meta({ description: 'Your own id of the customer.', example: 'cus_abc123' }),
        name: z.string().nullable().meta({ description: 'Full name, or null.', example: 'Abena Sarpong' }),
      })
      .nullable()
      .meta({ description: 'Whom it was found to be for; null where it was not.' }),
    wallet_id: z.string().nullable().meta(idMeta('wal', 'The wallet it credits, or null.')),
    currency: z.string().nullable().meta(currencyMeta),
    amount: z.int().nullable().meta(minorMeta('How much, or null where that could not be read.', 1_000)),
    expires_at: z.string().nullable().meta(timeMeta('Until when it may be spent; null for ever.')),
    note: z.string().nullable().meta({ description: 'What it says it is for, or null.' }),
    reference: z
      .string()
      .meta({ description: 'The reference its journal has, or would have.', example: 'pim_a1b2c3:417' }),
    state: z.enum(ROW_STATES).meta({ description: 'What became of it.' }),
    problem: z
      .object({
        code: z.string().meta({ description: 'Why not, in a word.', example: 'wallet_closed' }),
        field: z.string().nullable().meta({ description: 'The field at fault.', example: 'customer_id' }),
        value: z.string().nullable().meta({ description: 'What it said.', example: 'vd_10417' }),
        message: z.string().meta({ description: 'The same for people.', example: 'The wallet is closed.' }),
      })
      .nullable()
      .meta({ description: 'Null where nothing is wrong.' }),
    journal_id: z.string().nullable().meta(idMeta('jnl', 'The journal that credited it, or null.')),
    handled_at: z.string().nullable().meta(timeMeta('When it was issued or failed.')),
  })
  .meta({ id: 'PromotionImportRow', description: 'One row of a file, and what became of it.' });

export const listRowsQuery = z.strictObject({
  state: z.enum(ROW_STATES).optional().meta({ description: 'Only rows of this state.' }),
  neighbours: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .meta({
      description: 'With `state`: also the line before and the line after each, to see it among the others.',
      type: 'boolean',
      default: false,
    }),
  format: z.enum(['json', 'csv']).default('json').meta({
    description: 'CSV has every row of the filter, whatever `limit` says. Without it the `Accept` header decides.',
  }),
  ...listQueryShape,
});
export const rowListSchema = listSchema(importRowSchema).meta({ id: 'PromotionImportRowList' });

/** Lots of all wallets. */
export const promotionLotSchema = lotSchema
  .extend({
    client_code: z.string().meta({ description: 'Whose books it is in.', example: 'LIPNZPMF7O' }),
    currency: z.string().meta(currencyMeta),
    customer: z
      .object({
        id: z.string().meta({ description: 'Your own id of the customer.', example: 'cus_abc123' }),
        name: z.string().nullable().meta({ description: 'Full name, or null.', example: 'Ama Mensah' }),
      })
      .nullable()
      .meta({ description: 'Whose wallet it is in.' }),
    promotion_code: z
      .string()
      .nullable()
      .meta({ description: 'The promotion it was issued under, or null.', example: 'june-loyalty' }),
    used: z.int().meta(minorMeta('What was spent.', 500)),
    expired: z.int().meta(minorMeta('What expired.', 0)),
    forfeited: z.int().meta(minorMeta('What was reversed, or ended with its wallet.', 0)),
    state: z.enum(['open', 'ended']).meta({ description: 'Open while anything is left of it.' }),
    journal_id: z.string().meta(idMeta('jnl', 'The journal that granted it.')),
  })
  .meta({ id: 'PromotionLot', description: 'A promotional credit with what became of it.' });

export const listPromotionLotsQuery = z.strictObject({
  promotion: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only lots of this promotion, by id or code.', example: 'june-loyalty' }),
  wallet: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only lots in this wallet.', example: 'wal_a1b2c3' }),
  state: z.enum(['open', 'ended']).optional().meta({ description: 'Only those with, or without, anything left.' }),
  expires_from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({
      description: 'Only open lots that end on or after this day (UTC) or time; soonest first then.',
      example: '2026-07-01',
    }),
  expires_to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({
      description: 'Only open lots that end on or before this day, or before this time.',
      example: '2026-07-31',
    }),
  ...listQueryShape,
});
export const promotionLotListSchema = listSchema(promotionLotSchema).meta({ id: 'PromotionLotList' });

export const calendarQuery = z.strictObject({
  from: z.iso.date().meta({ description: 'First day, UTC.', example: '2026-07-01' }),
  to: z.iso
    .date()
    .meta({ description: 'Last day, included; at most 400 days after the first.', example: '2026-07-31' }),
  currency: currencySchema.optional().meta({ description: 'Only this currency.' }),
});
export const calendarSchema = z
  .object({
    object: z.literal('expiry_calendar').meta(objectMeta),
    from: z.string().meta({ description: 'First day.', example: '2026-07-01' }),
    to: z.string().meta({ description: 'Last day.', example: '2026-07-31' }),
    days: z
      .array(
        z.object({
          date: z.string().meta({ description: 'The day (UTC) in which they end.', example: '2026-07-17' }),
          currency: z.string().meta(currencyMeta),
          lots: z.int().meta({ description: 'How many lots.', example: 700 }),
          amount: z.int().meta(minorMeta('What is left of them.', 700_000)),
        }),
      )
      .meta({ description: 'Days on which something expires, soonest first.' }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'ExpiryCalendar', description: 'Open promotional credit by the day on which it ends.' });

export type PromotionObject = z.output<typeof promotionSchema>;
export type PromotionImportObject = z.output<typeof importSchema>;
export type PromotionImportRowObject = z.output<typeof importRowSchema>;
export type PromotionLotObject = z.output<typeof promotionLotSchema>;
