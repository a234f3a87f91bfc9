import type { FailureCode } from '@/contracts/channels';
import { isCurrency } from '@/contracts/money';
import { instantOf, observe, rejected, unknownInitiation, wholeOf } from '../answers';
import { fieldsOf, type JsonFields, textOf } from '../json';
import type { Initiation, NextStep, Observation, SavedMethod } from '../provider';

/** Statuses of a transaction (paystack.com/docs/payments/verify-payments). `abandoned` is: not finished by the payer yet. */
const PENDING = new Set([
  'abandoned',
  'ongoing',
  'pending',
  'processing',
  'queued',
  'send_otp',
  'pay_offline',
  'open_url',
  'pending_bank_transfer',
]);

/** Paystack gives reasons in the network's or the bank's words. The first that matches counts; the status has decided. */
const REASONS: readonly (readonly [RegExp, FailureCode])[] = [
  [/insufficient|not enough/i, 'insufficient_funds'],
  [/(?:incorrect|wrong|invalid) pin/i, 'wrong_pin'],
  [/cancel/i, 'cancelled'],
  [/expired card|declined|do not honou?r|not honou?red/i, 'declined'],
  [/time(?:d)?[ -]?out|expired/i, 'expired'],
  [/limit/i, 'limit_reached'],
  [/not registered|invalid (?:phone|mobile|number)/i, 'payer_not_found'],
  [/unreachable|switched off/i, 'unreachable'],
];

export function reasonOf(text: string): FailureCode {
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? 'declined';
}

/** `data` of verify, of a charge that is at its end, and of `charge.success`. */
export function observationOfTransaction(data: JsonFields, source: Observation['source'], raw: string): Observation {
  const status = textOf(data['status']);
  const currency = textOf(data['currency']);
  const isKnownCurrency = currency !== null && isCurrency(currency);
  const amountMinor = isKnownCurrency ? wholeOf(textOf(data['amount'])) : null;
  const reason = textOf(data['gateway_response']) ?? textOf(data['message']) ?? '';
  const known = {
    providerCode: status,
    message: reason === '' ? null : reason,
    providerReference: textOf(data['reference']),
    receipt: textOf(data['id']),
    amountMinor,
    currency: isKnownCurrency ? currency : null,
    providerFeeMinor: wholeOf(textOf(data['fees'])),
    occurredAtMs: instantOf(textOf(data['paid_at']) ?? textOf(data['transaction_date'])),
    raw,
    source,
  };
  if (status === null) return observe({ ...known, outcome: 'unknown' });
  if (PENDING.has(status)) return observe({ ...known, outcome: 'pending' });
  if (status === 'failed') return observe({ ...known, outcome: 'failed', code: reasonOf(reason) });
  if (status === 'timeout') return observe({ ...known, outcome: 'failed', code: 'expired' });
  if (status === 'reversed') {
    return observe({ ...known, outcome: 'failed', code: 'provider_error', isReversed: true });
  }
  if (status !== 'success') return observe({ ...known, outcome: 'unknown' });
  if (amountMinor === null)
    return observe({ ...known, outcome: 'unknown', message: 'Paid, but not readable how much.' });
  return observe({ ...known, outcome: 'succeeded', savedMethod: savedMethodOf(data) });
}

function savedMethodOf(data: JsonFields): SavedMethod | null {
  const authorization = fieldsOf(data['authorization']);
  const token = textOf(authorization['authorization_code']);
  if (token === null || authorization['reusable'] !== true || textOf(authorization['channel']) !== 'card') return null;
  return {
    token,
    brand: textOf(authorization['brand']),
    lastFour: textOf(authorization['last4']),
    expiryMonth: textOf(authorization['exp_month']),
    expiryYear: textOf(authorization['exp_year']),
    email: textOf(fieldsOf(data['customer'])['email']),
  };
}

/** What a charge, or a code submitted to it, was answered with: follow `data.status` (paystack.com/docs/payments/payment-channels). */
export function initiationOfCharge(data: JsonFields, raw: string): Initiation {
  const observation = observationOfTransaction(data, 'initiation', raw);
  const status = observation.providerCode ?? '';
  const text = textOf(data['display_text']);
  if (observation.outcome === 'failed') {
    return rejected(observation.code ?? 'declined', status, observation.message ?? status);
  }
  const accepted = { status: 'accepted', providerReference: observation.providerReference, observation: null } as const;
  if (observation.outcome === 'succeeded') return { ...accepted, next: null, observation };
  if (observation.outcome === 'unknown') {
    return unknownInitiation('unknown_code', observation.message ?? text ?? status, status);
  }
  const next = nextStepOf(status, text, data);
  return next === null ? unknownInitiation('unreadable_answer', text ?? status, status) : { ...accepted, next };
}

function nextStepOf(status: string, text: string | null, data: JsonFields): NextStep | null {
  if (status === 'send_otp') return { kind: 'otp', text };
  if (status === 'open_url') {
    const url = textOf(data['url']);
    return url === null ? null : { kind: 'redirect', url };
  }
  if (status !== 'pending_bank_transfer') return { kind: 'prompt', text };
  const bankName = textOf(fieldsOf(data['bank'])['name']);
  const accountNumber = textOf(data['account_number']);
  if (bankName === null || accountNumber === null) return null;
  return {
    kind: 'bank_account',
    bankName,
    accountNumber,
    accountName: textOf(data['account_name']),
    expiresAtMs: instantOf(textOf(data['account_expires_at'])),
  };
}

/** Refunds and transfers have statuses of their own (paystack.com/docs/payments/refunds, …/transfers). */
const MOVEMENTS: ReadonlyMap<string, Observation['outcome']> = new Map<string, Observation['outcome']>([
  ['processed', 'succeeded'],
  ['success', 'succeeded'],
  ['pending', 'pending'],
  ['processing', 'pending'],
  ['received', 'pending'],
  ['queued', 'pending'],
  // A person at Paystack, or with the code that was sent to the merchant, has to do something.
  ['needs-attention', 'pending'],
  ['otp', 'pending'],
  ['failed', 'failed'],
  ['reversed', 'failed'],
  ['rejected', 'failed'],
  ['blocked', 'failed'],
]);

/** `data` of a refund or a transfer. @param reference its name at Paystack */
export function observationOfMovement(
  data: JsonFields,
  reference: string | null,
  source: Observation['source'],
  raw: string,
): Observation {
  const status = textOf(data['status']);
  const currency = textOf(data['currency']);
  const outcome = MOVEMENTS.get(status ?? '') ?? 'unknown';
  return observe({
    outcome,
    code: outcome === 'failed' ? 'provider_error' : null,
    providerCode: status,
    message: textOf(data['gateway_response']) ?? textOf(data['failures']),
    providerReference: reference,
    receipt: textOf(data['id']),
    amountMinor: wholeOf(textOf(data['amount'])),
    currency: currency !== null && isCurrency(currency) ? currency : null,
    occurredAtMs: instantOf(textOf(data['refunded_at']) ?? textOf(data['transferred_at'])),
    isReversed: status === 'reversed',
    raw,
    source,
  });
}
