import { z } from 'zod';
import { amountSchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';
import { paymentMethodSchema } from './payment-methods';
import { TOP_UP_STATUSES } from './top-ups';

export const AUTO_TOP_UP_STATUSES = ['active', 'paused', 'disabled'] as const;
export type AutoTopUpStatus = (typeof AUTO_TOP_UP_STATUSES)[number];

export const AUTO_TOP_UP_DISABLED_REASONS = ['failures', 'method_detached', 'wallet_closed'] as const;
export type AutoTopUpDisabledReason = (typeof AUTO_TOP_UP_DISABLED_REASONS)[number];

/** Why a top-up that was due was not started. */
export const AUTO_TOP_UP_SKIP_REASONS = [
  'in_flight',
  'cooldown',
  'backed_off',
  'daily_limit',
  'monthly_limit',
  'wallet_frozen',
  'wallet_inactive',
  'client_inactive',
  'provider_unavailable',
  'phone_not_allowed',
  'prompt_limit',
] as const;
export type AutoTopUpSkipReason = (typeof AUTO_TOP_UP_SKIP_REASONS)[number];

/** Of a rule that says nothing about them. */
export const AUTO_TOP_UP_DEFAULTS = {
  cooldownSeconds: 15 * 60,
  dailyCountMax: 3,
  monthlyCountMax: 30,
  failuresMax: 3,
} as const;

/** The first, and those that are tried after it was declined. */
export const AUTO_TOP_UP_METHODS_MAX = 4;

const backupsSchema = z
  .array(z.string().max(64))
  .max(AUTO_TOP_UP_METHODS_MAX - 1)
  .meta({
    description: 'Tried in this order after the one before was declined, each once before the first again.',
    example: [],
  });

const ruleShape = {
  threshold: amountSchema.meta({
    description: 'It acts when what may be spent (`available`) is less than this. In minor units.',
    example: 5000,
  }),
  amount: amountSchema.nullable().optional().meta({
    description: 'How much each top-up brings, in minor units. Either this or `target`.',
    example: 30000,
  }),
  target: amountSchema.nullable().optional().meta({
    description:
      'Each top-up brings as much as makes `available` come to this, rounded up to the whole cedi, naira, shilling … More than `threshold`. Either this or `amount`.',
    example: null,
  }),
  payment_method_id: z.string().max(64).meta({
    description: 'The customer’s saved payment method that is asked first, `pm_…`.',
    example: 'pm_a1b2c3',
  }),
  backup_payment_method_ids: backupsSchema.optional(),
  cooldown_seconds: z
    .int()
    .min(60)
    .max(2_592_000)
    .optional()
    .meta({
      description: `The least time from one top-up to the next: a minute to 30 days, ${AUTO_TOP_UP_DEFAULTS.cooldownSeconds} seconds when left out.`,
      example: 900,
    }),
  daily_count_max: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({
      description: `Top-ups in a day (UTC) at the most; ${AUTO_TOP_UP_DEFAULTS.dailyCountMax} when left out.`,
      example: 2,
    }),
  monthly_count_max: z
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .meta({
      description: `Top-ups in a calendar month (UTC) at the most; ${AUTO_TOP_UP_DEFAULTS.monthlyCountMax} when left out.`,
      example: 30,
    }),
  daily_amount_max: amountSchema.nullable().optional().meta({
    description: 'All top-ups of a day (UTC) together at the most, in minor units; null for no such limit.',
    example: null,
  }),
  monthly_amount_max: amountSchema.nullable().optional().meta({
    description: 'All top-ups of a calendar month (UTC) together at the most, in minor units; null for no such limit.',
    example: 120000,
  }),
  failures_max: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .meta({
      description: `Failures in a row after which the rule is disabled; ${AUTO_TOP_UP_DEFAULTS.failuresMax} when left out.`,
      example: 3,
    }),
};

export const createAutoTopUpBody = z.strictObject(ruleShape);

export const updateAutoTopUpBody = z
  .strictObject({
    ...ruleShape,
    threshold: ruleShape.threshold.optional(),
    payment_method_id: ruleShape.payment_method_id.optional(),
    status: z.enum(['active', 'paused']).optional().meta({
      description:
        'paused: nothing is started until it is active again. Making a disabled rule active forgets its failures.',
      example: 'paused',
    }),
  })
  .meta({
    description: 'What is left out stays. To change between `amount` and `target` send one, and null as the other.',
  });

const usageSchema = z.object({
  count: z.int().meta({ description: 'Top-ups begun and not refused.', example: 1 }),
  amount: z.int().meta(minorMeta('What they come to.', 30_000)),
});

export const autoTopUpSchema = z
  .object({
    object: z.literal('auto_topup').meta(objectMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet that is topped up. A wallet has one rule at the most.')),
    currency: z.string().meta(currencyMeta),
    status: z.enum(AUTO_TOP_UP_STATUSES).meta({
      description: 'paused: by somebody. disabled: by itself, see `disabled_reason`.',
      example: 'active',
    }),
    disabled_reason: z.enum(AUTO_TOP_UP_DISABLED_REASONS).nullable().meta({
      description:
        'failures: too many in a row. method_detached: no payment method is left. wallet_closed. Null unless disabled.',
      example: null,
    }),
    threshold: z.int().meta(minorMeta('It acts when `available` is less than this.', 5_000)),
    amount: z.int().nullable().meta(minorMeta('How much each brings; null where there is a target.', 30_000)),
    target: z.int().nullable().meta({ description: 'What `available` is brought to. In minor units.', example: null }),
    payment_methods: z.array(paymentMethodSchema).meta({ description: 'In the order in which they are tried.' }),
    cooldown_seconds: z.int().meta({ description: 'The least time from one top-up to the next.', example: 900 }),
    daily_count_max: z.int().meta({ description: 'Top-ups in a day (UTC) at the most.', example: 2 }),
    monthly_count_max: z.int().meta({ description: 'Top-ups in a calendar month (UTC) at the most.', example: 30 }),
    daily_amount_max: z.int().nullable().meta({ description: 'In minor units; null for no limit.', example: null }),
    monthly_amount_max: z
      .int()
      .nullable()
      .meta({ description: 'In minor units; null for no limit.', example: 120_000 }),
    failures_max: z.int().meta({ description: 'Failures in a row after which it is disabled.', example: 3 }),
    failures: z.int().meta({ description: 'Failures in a row so far.', example: 0 }),
    usage: z
      .object({
        day: usageSchema.meta({ description: 'Since midnight (UTC).' }),
        month: usageSchema.meta({ description: 'Since the first of the month (UTC).' }),
      })
      .meta({ description: 'What counts against the limits of this day and month.' }),
    next_attempt_at: z.string().nullable().meta({
      description: 'Before this nothing is started, after a top-up or a failure; null where nothing holds it back.',
      format: 'date-time',
      example: null,
    }),
    last_topup: z
      .object({
        id: z.string().meta(idMeta('top', 'The last automatic top-up.')),
        amount: z.int().meta(minorMeta('What it brings.', 30_000)),
        status: z.enum(TOP_UP_STATUSES).meta({ description: 'Where it stands.', example: 'succeeded' }),
        failure_code: z.string().nullable().meta({ description: 'Why it failed.', example: null }),
        transaction_id: z.string().nullable().meta({
          description: 'What it credited; null while it has not.',
          example: 'txn_a1b2c3',
        }),
        sequence: z.int().nullable().meta({ description: 'The number of that entry on the wallet.', example: 40 }),
        created_at: z.string().meta(timeMeta('When it was started.')),
      })
      .nullable()
      .meta({ description: 'Null before the first.' }),
    created_at: z.string().meta(timeMeta('When the rule was made.')),
    updated_at: z.string().meta(timeMeta('When it last changed.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'AutoTopUp', description: 'A rule that tops a wallet up when it runs low.' });

export const deletedAutoTopUpSchema = z
  .object({
    object: z.literal('auto_topup').meta(objectMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet that it was of.')),
    deleted: z.literal(true).meta({ description: 'It is gone.' }),
  })
  .meta({ id: 'DeletedAutoTopUp', description: 'A rule that is gone.' });

/** What an event says besides the rule. */
export const autoTopUpEventShape = {
  topup_id: z.string().nullable().meta({
    description: 'The top-up that it is about, `top_…`; null where none was started.',
    example: 'top_a1b2c3',
  }),
  topup_amount: z.int().nullable().meta({ description: 'What that brings, in minor units.', example: 30_000 }),
  payment_method_id: z.string().nullable().meta({ description: 'What it asks, `pm_…`.', example: 'pm_a1b2c3' }),
  reason: z
    .string()
    .nullable()
    .meta({
      description: `Why: of a skip one of ${AUTO_TOP_UP_SKIP_REASONS.map((reason) => `\`${reason}\``).join(', ')}; of a failure its code; of a disabling \`disabled_reason\`. Null of the others.`,
      example: null,
    }),
  again_at: z.string().nullable().meta({
    description:
      'When it is looked at again by itself, if the wallet is still low then; null where something has to happen first.',
    example: null,
  }),
};

export type AutoTopUpObject = z.output<typeof autoTopUpSchema>;
