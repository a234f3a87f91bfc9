import { formatMajor } from '@/contracts/money';
import type { Charge } from './charges';
import { planOfAmount, planOfHeader, planOfNumber } from './magic';
import { NETWORK_FACTS, type Network, type ProviderName } from './networks';
import { balanceOf, type Phone, PIN, receive, spend, tell } from './phones';
import type { Failure, Outcome } from './plan';
import type { Simulator } from './simulator';
import { tellMerchant } from './tell-merchant';

export interface Opening {
  readonly provider: ProviderName;
  readonly reference: string;
  readonly merchantReference: string;
  readonly method: 'phone' | 'card' | 'bank';
  readonly network: Network | null;
  readonly phone: string | null;
  readonly note: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly wholeUnits: boolean;
  readonly lifetimeMs: number | null;
  readonly callbackUrl: string | null;
  readonly outcomeHeader: string | undefined;
  /** False where the payer has to do something first, such as give an OTP. */
  readonly prompt?: boolean;
  readonly details?: Record<string, unknown>;
}

/** Takes a request for money in, rings the phone, and plans what comes of it. */
export function openCharge(simulator: Simulator, opening: Opening): Charge {
  const { clock, plans, ids } = simulator;
  const { provider, phone, amountMinor, currency } = opening;
  const plan = {
    ...planOfAmount(amountMinor, currency, opening.wholeUnits),
    ...planOfNumber(provider, phone),
    ...plans.take(provider, phone),
    ...planOfHeader(opening.outcomeHeader),
  };
  const charge: Charge = {
    id: ids.hex(),
    provider,
    reference: opening.reference,
    merchantReference: opening.merchantReference,
    method: opening.method,
    network: opening.network,
    phone,
    payee: simulator.settings.payee,
    note: opening.note,
    amountMinor,
    currency,
    createdAt: clock.now(),
    expiresAt: opening.lifetimeMs === null || plan.outcome === 'pending' ? null : clock.now() + opening.lifetimeMs,
    callbackUrl: opening.callbackUrl,
    plan,
    state: 'waiting',
    failure: null,
    settledAt: null,
    receipt: null,
    isPrompted: false,
    wrongPins: 0,
    liesLeft: plan.lie?.answers ?? 0,
    queries: 0,
    lastQueryAt: null,
    callbacks: [],
    waiters: [],
    cancels: [],
    details: opening.details ?? {},
  };
  simulator.charges.add(charge);
  if (phone !== null && opening.network !== null) simulator.phones.get(phone, opening.network);
  if (charge.expiresAt !== null)
    charge.cancels.push(clock.after(opening.lifetimeMs ?? 0, () => runOut(simulator, charge)));
  if (opening.prompt !== false) promptPayer(simulator, charge);
  simulator.events.emit('change');
  return charge;
}

/** From here on the payer can answer, or the plan answers. Cards and bank accounts are answered on their own pages. */
export function promptPayer(simulator: Simulator, charge: Charge): void {
  const { clock, settings } = simulator;
  const { outcome, delayMs = 0 } = charge.plan;
  charge.isPrompted = charge.method === 'phone';
  const decided = outcome === undefined || outcome === 'ask' || outcome === 'pending' ? null : outcome;
  if (decided !== null) charge.cancels.push(clock.after(delayMs, () => settle(simulator, charge, decided)));
  else if (outcome === undefined && settings.autoApproveMs !== null && charge.method === 'phone') {
    charge.cancels.push(clock.after(settings.autoApproveMs, () => settle(simulator, charge, 'approve')));
  }
}

/** For `callback_first`: comes back when the charge has ended and its callbacks are answered. */
export async function answerInOrder(simulator: Simulator, charge: Charge): Promise<void> {
  const { callbackFirst, answerDelayMs } = charge.plan;
  if (callbackFirst === true && charge.state === 'waiting') await ended(charge);
  if (answerDelayMs !== undefined && answerDelayMs > 0) {
    await new Promise<void>((resolve) => simulator.clock.after(answerDelayMs, resolve));
  }
}

/** Resolves when the charge is over and the merchant was told. */
export function ended(charge: Charge): Promise<void> {
  if (charge.state !== 'waiting') return Promise.resolve();
  return new Promise((resolve) => charge.waiters.push(resolve));
}

/** The end of a charge. What has ended stays as it is; a late success goes another way. */
export async function settle(simulator: Simulator, charge: Charge, outcome: Outcome): Promise<void> {
  if (charge.state !== 'waiting') return;
  for (const cancel of charge.cancels.splice(0)) cancel();
  charge.isPrompted = false;
  charge.settledAt = simulator.clock.now();
  charge.receipt = receiptOf(simulator, charge);
  if (outcome === 'approve') take(simulator, charge);
  else fail(simulator, charge, outcome);
  simulator.events.emit('change');
  await tellMerchant(simulator, charge);
  for (const wake of charge.waiters.splice(0)) wake();
}

function take(simulator: Simulator, charge: Charge): void {
  charge.state = 'paid';
  charge.failure = null;
  const phone = phoneOf(simulator, charge);
  if (phone !== null) {
    // What was decided elsewhere (a test, auto-approve) is not stopped by a purse that is too small, and leaves it alone.
    if (balanceOf(phone, charge.currency) >= charge.amountMinor) spend(phone, charge.currency, charge.amountMinor);
    const balance = money(balanceOf(phone, charge.currency), charge.currency);
    const paid = `You paid ${money(charge.amountMinor, charge.currency)} to ${charge.payee}.`;
    tell(phone, simulator.clock.now(), 'sent', `${paid} New balance ${balance}. ID ${charge.receipt}.`);
  }
  const { reverseAfterMs } = charge.plan;
  if (reverseAfterMs !== undefined) simulator.clock.after(reverseAfterMs, () => reverse(simulator, charge));
}

function fail(simulator: Simulator, charge: Charge, failure: Failure): void {
  charge.state = 'failed';
  charge.failure = failure;
  const phone = phoneOf(simulator, charge);
  if (phone !== null) tell(phone, simulator.clock.now(), 'declined', failureText(charge, failure));
  const { lateSuccessMs } = charge.plan;
  if (lateSuccessMs !== undefined) simulator.clock.after(lateSuccessMs, () => succeedLate(simulator, charge));
}

function failureText(charge: Charge, failure: Failure): string {
  const what = `${money(charge.amountMinor, charge.currency)} to ${charge.payee}`;
  if (failure === 'decline') return `You cancelled the payment of ${what}.`;
  if (failure === 'wrong_pin') return `Wrong PIN. The payment of ${what} was not made.`;
  if (failure === 'insufficient_funds') return `You do not have enough money for the payment of ${what}.`;
  if (failure === 'expire' || failure === 'unreachable') return `The request to pay ${what} has run out of time.`;
  return `The payment of ${what} could not be made.`;
}

/** A failed or expired charge that is paid all the same: networks do it, and people have lost their money. */
export async function succeedLate(simulator: Simulator, charge: Charge): Promise<void> {
  if (charge.state !== 'failed') return;
  charge.settledAt = simulator.clock.now();
  charge.receipt = receiptOf(simulator, charge);
  take(simulator, charge);
  simulator.events.emit('change');
  await tellMerchant(simulator, charge);
}

export async function reverse(simulator: Simulator, charge: Charge): Promise<void> {
  if (charge.state !== 'paid') return;
  charge.state = 'reversed';
  charge.details['reversedAt'] = simulator.clock.now();
  const phone = phoneOf(simulator, charge);
  if (phone !== null) {
    receive(phone, charge.currency, charge.amountMinor);
    const back = `${money(charge.amountMinor, charge.currency)} from ${charge.payee} was returned to you.`;
    tell(phone, simulator.clock.now(), 'note', back);
  }
  simulator.events.emit('change');
  await tellMerchant(simulator, charge);
}

/** The prompt's time is over. A phone that is off was never reached. */
async function runOut(simulator: Simulator, charge: Charge): Promise<void> {
  const phone = phoneOf(simulator, charge);
  await settle(simulator, charge, phone !== null && !phone.isOn ? 'unreachable' : 'expire');
}

export type PinAnswer = 'paid' | 'wrong' | 'failed' | 'gone';

/** What the network makes of a PIN. `2` cancels, as the prompt says. */
export async function enterPin(simulator: Simulator, charge: Charge, pin: string): Promise<PinAnswer> {
  if (!canAnswer(simulator, charge)) return 'gone';
  if (pin === '2') {
    await settle(simulator, charge, 'decline');
    return 'failed';
  }
  if (pin !== PIN) {
    charge.wrongPins += 1;
    const tries = charge.network === null ? 1 : NETWORK_FACTS[charge.network].pinTries;
    simulator.events.emit('change');
    if (charge.wrongPins < tries) return 'wrong';
    await settle(simulator, charge, 'wrong_pin');
    return 'failed';
  }
  const phone = phoneOf(simulator, charge);
  const isEnough = phone === null || balanceOf(phone, charge.currency) >= charge.amountMinor;
  await settle(simulator, charge, isEnough ? 'approve' : 'insufficient_funds');
  return isEnough ? 'paid' : 'failed';
}

export function canAnswer(simulator: Simulator, charge: Charge): boolean {
  return charge.state === 'waiting' && charge.isPrompted && phoneOf(simulator, charge)?.isOn === true;
}

function phoneOf(simulator: Simulator, charge: Charge): Phone | null {
  if (charge.method !== 'phone' || charge.phone === null) return null;
  return simulator.phones.get(charge.phone, charge.network ?? undefined);
}

/** Each provider's receipts look different: M-Pesa's are letters and digits, the others' digits. */
function receiptOf({ ids }: Simulator, charge: Charge): string {
  if (charge.provider === 'daraja' || charge.provider === 'vodacom-tz') return ids.letters(10);
  return ids.digits(charge.provider === 'paystack' ? 10 : 11);
}

/** As phones show it: `GHS 1,500.00`, and `KES 1,940` where only whole units go round. */
export function money(amountMinor: bigint, currency: string): string {
  const [whole = '', fraction] = formatMajor(amountMinor, currency).split('.');
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
  const isWhole = fraction === undefined || ((currency === 'KES' || currency === 'TZS') && /^0+$/.test(fraction));
  return `${currency} ${grouped}${isWhole ? '' : `.${fraction}`}`;
}
