import type { MobileChannel } from '@/contracts/channels';
import type { PaymentView } from '@/server/payments/types';
import type { Draft } from './draft';
import { maskedNumber, type Network, networkAt } from './networks';
import { isOpen, type TopUpView } from './read';

/** One way to pay, as this deployment can take it now. */
export interface NetworkOffer {
  readonly network: Network;
  /** False while its provider does not answer: listed, and not to be chosen. */
  readonly isAvailable: boolean;
}

export interface Offers {
  readonly networks: readonly NetworkOffer[];
  /** Null where nobody serves it. */
  readonly card: { readonly isAvailable: boolean; readonly country: string } | null;
  readonly bank: { readonly isAvailable: boolean; readonly country: string } | null;
}

export type Method = 'momo' | 'card' | 'bank';

/** What was typed and could not be taken; never in an address, so it is shown in the answer to the form itself. */
export interface FormProblem {
  readonly method: Method;
  readonly channel: MobileChannel | null;
  readonly phone: string;
  readonly problem:
    | { readonly kind: 'number' }
    | { readonly kind: 'network'; readonly prefix: string; readonly theirs: string; readonly isServed: boolean }
    | { readonly kind: 'no_network' }
    | { readonly kind: 'unavailable' }
    | { readonly kind: 'refused' };
}

/** A number that is not asked for: the customer's own, by the client's policy. */
export interface LockedPhone {
  readonly digits: string;
  /** Null where its beginning does not tell: then the network is asked for. */
  readonly channel: MobileChannel | null;
}

/** The request on the payer's phone. */
export interface PromptFacts {
  /** Who confirms: `MTN`, or the card partner. */
  readonly name: string;
  readonly wallet: string;
  readonly network: Network | null;
  /** Masked; null where there is no phone. */
  readonly phone: string | null;
  readonly sentAtMs: number;
  /** When the network gives up waiting; null where it does not say. */
  readonly untilMs: number | null;
}

export const FAILURES = [
  'cancelled',
  'funds',
  'pin',
  'busy',
  'phone',
  'limit',
  'number',
  'expired',
  'refused',
] as const;
export type FailureKind = (typeof FAILURES)[number];

export interface Receipt {
  readonly chargedMinor: bigint;
  readonly feeMinor: bigint;
  readonly amountMinor: bigint;
  readonly network: PromptFacts;
  readonly receipt: string | null;
  readonly paidAtMs: number;
  /** Only for who paid, in the browser that paid. */
  readonly balanceMinor: bigint | null;
}

/** Everything that the checkout can show. Each is a page. */
export type Step =
  | {
      readonly kind: 'choose';
      readonly method: Method;
      readonly offers: Offers;
      readonly locked: LockedPhone | null;
      readonly problem: FormProblem | null;
    }
  | {
      readonly kind: 'code';
      readonly phone: string | null;
      readonly untilMs: number | null;
      readonly resendAtMs: number | null;
      /** Ours can be sent again and its number changed; a provider's belongs to a payment that is under way. */
      readonly isOurs: boolean;
      readonly problem: { readonly triesLeft: number } | 'over' | null;
      /** Where nothing sends messages, on test books: there is no other way to learn it. */
      readonly testCode: string | null;
    }
  | { readonly kind: 'waiting'; readonly prompt: PromptFacts; readonly instruction: string | null }
  | { readonly kind: 'confirming'; readonly prompt: PromptFacts; readonly saidAtMs: number }
  | { readonly kind: 'change'; readonly prompt: PromptFacts }
  | { readonly kind: 'card_page'; readonly prompt: PromptFacts; readonly url: string }
  | {
      readonly kind: 'bank';
      readonly account: {
        readonly number: string;
        readonly bank: string;
        readonly name: string | null;
        readonly untilMs: number | null;
      };
    }
  | {
      readonly kind: 'checking';
      readonly prompt: PromptFacts;
      readonly askedAtMs: number | null;
      readonly nextAtMs: number | null;
    }
  | { readonly kind: 'unknown'; readonly prompt: PromptFacts; readonly sinceMs: number }
  | { readonly kind: 'success'; readonly receipt: Receipt }
  | { readonly kind: 'paid'; readonly receipt: Receipt | null }
  | {
      readonly kind: 'failed';
      readonly failure: FailureKind;
      readonly prompt: PromptFacts;
      readonly offers: Offers;
      /** The same request to the same phone can be sent again. */
      readonly canRepeat: boolean;
    }
  | { readonly kind: 'too_many'; readonly againAtMs: number; readonly offers: Offers }
  | { readonly kind: 'closed'; readonly topUp: TopUpView };

/** What the person asked to see; only where the truth leaves a choice. */
export type View = 'pay' | 'other' | 'waiting' | 'change' | 'sent' | null;

/** What is known of a payment, and what only its own row says. */
export interface CheckoutPayment extends PaymentView {
  /** When the provider was last asked, and will be next, as far as that is known. */
  readonly askedAtMs: number | null;
  readonly nextPollAtMs: number | null;
}

export interface StepFacts {
  readonly topUp: TopUpView;
  /** The one that the top-up follows. */
  readonly payment: CheckoutPayment | null;
  readonly draft: Draft | null;
  readonly view: View;
  readonly offers: Offers;
  readonly locked: LockedPhone | null;
  /** Set in the browser that paid. */
  readonly balanceMinor: bigint | null;
  readonly problem: FormProblem | null;
}

/** Which page is true now. Pure: says nothing that is not known, and never that nothing was paid while that is not known. */
export function stepOf(facts: StepFacts): Step {
  const { topUp, payment } = facts;
  if (topUp.status === 'succeeded' || topUp.status === 'refunded') return paid(facts);
  if (payment !== null && isUnderWay(payment)) return underWay(facts, payment);
  if (!isOpen(topUp)) return { kind: 'closed', topUp };
  // Begun, and its payment is not written down yet: to the payer that is a request on its way.
  if (payment === null && topUp.status === 'processing' && isClaimed(topUp)) return starting(facts);
  if (facts.draft !== null && facts.problem === null) return ourCode(facts.draft);
  if (payment !== null && facts.view !== 'pay' && facts.view !== 'other' && facts.problem === null)
    return failed(facts, payment);
  return choose(facts);
}

/** Truth unknown, or money that did not fit: a person looks, and nobody is told that nothing was taken. */
const UNCLEAR: ReadonlySet<string> = new Set([
  'amount_mismatch',
  'currency_mismatch',
  'phone_mismatch',
  'truth_unknown',
  'wallet_unavailable',
]);

function isUnderWay({ state, failureCode }: PaymentView): boolean {
  if (['created', 'submitting', 'pending', 'in_reconciliation'].includes(state)) return true;
  return state !== 'succeeded' && failureCode !== null && UNCLEAR.has(failureCode);
}

export function isClaimed({ claimedUntilMs, asOfMs }: TopUpView): boolean {
  return claimedUntilMs !== null && claimedUntilMs > asOfMs;
}

function underWay({ topUp, view }: StepFacts, payment: CheckoutPayment): Step {
  const prompt = promptOf(payment);
  const { nextStep } = payment;
  if (payment.state === 'in_reconciliation' || !['created', 'submitting', 'pending'].includes(payment.state)) {
    return { kind: 'unknown', prompt, sinceMs: payment.updatedAtMs };
  }
  const checking: Step = {
    kind: 'checking',
    prompt,
    askedAtMs: payment.askedAtMs,
    nextAtMs: payment.nextPollAtMs,
  };
  // Sent, and no answer: it may be on the phone, and it may not.
  if (payment.state !== 'pending') return checking;
  if (prompt.untilMs !== null && topUp.asOfMs >= prompt.untilMs) return checking;
  switch (nextStep?.kind) {
    case 'redirect':
      if (!/^https?:\/\//.test(nextStep.url)) return checking;
      return { kind: 'card_page', prompt, url: nextStep.url };
    case 'bank_account':
      if (view === 'sent') return checking;
      if (view === 'change')
        return { kind: 'change', prompt: { ...prompt, untilMs: nextStep.expiresAtMs ?? prompt.untilMs } };
      return {
        kind: 'bank',
        account: {
          number: nextStep.accountNumber,
          bank: nextStep.bankName,
          name: nextStep.accountName,
          untilMs: nextStep.expiresAtMs,
        },
      };
    case 'otp':
      return {
        kind: 'code',
        phone: prompt.phone,
        untilMs: prompt.untilMs,
        resendAtMs: null,
        isOurs: false,
        problem: null,
        testCode: null,
      };
    default:
      return onPhone(topUp, view, prompt, nextStep?.kind === 'offline' ? nextStep.text : null);
  }
}

function onPhone(topUp: TopUpView, view: View, prompt: PromptFacts, instruction: string | null): Step {
  if (view === 'change') return { kind: 'change', prompt };
  const { approvedAtMs } = topUp;
  if (approvedAtMs !== null && approvedAtMs >= prompt.sentAtMs && view !== 'waiting') {
    return { kind: 'confirming', prompt, saidAtMs: approvedAtMs };
  }
  return { kind: 'waiting', prompt, instruction };
}

function starting({ topUp }: StepFacts): Step {
  const prompt = { name: '', wallet: '', network: null, phone: null, sentAtMs: topUp.updatedAtMs, untilMs: null };
  return { kind: 'checking', prompt, askedAtMs: null, nextAtMs: null };
}

function ourCode(draft: Draft): Step {
  return {
    kind: 'code',
    phone: maskedNumber(draft.phone),
    untilMs: draft.codeUntilMs,
    resendAtMs: draft.codeSentAtMs + RESEND_AFTER_MS,
    isOurs: true,
    problem: draft.triesLeft === null ? null : draft.triesLeft > 0 ? { triesLeft: draft.triesLeft } : 'over',
    testCode: draft.testCode,
  };
}

/** A second SMS overtakes a slow first one, which then is the wrong code. */
export const RESEND_AFTER_MS = 60_000;

const FAILURE_OF: Readonly<Record<string, FailureKind>> = {
  cancelled: 'cancelled',
  canceled_by_request: 'cancelled',
  insufficient_funds: 'funds',
  wrong_pin: 'pin',
  busy: 'busy',
  unreachable: 'phone',
  limit_reached: 'limit',
  payer_not_found: 'number',
  payer_not_allowed: 'number',
  expired: 'expired',
};

function failed({ offers }: StepFacts, payment: CheckoutPayment): Step {
  const prompt = promptOf(payment);
  const failure = FAILURE_OF[payment.failureCode ?? ''] ?? (payment.state === 'canceled' ? 'cancelled' : 'refused');
  const offer = offers.networks.find(({ network }) => network.channel === payment.channel);
  const canRepeat = prompt.phone !== null && offer?.isAvailable === true && !['limit', 'number'].includes(failure);
  return { kind: 'failed', failure, prompt, offers, canRepeat };
}

function paid({ topUp, payment, balanceMinor }: StepFacts): Step {
  if (payment === null) return { kind: 'paid', receipt: null };
  const receipt: Receipt = {
    chargedMinor: payment.chargedMinor,
    feeMinor: payment.chargedMinor - payment.amountMinor,
    amountMinor: payment.amountMinor,
    network: promptOf(payment),
    receipt: payment.receipt,
    paidAtMs: payment.paidAtMs ?? topUp.updatedAtMs,
    balanceMinor,
  };
  return balanceMinor === null ? { kind: 'paid', receipt } : { kind: 'success', receipt };
}

function choose({ offers, locked, problem, view }: StepFacts): Step {
  const open: Method[] = [];
  if (offers.networks.some(({ isAvailable }) => isAvailable)) open.push('momo');
  if (offers.card?.isAvailable === true) open.push('card');
  if (offers.bank?.isAvailable === true) open.push('bank');
  // Who wants another way is shown another way.
  const first = (view === 'other' ? open.find((method) => method !== 'momo') : undefined) ?? open[0] ?? 'momo';
  return { kind: 'choose', method: problem?.method ?? first, offers, locked, problem };
}

/** Cards and transfers are confirmed by the aggregator; the payer meets its name on its page. */
const PARTNER = 'Paystack';

export function promptOf(payment: CheckoutPayment): PromptFacts {
  const { channel } = payment;
  const isMobile = channel !== 'CARD' && channel !== 'BANK';
  const network = isMobile ? networkAt(channel, payment.country) : null;
  return {
    name: network?.name ?? PARTNER,
    wallet: network?.wallet ?? PARTNER,
    network,
    phone: payment.phone === null ? null : maskedNumber(payment.phone),
    sentAtMs: payment.createdAtMs,
    untilMs: payment.promptExpiresAtMs,
  };
}

/** Changes whenever the page should: what the page's script compares. */
export function versionOf(step: Step, { topUp, payment }: Pick<StepFacts, 'topUp' | 'payment'>): string {
  return `${step.kind}.${topUp.attempts}.${payment?.state ?? topUp.status}`;
}
