import { z } from 'zod';
import { approvalSchema } from './approvals';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';

const count = z.int().meta({ description: 'How many there are in all.', example: 3 });
const few = { description: 'The first few.' };
const clientCode = z.string().meta({ description: 'The client’s code.', example: 'VOL7K2M9QX' });
const amount = z.int().meta(minorMeta('The amount.', 5_000));

/** How many of each are shown; `count` says how many there are. */
export const ATTENTION_ITEMS_MAX = 5;

export const attentionSchema = z
  .object({
    object: z.literal('attention').meta(objectMeta),
    approvals: z
      .object({
        count,
        items: z
          .array(
            approvalSchema
              .pick({ id: true, verb: true, target: true, client: true, amount: true, currency: true, reason: true })
              .extend({
                maker: approvalSchema.shape.maker,
                created_at: approvalSchema.shape.created_at,
                expires_at: approvalSchema.shape.expires_at,
              }),
          )
          .meta(few),
      })
      .meta({ description: 'Approvals that wait for your decision. The newest are shown.' }),
    breaks: z
      .object({
        count,
        items: z
          .array(
            z.object({
              import_id: z.string().meta(idMeta('rec', 'The import’s id.')),
              client_code: clientCode,
              provider: z.string().meta({ description: 'The provider.', example: 'hubtel' }),
              file_name: z.string().meta({ description: 'The statement’s name.', example: 'june.csv' }),
              open_breaks: z.int().meta({ description: 'Lines of it that nobody has answered yet.', example: 2 }),
              created_at: z.string().meta(timeMeta('When it was imported.')),
            }),
          )
          .meta(few),
      })
      .meta({
        description: 'Lines of providers’ statements that do not agree with the books and that nobody has answered.',
      }),
    webhooks: z
      .object({
        count,
        items: z
          .array(
            z.object({
              id: z.string().meta(idMeta('we', 'The endpoint’s id.')),
              client_code: clientCode,
              url: z.string().meta({ description: 'Where it is.', example: 'https://hooks.example.com/pesewa' }),
              status: z.enum(['enabled', 'disabled']).meta({ description: 'Whether it is still sent anything.' }),
              failing_since: z.string().nullable().meta(timeMeta('The first failure since the last success.')),
            }),
          )
          .meta(few),
      })
      .meta({ description: 'Webhook endpoints that fail, or were disabled for failing.' }),
    payments: z
      .object({
        count,
        items: z
          .array(
            z.object({
              id: z.string().meta(idMeta('pay', 'The payment’s id.')),
              client_code: clientCode,
              reference: z.string().meta({ description: 'Its reference.', example: 'order_88197' }),
              amount,
              currency: z.string().meta(currencyMeta),
              created_at: z.string().meta(timeMeta('When it was asked for.')),
            }),
          )
          .meta(few),
      })
      .meta({
        description: 'Payments whose provider’s truth nobody knows: a person has to say. The oldest are shown.',
      }),
    refunds: z
      .object({
        count,
        items: z
          .array(
            z.object({
              id: z.string().meta(idMeta('rfd', 'The refund’s id.')),
              client_code: clientCode,
              reference: z.string().meta({ description: 'Its reference.', example: 'refund_2231' }),
              amount,
              currency: z.string().meta(currencyMeta),
              created_at: z.string().meta(timeMeta('When it was asked for.')),
            }),
          )
          .meta(few),
      })
      .meta({ description: 'Refunds whose provider’s truth nobody knows. The oldest are shown.' }),
    books: z
      .object({
        is_balanced: z
          .boolean()
          .nullable()
          .meta({ description: 'What the last proof of all books of this deployment said; null before the first.' }),
        proved_at: z.string().nullable().meta(timeMeta('When it was; null before the first.')),
        unbroken_since: z
          .string()
          .nullable()
          .meta(timeMeta('Since when every proof has found nothing; null when the last one did, or before the first.')),
        invariants: z.int().meta({ description: 'How many invariants were checked.', example: 19 }),
        broken: z.array(z.int()).meta({
          description: 'The numbers of those that are broken, as docs and `/metrics` name them.',
          example: [],
        }),
        entries: z.int().meta({ description: 'How many entries were read.', example: 1_204_377 }),
        duration_ms: z.int().meta({ description: 'How long it took, in milliseconds.', example: 8_412 }),
      })
      .meta({ description: 'Whether the ledger is balanced, and since when.' }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Attention', description: 'What needs somebody now: counts, and the first few of each.' });
export type AttentionObject = z.output<typeof attentionSchema>;
