import { z } from 'zod';
import { currencySchema } from './amount-schemas';
import { CHANNELS } from './channels';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';

/** Reports by day, for charts and the tables beside them. Days are UTC. */

const day = (meaning: string, example: string) =>
  z.iso.date('must be a day such as 2026-05-31').optional().meta({ description: meaning, example });

const format = z
  .enum(['json', 'csv'])
  .default('json')
  .meta({ description: 'Without it the `Accept` header decides: `text/csv` asks for CSV, a line a day.' });

export const activityQuery = z.strictObject({
  from: day('First day (UTC). 29 days before `to` when left out.', '2026-05-01'),
  to: day('Last day, included. Today when left out; at most 366 days after `from`.', '2026-05-31'),
  currency: currencySchema.optional().meta({ description: 'Only this currency, an ISO 4217 code.' }),
  format,
});

export const promotionActivityQuery = activityQuery.extend({
  promotion: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only this promotion, by id or code.', example: 'june-loyalty' }),
});

export const topUpActivityQuery = activityQuery.extend({
  of: z
    .enum(['topups', 'payments', 'all'])
    .default('topups')
    .meta({ description: 'Money collected for wallets, for the client itself, or both.' }),
});

const minor = (meaning: string, example = 0) => z.int().meta(minorMeta(meaning, example));
const date = z.string().meta({ description: 'The day, UTC.', example: '2026-05-24' });
const count = (description: string) => z.int().meta({ description, example: 12 });

const envelope = {
  from: z.string().meta({ description: 'First day.', example: '2026-05-01' }),
  to: z.string().meta({ description: 'Last day.', example: '2026-05-31' }),
  counted_until: z
    .string()
    .nullable()
    .meta(
      timeMeta(
        'Everything posted before this is counted, nothing since; null before the first count.',
        '2026-05-31T15:12:00Z',
      ),
    ),
  livemode: z.boolean().meta(livemodeMeta),
};

const owed = {
  customers_paid: minor('Owed to customers: paid money in wallets.', 14_100),
  customers_promotional: minor('Owed to customers: promotional money in wallets.', 400),
  clients: minor('Collections that clients may have paid out.', 500),
  float: minor('Clients’ prefunded money and reserves.', 0),
  fees: minor('The operator’s fees and the tax on them.', 100),
  refunds_due: minor('Owed to customers whose wallets are closed.', 0),
  suspense: minor('Money not yet explained.', 0),
  total: minor('All that is owed.', 15_100),
};
const held = {
  providers: minor('With payment providers.', 14_700),
  bank: minor('In the world outside: bank, cash, other systems.', 0),
  promotion_expense: minor('Given away: what promotions have cost so far.', 400),
  total: minor('All of it: equal to what is owed.', 15_100),
};

export const liabilitiesSchema = z
  .object({
    object: z.literal('liabilities_report').meta(objectMeta),
    ...envelope,
    currencies: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          owed: z.object(owed).meta({ description: 'Whose the money is, as of `counted_until`.' }),
          held: z.object(held).meta({ description: 'Where it is, as of `counted_until`.' }),
          providers: z
            .array(
              z.object({
                provider: z.string().meta({ description: 'The provider.', example: 'mtn-momo' }),
                amount: minor('What it holds.', 14_700),
              }),
            )
            .meta({ description: 'What each provider holds.' }),
          days: z
            .array(
              z.object({
                date,
                owed: z.object(owed).meta({ description: 'At the end of the day.' }),
                held: z.object(held).meta({ description: 'At the end of the day.' }),
              }),
            )
            .meta({ description: 'The end of each day of the period.' }),
        }),
      )
      .meta({ description: 'One for each currency.' }),
  })
  .meta({ id: 'LiabilitiesReport', description: 'What is owed, and what is held for it, now and day by day.' });

const feeFigures = {
  fee: minor('Fees posted, less what reversals gave back.', 1_000),
  tax: minor('The tax on them.', 150),
  charged: count('How many times a fee was charged.'),
};
export const feesReportSchema = z
  .object({
    object: z.literal('fees_report').meta(objectMeta),
    ...envelope,
    currencies: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          ...feeFigures,
          services: z
            .array(
              z.object({
                client_code: z.string().meta({ description: 'Whose service.', example: 'LIPNZPMF7O' }),
                service_code: z
                  .string()
                  .nullable()
                  .meta({ description: 'The client service; null where none was named.', example: 'SMS7QK2P0X' }),
                service_name: z.string().nullable().meta({ description: 'Its name.', example: 'Wallet top-up' }),
                ...feeFigures,
              }),
            )
            .meta({ description: 'By service, most first.' }),
          days: z
            .array(
              z.object({
                date,
                service_code: z.string().nullable().meta({ description: 'The service.', example: 'SMS7QK2P0X' }),
                client_code: z.string().meta({ description: 'Whose.', example: 'LIPNZPMF7O' }),
                ...feeFigures,
              }),
            )
            .meta({ description: 'By day and service; days without any are left out.' }),
        }),
      )
      .meta({ description: 'One for each currency.' }),
  })
  .meta({ id: 'FeesReport', description: 'Fees and the tax on them, by service and day.' });

const credit = {
  issued: minor('Granted.', 1_000),
  used: minor('Spent, less what was undone.', 600),
  expired: minor('Expired unspent.', 0),
  forfeited: minor('Ended with wallets that were closed.', 0),
  taken_back: minor('Reversed.', 0),
};
export const promotionsReportSchema = z
  .object({
    object: z.literal('promotions_report').meta(objectMeta),
    ...envelope,
    currencies: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          lots: count('Credits granted in the period.'),
          ...credit,
          open_before: minor('Open before the first day.', 0),
          open: minor('Open at the end of the last day.', 400),
          days: z
            .array(
              z.object({
                date,
                lots: count('Credits granted.'),
                ...credit,
                open: minor('Open at the end of the day.', 400),
              }),
            )
            .meta({ description: 'Every day of the period.' }),
        }),
      )
      .meta({ description: 'One for each currency.' }),
  })
  .meta({ id: 'PromotionsReport', description: 'Promotional credit issued, used and expired, by day.' });

const breakage = {
  issued: minor('Granted in the period.', 1_000),
  used: minor('Spent in the period.', 600),
  broken: minor('Ended unspent in the period: expired or forfeited.', 200),
  rate_ppm: z.int().nullable().meta({
    description: 'Broken in millionths of what was spent or broken; null where nothing was.',
    example: 250_000,
  }),
  open: minor('Open at the end of the period.', 200),
};
export const breakageReportSchema = z
  .object({
    object: z.literal('breakage_report').meta(objectMeta),
    ...envelope,
    currencies: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          ...breakage,
          promotions: z
            .array(
              z.object({
                client_code: z.string().meta({ description: 'Whose.', example: 'LIPNZPMF7O' }),
                promotion_id: z.string().nullable().meta(idMeta('promo', 'The promotion; null of credits under none.')),
                promotion_code: z.string().nullable().meta({ description: 'Its code.', example: 'june-loyalty' }),
                ...breakage,
              }),
            )
            .meta({ description: 'By promotion, most broken first.' }),
        }),
      )
      .meta({ description: 'One for each currency.' }),
  })
  .meta({ id: 'BreakageReport', description: 'Promotional credit that nobody spent.' });

const collected = { amount: minor('What was collected, without fees.', 50_000), count: count('How many succeeded.') };
const byChannel = z.array(
  z.object({
    channel: z.enum(CHANNELS).meta({ description: 'The network or method.' }),
    ...collected,
    begun: count('How many were begun that day, or in the period.'),
    begun_succeeded: count('How many of those have succeeded since.'),
    begun_ended: count('How many of those have come to an end.'),
  }),
);
export const topUpsReportSchema = z
  .object({
    object: z.literal('top_ups_report').meta(objectMeta),
    ...envelope,
    currencies: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          ...collected,
          previous: z.object(collected).meta({ description: 'The same of as many days before.' }),
          channels: byChannel.meta({ description: 'The period by channel, most first.' }),
          days: z
            .array(z.object({ date, ...collected, channels: byChannel.meta({ description: 'By channel.' }) }))
            .meta({ description: 'Every day of the period.' }),
        }),
      )
      .meta({ description: 'One for each currency.' }),
  })
  .meta({ id: 'TopUpsReport', description: 'Money collected, by day and channel, beside the period before.' });

export type LiabilitiesObject = z.output<typeof liabilitiesSchema>;
export type FeesReportObject = z.output<typeof feesReportSchema>;
export type PromotionsReportObject = z.output<typeof promotionsReportSchema>;
export type BreakageReportObject = z.output<typeof breakageReportSchema>;
export type TopUpsReportObject = z.output<typeof topUpsReportSchema>;
