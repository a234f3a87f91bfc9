import { z } from 'zod';
import { currencySchema } from './amount-schemas';
import { AMOUNT_VERBS, APPROVAL_STATUSES, APPROVAL_VERBS } from './approval-verbs';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';

const REASON_MAX = 500;
const LIMIT_MAX = Number.MAX_SAFE_INTEGER;

const verbSchema = z.enum(APPROVAL_VERBS, `must be one of ${APPROVAL_VERBS.join(', ')}`);
const statusSchema = z.enum(APPROVAL_STATUSES, `must be one of ${APPROVAL_STATUSES.join(', ')}`);
const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');
const reasonSchema = z.string().trim().min(1).max(REASON_MAX);

export const approvalParams = z.strictObject({ id: z.string().meta(pathIdMeta('apr', 'approval')) });

export const listApprovalsQuery = z.strictObject({
  status: statusSchema.optional().meta({ description: 'Only those of this status.', example: 'pending' }),
  verb: verbSchema.optional().meta({ description: 'Only of this kind of act.', example: 'reversal' }),
  decidable: flag.optional().meta({
    description: 'With `true` only those that wait and that you may decide: never your own.',
    type: 'boolean',
  }),
  ended: flag
    .optional()
    .meta({ description: 'With `true` only those that wait no more, whatever became of them.', type: 'boolean' }),
  made_by_me: flag.optional().meta({ description: 'With `true` only those that you asked for.', type: 'boolean' }),
  ...listQueryShape,
});

export const approveBody = z.strictObject({
  state: z.string().min(1).max(128).meta({
    description:
      'The `state` of the approval as you saw it. Where something it depends on has changed since, nothing is decided and the answer shows it anew.',
    example: '6f1c2ab09d3e4f57.8a90b1c2d3e4f506',
  }),
  balances_may_move: z.boolean().default(false).meta({
    description:
      'With `true` a balance that moved meanwhile is no obstacle, as on an account that is used all the time. Everything else must still be as it was seen.',
    example: false,
  }),
  reason: reasonSchema.optional().meta({ description: 'A note, kept with the decision.', example: 'Ticket checked' }),
});

export const rejectBody = z.strictObject({
  reason: reasonSchema.meta({ description: 'Why not; whoever asked reads it.', example: 'The ticket is closed' }),
});

export const cancelApprovalBody = z.strictObject({
  reason: reasonSchema.optional().meta({ description: 'Why it is taken back.', example: 'Wrong wallet' }),
});

const personSchema = z.object({
  id: z.string().meta(idMeta('usr', 'Their id.')),
  name: z.string().meta({ description: 'Their name.', example: 'Yaw Darko' }),
  is_operator: z.boolean().meta({ description: 'Whether they are one of the operator’s people.', example: false }),
});

const stateSchema = z.record(z.string(), z.unknown()).nullable();

const balanceSchema = z.object({
  account_id: z.string().meta({
    description: 'The account: `wal_…` for a customer’s wallet, `act_…` for any other.',
    example: 'wal_a1b2c3',
  }),
  account_number: z.string().meta({ description: 'Its number.', example: '10000412' }),
  type: z.string().meta({ description: 'Its type.', example: 'CUSTOMER_WALLET' }),
  customer_id: z.string().nullable().meta({ description: 'Whose wallet it is, or null.', example: 'cus_abc123' }),
  name: z.string().nullable().meta({
    description: 'What it is called: of a wallet its customer, where that has a name. Null where it was not kept.',
    example: 'Kofi Boateng',
  }),
  currency: z.string().meta(currencyMeta),
  before: z.int().meta(minorMeta('Its balance now.', 8_450)),
  after: z.int().meta(minorMeta('Its balance if this were done now.', 43_450)),
  change: z.int().meta(minorMeta('The difference.', 35_000)),
});

const effectSchema = z.object({
  as_of: z.string().meta(timeMeta('When this was worked out: of one that waits, for this answer.')),
  possible: z.boolean().meta({ description: 'Whether it could be done as of then.', example: true }),
  problem: z
    .object({
      code: z.string().meta({ description: 'The error’s code.', example: 'insufficient_funds' }),
      message: z.string().meta({ description: 'The same for people.' }),
    })
    .nullable()
    .meta({ description: 'Why it could not be done, or null.' }),
  balances: z.array(balanceSchema).meta({
    description: 'Every account that it touches, from now to after. Empty where no money moves.',
  }),
  before: stateSchema.meta({ description: 'What it changes besides balances, as it is; null for what is not there.' }),
  after: stateSchema.meta({ description: 'What it changes besides balances, as it would become.' }),
  changes: z
    .array(
      z.object({
        field: z.string().meta({ description: 'The field; a dot leads into an object.', example: 'fee' }),
        before: z.unknown().meta({ description: 'Its value before. Null where it had none.', example: '1.5' }),
        after: z.unknown().meta({ description: 'Its value after. Null where it has none.', example: '1.0' }),
      }),
    )
    .meta({ description: 'The fields that differ between `before` and `after`.' }),
});

export const approvalSchema = z
  .object({
    id: z.string().meta(idMeta('apr', 'The approval’s id.')),
    object: z.literal('approval').meta(objectMeta),
    status: statusSchema.meta({
      description:
        '`pending` waits. `approved` is decided and being done, `executed` done; `failed` was approved and is no longer possible, `outcome` says why. `rejected`, `canceled` and `expired` moved nothing.',
      example: 'pending',
    }),
    verb: verbSchema.meta({ description: 'The kind of act.', example: 'credit' }),
    operation: z.string().meta({ description: 'The operation that was called.', example: 'creditWallet' }),
    target: z
      .object({
        type: z.string().meta({ description: 'The kind of object.', example: 'wallet' }),
        id: z.string().meta({ description: 'Its id, as everywhere in the API.', example: 'wal_a1b2c3' }),
        name: z.string().nullable().meta({
          description:
            'Whose wallet it touches, or what the thing is called, as of when it was asked. Null without one.',
          example: 'Kofi Boateng',
        }),
      })
      .meta({ description: 'What it would be done to.' }),
    client: z
      .object({
        id: z.string().meta(idMeta('cli', 'The client’s id.')),
        code: z.string().meta({ description: 'Its code.', example: 'VOL7K2M9QX' }),
        name: z.string().meta({ description: 'Its name.', example: 'Volta Data' }),
      })
      .meta({ description: 'Whose books it is about.' }),
    amount: z.int().nullable().meta(minorMeta('How much would move; null where no amount does.', 35_000)),
    currency: z
      .string()
      .nullable()
      .meta({ ...currencyMeta, description: 'Of the amount: ISO 4217. Null without one.' }),
    reason: z.string().nullable().meta({ description: 'Why, in the words of who asked.', example: 'Ticket VD-2291' }),
    maker: personSchema.meta({ description: 'Who asked.' }),
    checker: personSchema.nullable().meta({ description: 'Who decided; never who asked. Null before.' }),
    decision_reason: z.string().nullable().meta({ description: 'The note of who decided, or who took it back.' }),
    rule: z
      .object({
        above: z
          .int()
          .nullable()
          .meta(minorMeta('Amounts above this one need a second person. Null: every one does.', 20_000)),
        policy_version: z
          .int()
          .nullable()
          .meta({ description: 'Of the policy that asked for it. Null for the built-in one.', example: 6 }),
      })
      .meta({ description: 'Why two people.' }),
    effect: effectSchema.meta({
      description: 'Exactly what changes. In lists, and once decided, as it was worked out when it was asked.',
    }),
    state: z.string().nullable().meta({
      description: 'Send it with the approval: it stands for what you saw. Null once nothing waits, and in lists.',
      example: '6f1c2ab09d3e4f57.8a90b1c2d3e4f506',
    }),
    request_hash: z.string().meta({
      description: 'SHA-256 of what was asked, which nobody can change meanwhile. Hex.',
      example: '59aa887e4d2c1b0a9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5bc256fe',
    }),
    decidable: z.boolean().meta({ description: 'Whether you may decide it.', example: true }),
    cancelable: z.boolean().meta({ description: 'Whether you asked and may take it back.', example: false }),
    outcome: z
      .object({
        status: z.int().meta({ description: 'The HTTP status that the operation answered with.', example: 200 }),
        body: z.unknown().meta({ description: 'What the operation answered, or its error.' }),
      })
      .nullable()
      .meta({ description: 'What came of it. Null while nothing has.' }),
    request_id: z.string().meta({ description: 'The request that asked for it.', example: 'req_a1b2c3' }),
    created_at: z.string().meta(timeMeta('When it was asked.')),
    expires_at: z.string().meta(timeMeta('When it lapses, undecided.', '2026-05-31T10:00:00Z')),
    decided_at: z.string().nullable().meta(timeMeta('When it was decided or taken back.')),
    ended_at: z.string().nullable().meta(timeMeta('When it came to its end.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Approval', description: 'Somebody’s act that waits, or waited, for a second person.' });

export const approvalListSchema = listSchema(approvalSchema).meta({ id: 'ApprovalList' });
export type ApprovalObject = z.output<typeof approvalSchema>;

const aboveSchema = z.record(currencySchema, z.int().min(0).max(LIMIT_MAX)).meta({
  description:
    'By currency, in minor units: up to and with this amount one person is enough. A currency that is not named, like a rule without `above`, has no such amount: every one needs a second person.',
  example: { GHS: 20_000 },
});

const ruleSchema = z
  .strictObject({
    verb: verbSchema.meta({ description: 'The kind of act that needs a second person.', example: 'credit' }),
    above: aboveSchema.optional(),
  })
  .refine(({ verb, above }) => above === undefined || AMOUNT_VERBS.has(verb), {
    message: 'goes with acts that move an amount only',
    path: ['above'],
  });

export const setApprovalPolicyBody = z.strictObject({
  rules: z
    .array(ruleSchema)
    .max(APPROVAL_VERBS.length)
    .refine((rules) => new Set(rules.map(({ verb }) => verb)).size === rules.length, 'must name each verb once')
    .meta({
      description:
        'All of the policy: what is not in it needs one person. Empty switches it off. While there is any rule, `policy_change` is one by itself.',
    }),
  reason: reasonSchema.optional().meta({ description: 'For the audit log.', example: 'Auditors asked for it' }),
});

export const approvalPolicySchema = z
  .object({
    object: z.literal('approval_policy').meta(objectMeta),
    source: z.enum(['set', 'built_in', 'none']).meta({
      description:
        '`set`: this client’s own. `none`: nothing is set and nothing waits. `built_in`: nothing is set, and for you as one of the operator’s people on live books these rules hold until something is.',
      example: 'set',
    }),
    version: z.int().meta({ description: 'Counts its changes; 0 while nothing is set.', example: 6 }),
    rules: z
      .array(
        z.object({
          verb: verbSchema.meta({ description: 'The kind of act.', example: 'credit' }),
          above: aboveSchema,
        }),
      )
      .meta({ description: 'What needs a second person.' }),
    updated_at: z.string().nullable().meta(timeMeta('When it was last changed; null while nothing is set.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'ApprovalPolicy', description: 'Which acts of people need a second person, on one set of books.' });
export type ApprovalPolicyObject = z.output<typeof approvalPolicySchema>;
export type ApprovalRuleObject = ApprovalPolicyObject['rules'][number];
