import type { Step } from '@/server/top-ups/checkout-step';
import { HOME_OF_CURRENCY, NETWORKS, type Network, networkAt } from '@/server/top-ups/networks';
import type { TopUpView } from '@/server/top-ups/read';
import { Clockface } from './format';
import { type Frame, renderPage } from './page';
import { stepPage } from './step-page';
import { en, type Words } from './words/en';

/** A page of each state, of one story, without a database: for looking at, and for tests of words, width and access. */
export const NOW_MS = Date.UTC(2026, 10, 21, 10, 42, 48);
const at = (hour: number, minute: number, second = 0): number => Date.UTC(2026, 10, 21, hour, minute, second);

const need = (channel: Parameters<typeof networkAt>[0], country: string): Network => {
  const network = networkAt(channel, country);
  if (network === null) throw new Error(`${channel} in ${country} is not known.`);
  return network;
};

const GHANA = NETWORKS.filter(({ country }) => country === 'GH');
const offersOf = (networks: readonly Network[], away: readonly string[] = []) => ({
  networks: networks.map((network) => ({ network, isAvailable: !away.includes(network.channel) })),
  card: { isAvailable: !away.includes('CARD'), country: 'GH' },
  bank: { isAvailable: !away.includes('BANK'), country: 'GH' },
});
const OFFERS = offersOf(GHANA);

export const FRAME: Frame = {
  path: '/pay/7cQ2mWf0LrT9sXyB4kHdZa',
  merchant: 'Volta Data',
  payee: 'VOLTA DATA',
  help: { shown: '030 290 0148', dialled: '+233302900148' },
  brandColour: null,
  livemode: true,
  owner: 'Ama',
  number: '7K4M-2Q9X',
  currency: 'GHS',
  amountMinor: 5_000n,
  feeMinor: 100n,
  totalMinor: 5_100n,
  backUrl: 'https://volta.example/done?topup_id=top_a1b2c3&status=created',
  clock: new Clockface('GH', en.locale),
  nowMs: NOW_MS,
  words: en,
};

const KENYA: Frame = {
  ...FRAME,
  owner: 'Wanjiru',
  currency: 'KES',
  amountMinor: 65_000n,
  feeMinor: 1_300n,
  totalMinor: 66_300n,
  clock: new Clockface('KE', en.locale),
};

const promptOn = (network: Network, phone: string, untilMs = at(10, 47)) => ({
  name: network.name,
  wallet: network.wallet,
  network,
  phone,
  sentAtMs: at(10, 42),
  untilMs,
});
const MTN = promptOn(need('MTN', 'GH'), '024 ••• 4567');
const CARD = { name: 'Paystack', wallet: 'Paystack', network: null, phone: null, sentAtMs: at(10, 42), untilMs: null };

const choose: Extract<Step, { kind: 'choose' }> = {
  kind: 'choose',
  method: 'momo',
  offers: OFFERS,
  locked: null,
  problem: null,
};
const code: Extract<Step, { kind: 'code' }> = {
  kind: 'code',
  phone: '024 ••• 4567',
  untilMs: at(10, 51),
  resendAtMs: at(10, 43),
  isOurs: true,
  problem: null,
  testCode: null,
};
const receipt = {
  chargedMinor: 5_100n,
  feeMinor: 100n,
  amountMinor: 5_000n,
  network: MTN,
  receipt: '48213907715',
  paidAtMs: at(10, 43, 9),
  balanceMinor: 6_240n,
};
const failed = (failure: Extract<Step, { kind: 'failed' }>['failure'], canRepeat = true): Step => ({
  kind: 'failed',
  failure,
  prompt: MTN,
  offers: OFFERS,
  canRepeat,
});
const later = (ms: number): Frame => ({ ...FRAME, nowMs: ms });

export interface Fixture {
  readonly frame: Frame;
  readonly step: Step;
}

const of = (step: Step, frame: Frame = FRAME): Fixture => ({ step, frame });

/** By the names of the sketch's states. `offline` is what the script does to `waiting`. */
export const FIXTURES: Readonly<Record<string, Fixture>> = {
  start: of(choose),
  card: of({ ...choose, method: 'card' }),
  'start-bank': of({ ...choose, method: 'bank' }),
  kenya: of({ ...choose, offers: offersOf([need('MPESA', 'KE')]) }, KENYA),
  phone: of({
    ...choose,
    problem: {
      method: 'momo',
      channel: 'MTN',
      phone: '020 123 4567',
      problem: { kind: 'network', prefix: '020', theirs: 'Telecel', isServed: true },
    },
  }),
  'phone-wrong': of({
    ...choose,
    problem: { method: 'momo', channel: 'MTN', phone: '12', problem: { kind: 'number' } },
  }),
  locked: of({ ...choose, locked: { digits: '233241234567', channel: 'MTN' } }),
  unavailable: of({ ...choose, offers: offersOf(GHANA, ['MTN']) }),
  refused: of({
    ...choose,
    problem: { method: 'momo', channel: null, phone: '', problem: { kind: 'refused' } },
  }),
  'no-way': of({ ...choose, offers: { networks: [], card: null, bank: null } }),
  otp: of(code),
  'otp-error': of({ ...code, resendAtMs: at(10, 42), problem: { triesLeft: 3 } }),
  waiting: of({ kind: 'waiting', prompt: MTN, instruction: null }),
  'waiting-telecel': of({
    kind: 'waiting',
    prompt: promptOn(need('TELECEL', 'GH'), '020 ••• 4567'),
    instruction: null,
  }),
  'waiting-airteltigo': of({
    kind: 'waiting',
    prompt: promptOn(need('AIRTELTIGO', 'GH'), '027 ••• 4567'),
    instruction: null,
  }),
  'waiting-mpesa': of(
    { kind: 'waiting', prompt: promptOn(need('MPESA', 'KE'), '0712 ••• 678', at(10, 43, 36)), instruction: null },
    KENYA,
  ),
  confirming: of({ kind: 'confirming', prompt: MTN, saidAtMs: at(10, 43) }, later(at(10, 43, 4))),
  change: of({ kind: 'change', prompt: MTN }, later(at(10, 43, 5))),
  'change-bank': of({ kind: 'change', prompt: { ...CARD, untilMs: at(11, 42) } }),
  'card-page': of({ kind: 'card_page', prompt: CARD, url: 'https://partner.example/page' }),
  bank: of({
    kind: 'bank',
    account: { number: '1441002788359', bank: 'Ecobank Ghana', name: 'PAYSTACK VOLTA DATA', untilMs: at(11, 42) },
  }),
  checking: of({ kind: 'checking', prompt: MTN, askedAtMs: at(10, 48), nextAtMs: at(10, 49) }, later(at(10, 48, 10))),
  unknown: of({ kind: 'unknown', prompt: MTN, sinceMs: at(10, 42) }, later(at(10, 42) + 86_400_000)),
  success: of({ kind: 'success', receipt }),
  paid: of({ kind: 'paid', receipt: { ...receipt, balanceMinor: null } }),
  failed: of(failed('cancelled')),
  'failed-funds': of(failed('funds')),
  'failed-pin': of(failed('pin')),
  'failed-busy': of(failed('busy')),
  'failed-phone': of(failed('phone')),
  'failed-limit': of(failed('limit', false)),
  'failed-number': of(failed('number', false)),
  'failed-refused': of(failed('refused')),
  'too-many': of({ kind: 'too_many', againAtMs: at(11, 15), offers: OFFERS }),
  expired: of(failed('expired'), later(at(10, 49))),
  closed: of(
    {
      kind: 'closed',
      topUp: { status: 'expired', expiresAtMs: at(10, 40) + 86_400_000 } as TopUpView,
    },
    later(at(12, 0) + 86_400_000),
  ),
};

export interface FixtureOptions {
  readonly mode?: 'live' | 'test';
  /** In place of what the device prefers. */
  readonly theme?: 'light' | 'dark';
  /** As the script shows it. */
  readonly isOffline?: boolean;
  /** In another language than English. */
  readonly words?: Words;
}

/** A whole page as the server sends it, with the theme made sure of. */
export function fixtureHtml(
  { frame, step }: Fixture,
  { mode = 'live', theme, isOffline = false, words = en }: FixtureOptions = {},
) {
  const clock = new Clockface(HOME_OF_CURRENCY[frame.currency] ?? null, words.locale);
  const shown = { ...frame, livemode: mode === 'live', words, ...(words !== en && { clock }) };
  const text = String(renderPage(shown, stepPage(shown, step), { nonce: 'preview', version: 'preview', view: null }));
  const themed =
    theme === undefined ? text : text.replace('(prefers-color-scheme: dark)', theme === 'dark' ? 'all' : 'not all');
  return isOffline ? themed.replace(' id="offline" hidden', ' id="offline"') : themed;
}
