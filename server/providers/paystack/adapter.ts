import { z } from 'zod';
import type { Channel } from '@/contracts/channels';
import { AMOUNT_MAX } from '@/contracts/money';
import { type Adapter, type AdapterTools, openHttp } from '../adapter';
import {
  rejected,
  unansweredInitiation,
  unknownInitiation,
  unknownObservation,
  unreadableInitiation,
} from '../answers';
import type { CircuitReport } from '../circuit-breaker';
import type { HttpClient, HttpResult } from '../http';
import { fieldsOf, isFields, type JsonOut, textOf } from '../json';
import type {
  Attempt,
  Call,
  Callback,
  CallbackRequest,
  Capabilities,
  Initiation,
  Observation,
  Payout,
  Provider,
  Refund,
  Route,
} from '../provider';
import { baseUrlSchema, secretSchema } from '../settings';
import { isTaken, messageOf, PaystackApi, refusalOf } from './api';
import { initiationOfCharge, observationOfTransaction } from './codes';
import { localNumber, moneyProviderOf } from './networks';
import { readPayout, startPayout } from './payouts';
import { readRefund, startRefund } from './refunds';
import { parseWebhook } from './webhook';

/**
 * Paystack: cards, bank transfer, mobile money, saved cards, refunds and payouts. Contract: paystack.com/docs/api, its samples
 * in github.com/PaystackOSS/doc-code-snippets (dist/api, dist/doc/payments); looked up 2026-11:
 *
 * - Amounts are minor units. The reference is ours; used twice it is refused, so verify tells what became of the first.
 * - No card number passes here: a card is typed on Paystack's page, and charged again by its authorization code.
 * - A 4xx means that the request was not carried out; a 5xx or silence is asked about by verify.
 * - Webhooks go to one URL for the whole account, and are signed.
 */
const ANSWER_MS = 30_000;
const MOBILE_MS = 3 * 60_000;
const PAGE_MS = 60 * 60_000;

const endpointsSchema = z.strictObject({ baseUrl: baseUrlSchema });
const credentialsSchema = z.strictObject({
  secretKey: secretSchema,
  /** Paystack wants an address for every payer; the merchant's own stands in where a payer gave none. */
  contactEmail: z.email('must be an e-mail address'),
});
type Endpoints = z.infer<typeof endpointsSchema>;
type Credentials = z.infer<typeof credentialsSchema>;

export const paystack: Adapter<Endpoints, Credentials> = {
  name: 'paystack',
  endpoints: endpointsSchema,
  credentials: credentialsSchema,
  create: (endpoints, credentials, tools) => new Paystack(endpoints, credentials, tools),
};

/** Least amounts are Paystack's own: 0.10 cedi, 50 naira, 3 shillings, 2 dollars. */
const CAPABILITIES: Capabilities = {
  routes: [
    ...routes(['CARD', 'BANK'], 'GH', 'GHS', 10n, PAGE_MS),
    ...routes(['CARD', 'BANK'], 'NG', 'NGN', 50_00n, PAGE_MS),
    ...routes(['CARD', 'BANK'], 'KE', 'KES', 3_00n, PAGE_MS),
    ...['GH', 'NG', 'KE'].flatMap((country) => routes(['CARD'], country, 'USD', 2_00n, PAGE_MS)),
    ...routes(['MTN', 'TELECEL', 'AIRTELTIGO'], 'GH', 'GHS', 10n, MOBILE_MS),
    ...routes(['MPESA'], 'KE', 'KES', 3_00n, MOBILE_MS, 100n),
  ],
  isInitiationIdempotent: false,
  callbackTrust: 'signed',
  canCancel: false,
  canRefund: true,
  canPayOut: true,
};

function routes(
  channels: readonly Channel[],
  country: string,
  currency: string,
  leastMinor: bigint,
  promptLifetimeMs: number,
  multipleOfMinor = 1n,
): Route[] {
  const greatestMinor = BigInt(AMOUNT_MAX);
  return channels.map((channel) => ({
    channel,
    country,
    currency,
    leastMinor,
    greatestMinor,
    multipleOfMinor,
    promptLifetimeMs,
  }));
}

class Paystack implements Provider {
  readonly name = 'paystack';
  readonly capabilities = CAPABILITIES;
  readonly #credentials: Credentials;
  readonly #http: HttpClient;
  readonly #api: PaystackApi;

  constructor(endpoints: Endpoints, credentials: Credentials, tools: AdapterTools) {
    this.#credentials = credentials;
    this.#http = openHttp(this.name, tools, { timeoutMs: ANSWER_MS, secrets: [credentials.secretKey] });
    this.#api = new PaystackApi(this.#http, endpoints.baseUrl, credentials.secretKey, tools.nowMs);
  }

  isAvailable(): boolean {
    return this.#http.isAvailable();
  }

  circuit(): CircuitReport {
    return this.#http.circuit();
  }

  async initiate(attempt: Attempt, call: Call): Promise<Initiation> {
    if (attempt.channel === 'CARD') return this.#openPage(attempt, call);
    if (attempt.channel === 'BANK') {
      const expiresAt = new Date(attempt.startedAtMs + PAGE_MS).toISOString();
      return this.#charge(attempt, '/charge', { bank_transfer: { account_expires_at: expiresAt } }, call);
    }
    const provider = moneyProviderOf(attempt.channel);
    const phone = attempt.phone === null ? null : localNumber(attempt.phone, attempt.country);
    if (phone === null) return rejected('payer_not_found', null, 'The phone is not one of that country.');
    return this.#charge(attempt, '/charge', { mobile_money: { phone, provider } }, call);
  }

  async chargeSaved(attempt: Attempt, token: string, call: Call): Promise<Initiation> {
    return this.#charge(attempt, '/transaction/charge_authorization', { authorization_code: token }, call, [token]);
  }

  async submitOtp(attempt: Attempt, code: string, call: Call): Promise<Initiation> {
    const body = { otp: code, reference: attempt.reference };
    const result = await this.#api.post('submit_otp', '/charge/submit_otp', body, call, [code]);
    return this.#chargeAnswer(result, attempt, call);
  }

  async fetchStatus(attempt: Attempt, call: Call): Promise<Observation> {
    const result = await this.#api.get('status', `/transaction/verify/${attempt.reference}`, call);
    const found = this.#api.found(result, attempt.startedAtMs);
    if (found.data === null) return found.observation;
    if (textOf(found.data['reference']) !== attempt.reference) {
      return unknownObservation('The answer is about another transaction.', 'status', found.raw);
    }
    return observationOfTransaction(found.data, 'status', found.raw);
  }

  parseCallback(request: CallbackRequest): Callback {
    return parseWebhook(request, this.#credentials.secretKey, (text) => this.#http.mask(text));
  }

  refund(refund: Refund, call: Call): Promise<Initiation> {
    return startRefund(this.#api, refund, call);
  }

  fetchRefundStatus(refund: Refund, call: Call): Promise<Observation> {
    return readRefund(this.#api, refund, call);
  }

  payOut(payout: Payout, call: Call): Promise<Initiation> {
    return startPayout(this.#api, payout, call);
  }

  fetchPayoutStatus(payout: Payout, call: Call): Promise<Observation> {
    return readPayout(this.#api, payout, call);
  }

  async #openPage(attempt: Attempt, call: Call): Promise<Initiation> {
    const body = { ...this.#terms(attempt), callback_url: attempt.returnUrl ?? undefined, channels: ['card'] };
    const result = await this.#api.post('initiate', '/transaction/initialize', body, call);
    const url =
      result.kind === 'answered' && result.status === 200
        ? textOf(fieldsOf(fieldsOf(result.json)['data'])['authorization_url'])
        : null;
    if (url === null) return this.#refusalOr(result, attempt, call);
    const next = { kind: 'redirect', url } as const;
    return { status: 'accepted', providerReference: attempt.reference, next, observation: null };
  }

  async #charge(
    attempt: Attempt,
    path: string,
    instrument: Readonly<Record<string, JsonOut>>,
    call: Call,
    secrets: readonly string[] = [],
  ): Promise<Initiation> {
    const body = { ...this.#terms(attempt), ...instrument };
    return this.#chargeAnswer(await this.#api.post('initiate', path, body, call, secrets), attempt, call);
  }

  #terms(attempt: Attempt): Readonly<Record<string, JsonOut>> {
    return {
      email: attempt.payer.email ?? this.#credentials.contactEmail,
      amount: attempt.amountMinor,
      currency: attempt.currency,
      reference: attempt.reference,
    };
  }

  /** A declined charge comes with status 400 and its data all the same: the data go first. */
  async #chargeAnswer(result: HttpResult, attempt: Attempt, call: Call): Promise<Initiation> {
    if (result.kind !== 'answered') return unansweredInitiation(result);
    const { data } = fieldsOf(result.json);
    if (!isFields(data) || textOf(data['status']) === null) return this.#refusalOr(result, attempt, call);
    return initiationOfCharge(data, this.#http.mask(result.text));
  }

  async #refusalOr(result: HttpResult, attempt: Attempt, call: Call): Promise<Initiation> {
    if (result.kind !== 'answered') return unansweredInitiation(result);
    // The reference was taken by an earlier try of this very attempt, since references are random.
    if (isTaken(result)) {
      const observation = await this.fetchStatus(attempt, call);
      if (observation.outcome === 'unknown') return unknownInitiation('no_answer', messageOf(result));
      return { status: 'accepted', providerReference: attempt.reference, next: null, observation };
    }
    return refusalOf(result) ?? unreadableInitiation(result);
  }
}
