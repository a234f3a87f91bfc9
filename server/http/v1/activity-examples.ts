import type {
  BreakageReportObject,
  FeesReportObject,
  LiabilitiesObject,
  PromotionsReportObject,
  TopUpsReportObject,
} from '@/contracts/activity-reports';

/** Of one day, so that all of it is there. */
const envelope = { from: '2026-05-24', to: '2026-05-24', counted_until: '2026-05-24T15:12:00Z', livemode: false };
const date = '2026-05-24';

const sides = {
  owed: {
    customers_paid: 14_100,
    customers_promotional: 400,
    clients: 500,
    float: 0,
    fees: 100,
    refunds_due: 0,
    suspense: 0,
    total: 15_100,
  },
  held: { providers: 14_100, bank: 0, promotion_expense: 1_000, total: 15_100 },
};

export const LIABILITIES: LiabilitiesObject = {
  object: 'liabilities_report',
  ...envelope,
  currencies: [
    { currency: 'GHS', ...sides, providers: [{ provider: 'mtn-momo', amount: 14_100 }], days: [{ date, ...sides }] },
  ],
};

const fees = { fee: 1_000, tax: 150, charged: 1 };
const service = { client_code: 'LIPNZPMF7O', service_code: 'SMS7QK2P0X' };

export const FEES_REPORT: FeesReportObject = {
  object: 'fees_report',
  ...envelope,
  currencies: [
    {
      currency: 'GHS',
      ...fees,
      services: [{ ...service, service_name: 'Wallet top-up', ...fees }],
      days: [{ date, ...service, ...fees }],
    },
  ],
};

const credit = { lots: 1, issued: 1_000, used: 600, expired: 0, forfeited: 0, taken_back: 0 };

export const PROMOTIONS_REPORT: PromotionsReportObject = {
  object: 'promotions_report',
  ...envelope,
  currencies: [{ currency: 'GHS', ...credit, open_before: 0, open: 400, days: [{ date, ...credit, open: 400 }] }],
};

const breakage = { issued: 1_000, used: 600, broken: 200, rate_ppm: 250_000, open: 200 };

export const BREAKAGE_REPORT: BreakageReportObject = {
  object: 'breakage_report',
  ...envelope,
  currencies: [
    {
      currency: 'GHS',
      ...breakage,
      promotions: [
        { client_code: 'LIPNZPMF7O', promotion_id: 'promo_a1b2c3', promotion_code: 'june-loyalty', ...breakage },
      ],
    },
  ],
};

const collected = { amount: 50_000, count: 1 };
const channels = [{ channel: 'MTN' as const, ...collected, begun: 2, begun_succeeded: 1, begun_ended: 2 }];

export const TOP_UPS_REPORT: TopUpsReportObject = {
  object: 'top_ups_report',
  ...envelope,
  currencies: [
    {
      currency: 'GHS',
      ...collected,
      previous: { amount: 40_000, count: 2 },
      channels,
      days: [{ date, ...collected, channels }],
    },
  ],
};
