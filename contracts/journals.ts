import { z } from 'zod';
import { currencySchema } from './amount-schemas';
import { CHANNELS } from './channels';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataViewSchema } from './metadata';
import { customerIdSchema, referenceSchema } from './text';
import { dayOrInstant } from './wallets';

const DAY_MS = 86_400_000;

export const JOURNAL_KINDS = [
  'debit',
  'credit',
  'topup',
  'payment',
  'late_topup',
  'mismatch',
  'clawback',
  'refund_return',
  'expiry',
  'transfer',
  'reversal',
  'close',
  'refund',
  'settlement',
  'funding',
  'adjustment',
] as const;

const minor = (meaning: string, example = 1) =>
  z
    .string()
    .regex(/^[0-9]{1,16}$/, 'must be a whole number of minor units')
    .transform((text) => BigInt(text))
    .optional()
    .meta({ description: `${meaning} In minor units.`, type: 'integer', minimum: 0, example });

export const listJournalsQuery = z.strictObject({
  kind: z.enum(JOURNAL_KINDS).optional().meta({ description: 'Only journals of this kind.', example: 'topup' }),
  account: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only what touches this account: `act_…` or its number.', example: '10000110' }),
  wallet: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only what touches this wallet.', example: 'wal_a1b2c3' }),
  customer: customerIdSchema.optional().meta({ description: 'Only what touches a wallet of this customer.' }),
  currency: currencySchema.optional().meta({ description: 'Only this currency, an ISO 4217 code.' }),
  reference: referenceSchema
    .optional()
    .meta({ description: 'Only journals of exactly this reference.', example: 'sms_batch_8821' }),
  payment: z.string().min(1).max(64).optional().meta({
    description: 'Only what a payment moved, by its `pay_` id.',
    example: 'pay_09f84e20a283942e807128e8c21d08d6',
  }),
  min_amount: minor('Only journals of at least this amount.', 500),
  max_amount: minor('Only journals of at most this amount.', 50_000),
  from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({ description: 'Posted on or after this day (UTC) or instant.', example: '2026-05-01' }),
  to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({ description: 'Posted up to this day, included; or before this instant.', example: '2026-05-31' }),
  ...listQueryShape,
});

const partySchema = z.object({
  id: z.string().meta(idMeta('act', 'The account.')),
  number: z.string().meta({ description: 'Its number.', example: '10000008' }),
  name: z.string().meta({
    description: 'What it is called: of a wallet its customer, where that has a name.',
    example: 'Ama Mensah',
  }),
  type: z.string().meta({ description: 'Its type.', example: 'CUSTOMER_WALLET' }),
  wallet_id: z.string().nullable().meta({ description: 'Of a wallet, its id; else null.', example: 'wal_a1b2c3' }),
  customer: z
    .object({
      id: z.string().meta({ description: 'Your own id of the customer.', example: 'cus_abc123' }),
      name: z.string().nullable().meta({ description: 'Full name, or null.', example: 'Ama Mensah' }),
    })
    .nullable()
    .meta({ description: 'Whose wallet it is; null of other accounts.' }),
});

const summaryShape = {
  id: z.string().meta(idMeta('jnl', 'The journal’s id.')),
  object: z.literal('journal').meta(objectMeta),
  client_code: z.string().meta({ description: 'Whose books it is in.', example: 'LIPNZPMF7O' }),
  kind: z.enum(JOURNAL_KINDS).meta({ description: 'What it was.', example: 'debit' }),
  operation: z
    .string()
    .meta({ description: 'The operation that posted it; part of its reference’s scope.', example: 'debit' }),
  amount: z.int().meta(minorMeta('How much, without fees.', 500)),
  fee: z.int().meta(minorMeta('The fee, in entries of its own.', 0)),
  tax: z.int().meta(minorMeta('The tax on the fee, in entries of its own.', 0)),
  currency: z.string().meta(currencyMeta),
  account: partySchema.meta({ description: 'Whose journal it is: the account of its first entry.' }),
  counter_account: partySchema.meta({ description: 'The account on the other side.' }),
  channel: z
    .enum(CHANNELS)
    .nullable()
    .meta({ description: 'How the money came, where a payment brought it.', example: null }),
  payment_id: z.string().nullable().meta({ description: 'The payment that brought or took it.', example: null }),
  description: z
    .string()
    .nullable()
    .meta({ description: 'What it was for, or null.', example: '10 SMS messages sent' }),
  reference: z
    .string()
    .nullable()
    .meta({ description: 'The caller’s own reference, or null.', example: 'sms_batch_8821' }),
  reversal_of: z.string().nullable().meta({ description: 'The journal it undoes, or null.', example: null }),
  reversed_by: z.string().nullable().meta({ description: 'The journal that undid it, or null.', example: null }),
  business_date: z.string().meta(timeMeta('The caller’s business date, or when it was posted.')),
  posted_at: z.string().meta(timeMeta('When it was posted, to the millisecond.', '2026-05-24T10:05:00.000Z')),
  livemode: z.boolean().meta(livemodeMeta),
};

export const journalSummarySchema = z
  .object(summaryShape)
  .meta({ id: 'JournalSummary', description: 'One event in the books, in a line.' });
export const journalListSchema = listSchema(journalSummarySchema).meta({ id: 'JournalList' });

const ENTRY_PARTS = ['principal', 'fee', 'tax'] as const;

const legSchema = z.object({
  id: z.string().meta(idMeta('txn', 'The entry’s id.')),
  leg: z
    .int()
    .meta({ description: 'Its place in the journal, from 1; legs 1 and 2, 3 and 4 … face each other.', example: 1 }),
  part: z.enum(ENTRY_PARTS).meta({ description: 'Fees and the tax on them have entries of their own.' }),
  account: partySchema.meta({ description: 'The account.' }),
  side: z.enum(['debit', 'credit']).meta({ description: 'The side it stands on.' }),
  amount: z.int().meta(minorMeta('How much, unsigned.', 500)),
  sequence: z.int().meta({ description: 'Its number among the account’s entries, without a gap.', example: 41 }),
  balance_before: z.int().meta(minorMeta('The account’s balance before, credit-positive.', 15_000)),
  balance_after: z.int().meta(minorMeta('The account’s balance after, credit-positive.', 14_500)),
  previous_journal_id: z
    .string()
    .nullable()
    .meta({ description: 'The account’s journal before this one, or null.', example: 'jnl_z0y9x8' }),
  next_journal_id: z
    .string()
    .nullable()
    .meta({ description: 'The account’s journal after this one, or null.', example: null }),
  lots: z
    .array(
      z.object({
        id: z.string().meta(idMeta('lot', 'The lot.')),
        use: z
          .enum(['grant', 'use', 'undo', 'expire', 'forfeit'])
          .meta({ description: 'What the entry did to the lot.' }),
        amount: z.int().meta(minorMeta('How much of it.', 400)),
        expires_at: z.string().nullable().meta(timeMeta('Until when the lot may be spent; null for ever.')),
      }),
    )
    .meta({ description: 'Promotional credit granted, spent or ended by the entry.' }),
});

const feeSchema = z
  .object({
    service_code: z.string().meta({ description: 'The client service’s code.', example: 'SMS7QK2P0X' }),
    service_name: z.string().meta({ description: 'Its name.', example: 'Wallet top-up' }),
    version: z.int().meta({ description: 'The version of its rules that decided.', example: 4 }),
    bearer: z.enum(['client', 'customer']).meta({ description: 'Who bore fee and tax.' }),
    type: z.enum(['NONE', 'FIXED', 'PERCENTAGE']).meta({ description: 'How the fee is reckoned.' }),
    base: z.int().meta(minorMeta('The amount that it is of.', 50_000)),
    rate_ppm: z
      .int()
      .nullable()
      .meta({ description: 'Millionths of the base, where it is a percentage.', example: 20_000 }),
    fixed: z
      .int()
      .nullable()
      .meta({ ...minorMeta('The fixed fee, where it is one.', 100), example: null }),
    minimum: z
      .int()
      .nullable()
      .meta({ ...minorMeta('The least fee, if any.', 100), example: null }),
    maximum: z
      .int()
      .nullable()
      .meta({ ...minorMeta('The greatest fee, if any.', 100), example: null }),
    amount: z.int().meta(minorMeta('The fee.', 1000)),
    tax_rate_ppm: z.int().meta({ description: 'Tax in millionths of the fee.', example: 150_000 }),
    tax: z.int().meta(minorMeta('The tax on it.', 150)),
    returns_on_reversal: z.boolean().meta({ description: 'Whether a reversal gives them back.' }),
  })
  .nullable()
  .meta({ description: 'The arithmetic of fee and tax; null where no service was named.' });

const actorSchema = z.object({
  type: z.string().meta({ description: 'What acted: api_key, user, job, provider …', example: 'api_key' }),
  id: z.string().nullable().meta({ description: 'Its public id, where it has one.', example: 'key_a1b2c3' }),
  name: z.string().nullable().meta({ description: 'Its name, where it has one.', example: 'Workshop app' }),
  hint: z.string().nullable().meta({ description: 'Of a key: how it ends.', example: 'k4Qz' }),
});

const requestSchema = z
  .object({
    id: z.string().meta({ description: 'The request’s id.', example: 'req_a1b2c3' }),
    method: z
      .string()
      .nullable()
      .meta({ description: 'Null where the request log has forgotten it.', example: 'POST' }),
    path: z.string().nullable().meta({ description: 'As `method`.', example: '/v1/wallets/wal_a1b2c3/debit' }),
    status: z.int().nullable().meta({ description: 'What it was answered with.', example: 200 }),
    address: z.string().nullable().meta({ description: 'The caller’s address.', example: '41.66.212.17' }),
    at: z.string().nullable().meta(timeMeta('When it came.', '2026-05-24T10:05:00.000Z')),
    actor: actorSchema.meta({ description: 'Who asked.' }),
  })
  .meta({ description: 'A request of the API.' });

const trailSchema = z.object({
  request: requestSchema
    .nullable()
    .meta({ description: 'The request that all began with; null where a job began it.' }),
  topup: z
    .object({
      id: z.string().meta(idMeta('top', 'The top-up.')),
      status: z.string().meta({ description: 'Its status now.', example: 'succeeded' }),
      at: z.string().meta(timeMeta('When it was made.', '2026-05-24T10:05:00.000Z')),
    })
    .nullable()
    .meta({ description: 'The top-up it belongs to, if any.' }),
  payment: z
    .object({
      id: z.string().meta({ description: 'The payment.', example: 'pay_09f84e20a283942e807128e8c21d08d6' }),
      reference: z.string().meta({ description: 'Its reference.', example: 'KM-INV-20417' }),
      status: z.string().meta({ description: 'Its status now.', example: 'succeeded' }),
      channel: z.enum(CHANNELS).meta({ description: 'The network or method.' }),
      provider: z.string().meta({ description: 'Who collected it.', example: 'mtn-momo' }),
      phone: z
        .string()
        .nullable()
        .meta({ description: 'The payer’s number, its middle hidden.', example: '23324•••••38' }),
      at: z.string().meta(timeMeta('When it was made.', '2026-05-24T10:05:00.000Z')),
    })
    .nullable()
    .meta({ description: 'The payment it belongs to, if any.' }),
  observation: z
    .object({
      source: z
        .string()
        .meta({ description: 'How it was learned: initiation, status or callback.', example: 'callback' }),
      outcome: z.string().meta({ description: 'What it came to.', example: 'succeeded' }),
      provider_code: z.string().nullable().meta({ description: 'The provider’s own word.', example: 'SUCCESSFUL' }),
      receipt: z.string().nullable().meta({ description: 'The provider’s receipt.', example: '2116938399' }),
      raw: z.string().meta({ description: 'The message as it came, secrets masked.' }),
      at: z.string().meta(timeMeta('When it came.', '2026-05-24T10:05:31.377Z')),
    })
    .nullable()
    .meta({ description: 'What the provider said that moved the money; null where none did.' }),
  journal: z
    .object({ at: z.string().meta(timeMeta('When it was posted.', '2026-05-24T10:05:31.402Z')) })
    .meta({ description: 'This journal.' }),
  deliveries: z
    .array(
      z.object({
        id: z.string().meta(idMeta('whd', 'The delivery.')),
        event_id: z.string().nullable().meta({ description: 'The event; null of a callback.', example: 'evt_a1b2c3' }),
        type: z.string().meta({ description: 'What it tells.', example: 'wallet.debited' }),
        is_callback: z.boolean().meta({ description: 'Whether it is a payment’s callback.' }),
        url: z.string().nullable().meta({ description: 'Where it goes.', example: 'https://api.example.com/hooks' }),
        status: z.enum(['pending', 'succeeded', 'failed', 'canceled']).meta({ description: 'How it stands.' }),
        attempts: z.int().meta({ description: 'Tries so far.', example: 1 }),
        http_status: z.int().nullable().meta({ description: 'What the last try was answered with.', example: 200 }),
        duration_ms: z.int().nullable().meta({ description: 'How long the last try took.', example: 241 }),
        at: z.string().meta(timeMeta('When the last try began, or when it was queued.', '2026-05-24T10:05:31.688Z')),
      }),
    )
    .meta({ description: 'Who was told: of the journal’s event, its payment’s events and callback. At most 20.' }),
});

const reversalSchema = z.object({
  possible: z.boolean().meta({ description: 'Whether it can be undone now.' }),
  refusal: z
    .object({
      code: z.string().meta({ description: 'Why not, a code of the error reference.', example: 'insufficient_funds' }),
      message: z.string().meta({ description: 'The same for people.' }),
    })
    .nullable()
    .meta({ description: 'Null where it is possible.' }),
  returns_fees: z.boolean().meta({ description: 'Whether fee and tax come back, as the service’s version says.' }),
  accounts: z
    .array(
      z.object({
        account: partySchema.meta({ description: 'The account.' }),
        balance_now: z.int().meta(minorMeta('Its balance now, credit-positive.', 14_500)),
        balance_after: z.int().meta(minorMeta('Its balance after the reversal.', 15_000)),
      }),
    )
    .meta({
      description:
        'What it would do to each account, what has to expire first included; empty where it is not possible.',
    }),
  event: z.literal('reversal.created').meta({ description: 'The event that would tell of it.' }),
});

export const journalSchema = z
  .object({
    ...summaryShape,
    fingerprint: z.string().meta({ description: 'What must agree when the reference comes again.' }),
    metadata: metadataViewSchema,
    legs: z.array(legSchema).meta({ description: 'Every entry, in leg order.' }),
    total: z.int().meta(minorMeta('Sum of debits, and of credits.', 500)),
    fee_rules: feeSchema,
    origin: z
      .object({
        actor: actorSchema.meta({ description: 'Who or what posted it.' }),
        request: requestSchema.nullable().meta({ description: 'The request that posted it; null where a job did.' }),
      })
      .meta({ description: 'Who posted it, in which request.' }),
    trail: trailSchema.meta({ description: 'How it came about, and who was told.' }),
    reversal: reversalSchema.meta({ description: 'What undoing it now would do.' }),
    sealed: z.boolean().meta({ description: 'Whether a signed seal covers it.' }),
  })
  .meta({ id: 'Journal', description: 'One event in the books: both sides, why, from where, and what came of it.' });

const hash = (meaning: string) => ({ description: `${meaning} Hex SHA-256.`, example: '9f2c…' });

export const journalProofSchema = z
  .object({
    object: z.literal('journal_proof').meta(objectMeta),
    journal_id: z.string().meta(idMeta('jnl', 'The journal.')),
    verified: z.boolean().meta({ description: 'True when everything below holds.' }),
    verified_at: z.string().meta(timeMeta('When it was recomputed.', '2026-05-24T10:32:08.000Z')),
    sum: z.int().meta(minorMeta('Credits less debits: 0.', 0)),
    journal_content: z.string().meta({ description: 'The journal as it is hashed, JSON text.' }),
    journal_digest: z.string().meta(hash('Of `journal_content`.')),
    entries: z
      .array(
        z.object({
          leg: z.int().meta({ description: 'Its place in the journal.', example: 1 }),
          account: partySchema.meta({ description: 'The account.' }),
          sequence: z.int().meta({ description: 'Its number among the account’s entries.', example: 41 }),
          previous_hash: z.string().meta(hash('Of the account’s entry before; zeros of the first.')),
          hash: z.string().meta(hash('As stored.')),
          recomputed: z.string().meta(hash('Of `content`, recomputed for this answer.')),
          content: z.string().meta({
            description:
              'What `hash` is of: layout, previous hash, tenant, account, sequence, journal, leg, amount, balance after, journal digest.',
          }),
          matches: z.boolean().meta({ description: 'Whether the two are equal.' }),
          seal: z
            .object({
              head_sequence: z
                .int()
                .meta({ description: 'The account’s entry whose hash the seal signed.', example: 60 }),
              head_hash: z.string().meta(hash('What it signed.')),
              links: z.int().meta({ description: 'Entries from this one to that head.', example: 19 }),
              chain: z.enum(['verified', 'broken', 'not_walked']).meta({
                description:
                  'Whether they lead there; more than 2 000 links are not walked here (`npm run books` walks all).',
              }),
            })
            .nullable()
            .meta({ description: 'Its place under the seal; null until there is one.' }),
        }),
      )
      .meta({ description: 'Every entry’s link in its account’s chain.' }),
    seal: z
      .object({
        id: z.string().meta(idMeta('seal', 'The seal.')),
        number: z.int().meta({ description: 'Its place among the seals of these books.', example: 4318 }),
        sealed_at: z.string().meta(timeMeta('When it was signed.')),
        accounts: z.int().meta({ description: 'How many heads it signed.', example: 1204 }),
        algorithm: z.literal('Ed25519').meta({ description: 'How it is signed.' }),
        key_id: z.string().meta({ description: 'Fingerprint of the key.', example: 'sealkey_1c9d' }),
        public_key: z.string().meta({ description: 'The public key, PEM.' }),
        previous_digest: z.string().meta(hash('Of the seal before.')),
        digest: z.string().meta(hash('What is signed: covers every head and the seal before.')),
        signature: z.string().meta({ description: 'Base64, of the digest’s text.' }),
        valid: z.boolean().meta({ description: 'Whether digest and signature hold, recomputed for this answer.' }),
      })
      .nullable()
      .meta({
        description:
          'The first seal that covers the journal; null until there is one, which is within a quarter of an hour.',
      }),
    faults: z.array(z.string()).meta({ description: 'What does not hold, for people; empty when verified.' }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'JournalProof', description: 'What it takes to check a journal without trusting us.' });

export const journalParams = z.strictObject({
  id: z
    .string()
    .meta({ description: 'The journal’s id, or that of one of its entries (`txn_…`).', example: 'jnl_a1b2c3' }),
});

export const journalQuery = z.strictObject({
  format: z
    .enum(['json', 'pdf'])
    .default('json')
    .meta({ description: 'Without it the `Accept` header decides: `application/pdf` asks for PDF.' }),
});

export type JournalSummaryObject = z.output<typeof journalSummarySchema>;
export type JournalObject = z.output<typeof journalSchema>;
export type JournalProofObject = z.output<typeof journalProofSchema>;
