import { z } from 'zod';
import { type Adapter, type AdapterTools, basicAuthorization, openHttp } from '../adapter';
import {
  bodyOf,
  callbackToken,
  ignored,
  plainText,
  rejected,
  requestTokenOf,
  unansweredInitiation,
  unknownInitiation,
  unknownObservation,
  unreadableInitiation,
} from '../answers';
import { type Asked, sendAuthorized, tokenOf } from '../authorized';
import type { CircuitReport } from '../circuit-breaker';
import type { HttpClient, HttpRequest, HttpResult } from '../http';
import { fieldsOf, isFields, type Json, readJson, textOf, writeJson } from '../json';
import type {
  Attempt,
  Call,
  Callback,
  CallbackRequest,
  Capabilities,
  Initiation,
  Observation,
  Provider,
} from '../provider';
import { baseUrlSchema, secretSchema } from '../settings';
import { TokenCache, type TokenResult } from '../token-cache';
import {
  errorOf,
  isStillProcessing,
  isTokenError,
  observationOfCallback,
  observationOfQuery,
  refusalOf,
} from './codes';
import { passwordOf, timestampOf } from './password';

/**
 * Safaricom Daraja, M-Pesa Express (STK push) in Kenya. The contract is the developer portal's (developer.safaricom.co.ke,
 * "Authorization", "M-Pesa Express", "M-Pesa Express Query"), result codes as collected in shared/spec/providers.md and, for
 * 500.001.1001, in the issues of github.com/safaricom/LNMOnlineAndroidSample (13); looked up 2026-11:
 *
 * - Nothing names a push before it is answered, so a push is never repeated: two pushes are two prompts.
 * - The callback is unsigned. It is told apart by the token in its URL, which must not contain "mpesa".
 * - The query answers codes as strings, the callback as numbers; a callback may be HTML or an error envelope.
 */
const PROMPT_MS = 90_000;
const ANSWER_MS = 30_000;
const CENTS = 100n;
/** What Daraja wants to hear back. */
const ACCEPTED = { ResultCode: 0, ResultDesc: 'Accepted' };

const SHORTCODE = /^[0-9]{5,10}$/;
const endpointsSchema = z.strictObject({ baseUrl: baseUrlSchema });
const credentialsSchema = z.strictObject({
  consumerKey: secretSchema,
  consumerSecret: secretSchema,
  /** Of the PayBill, or of the head office where money goes to a till. */
  shortcode: z.string().regex(SHORTCODE, 'must be 5 to 10 digits'),
  passkey: secretSchema,
  /** The till of a Buy Goods merchant; without it, money goes to the PayBill. */
  till: z.string().regex(SHORTCODE, 'must be 5 to 10 digits').optional(),
});
type Endpoints = z.infer<typeof endpointsSchema>;
type Credentials = z.infer<typeof credentialsSchema>;

export const daraja: Adapter<Endpoints, Credentials> = {
  name: 'daraja',
  endpoints: endpointsSchema,
  credentials: credentialsSchema,
  create: (endpoints, credentials, tools) => new Daraja(endpoints, credentials, tools),
};

const CAPABILITIES: Capabilities = {
  routes: [
    {
      channel: 'MPESA',
      country: 'KE',
      currency: 'KES',
      leastMinor: CENTS,
      // Safaricom's limit for one transaction: 250 000 shillings.
      greatestMinor: 250_000n * CENTS,
      multipleOfMinor: CENTS,
      promptLifetimeMs: PROMPT_MS,
    },
  ],
  isInitiationIdempotent: false,
  callbackTrust: 'checked',
  canCancel: false,
  canRefund: false,
  canPayOut: false,
};

class Daraja implements Provider {
  readonly name = 'daraja';
  readonly capabilities = CAPABILITIES;
  readonly #endpoints: Endpoints;
  readonly #credentials: Credentials;
  readonly #nowMs: () => number;
  readonly #http: HttpClient;
  readonly #tokens: TokenCache;

  constructor(endpoints: Endpoints, credentials: Credentials, tools: AdapterTools) {
    this.#endpoints = endpoints;
    this.#credentials = credentials;
    this.#nowMs = tools.nowMs;
    this.#http = openHttp(this.name, tools, {
      timeoutMs: ANSWER_MS,
      secrets: [credentials.consumerKey, credentials.consumerSecret, credentials.passkey],
      // Daraja says "still being processed" with status 500.
      isOutage: (status, json) => status >= 500 && errorOf(json).code === null,
    });
    this.#tokens = new TokenCache(tools.nowMs, (call) => this.#askToken(call));
  }

  isAvailable(): boolean {
    return this.#http.isAvailable();
  }

  circuit(): CircuitReport {
    return this.#http.circuit();
  }

  async initiate(attempt: Attempt, call: Call): Promise<Initiation> {
    if (attempt.amountMinor % CENTS !== 0n) return rejected('amount_invalid', null, 'M-Pesa takes whole shillings.');
    if (/mpesa/i.test(attempt.callbackUrl)) {
      return rejected('configuration_error', null, 'Daraja refuses a callback URL with "mpesa" in it.');
    }
    const { shortcode, till } = this.#credentials;
    const asked = await this.#authorized(call, {
      operation: 'initiate',
      method: 'POST',
      url: this.#url('/mpesa/stkpush/v1/processrequest'),
      headers: { 'Content-Type': 'application/json' },
      body: writeJson({
        ...this.#signed(),
        TransactionType: till === undefined ? 'CustomerPayBillOnline' : 'CustomerBuyGoodsOnline',
        Amount: attempt.amountMinor / CENTS,
        PartyA: attempt.phone ?? '',
        PartyB: till ?? shortcode,
        PhoneNumber: attempt.phone ?? '',
        CallBackURL: attempt.callbackUrl,
        AccountReference: plainText(attempt.accountReference, 12),
        TransactionDesc: plainText(attempt.description, 13),
      }),
      secrets: [callbackToken(attempt.callbackUrl)],
    });
    return asked.kind === 'refused' ? asked.initiation : initiationOf(asked.result);
  }

  async fetchStatus(attempt: Attempt, call: Call): Promise<Observation> {
    const { providerReference } = attempt;
    // Its answer was lost: there is no name to ask by, only the callback can tell.
    if (providerReference === null) return unknownObservation('The CheckoutRequestID is not known.', 'status');
    const asked = await this.#authorized(call, {
      operation: 'status',
      method: 'POST',
      url: this.#url('/mpesa/stkpushquery/v1/query'),
      headers: { 'Content-Type': 'application/json' },
      body: writeJson({ ...this.#signed(), CheckoutRequestID: providerReference }),
    });
    if (asked.kind === 'refused') return unknownObservation(asked.initiation.message, 'status');
    const { result } = asked;
    if (result.kind !== 'answered') return unknownObservation(result.reason, 'status');
    const raw = this.#http.mask(result.text);
    const error = errorOf(result.json);
    if (error.code !== null) {
      const observation = unknownObservation(error.message, 'status', raw, error.code);
      return isStillProcessing(error) ? { ...observation, outcome: 'pending' } : observation;
    }
    const fields = fieldsOf(result.json);
    if (result.status !== 200 || textOf(fields['ResponseCode']) !== '0') {
      return unknownObservation(`HTTP ${result.status}`, 'status', raw, textOf(fields['ResponseCode']));
    }
    const checkout = textOf(fields['CheckoutRequestID']);
    if (checkout !== null && checkout !== providerReference) {
      return unknownObservation('The answer is about another request.', 'status', raw);
    }
    return observationOfQuery(fields, raw);
  }

  parseCallback(request: CallbackRequest): Callback {
    const text = bodyOf(request);
    const json = readJson(text);
    const stkCallback = fieldsOf(fieldsOf(json)['Body'])['stkCallback'];
    if (!isFields(stkCallback)) {
      const reason = json === undefined ? 'not JSON' : errorOf(json).message || 'not a result of a push';
      return ignored(request, reason, ACCEPTED);
    }
    const observation = observationOfCallback(stkCallback, this.#http.mask(text));
    return {
      kind: 'observation',
      subject: 'payment',
      observation,
      token: requestTokenOf(request),
      reference: null,
      providerReference: observation.providerReference,
      acknowledgement: ACCEPTED,
    };
  }

  #signed(): { BusinessShortCode: string; Password: string; Timestamp: string } {
    const { shortcode, passkey } = this.#credentials;
    const timestamp = timestampOf(this.#nowMs());
    return {
      BusinessShortCode: shortcode,
      Password: passwordOf(shortcode, passkey, timestamp),
      Timestamp: timestamp,
    };
  }

  #authorized(call: Call, request: HttpRequest): Promise<Asked> {
    const authorization = {
      http: this.#http,
      tokens: this.#tokens,
      headersOf: (token: string) => ({ Authorization: `Bearer ${token}` }),
      isTokenRefused: ({ json }: { json: Json | undefined }) => isTokenError(errorOf(json)),
    };
    return sendAuthorized(authorization, request, call);
  }

  async #askToken(call: Call): Promise<TokenResult> {
    const { consumerKey, consumerSecret } = this.#credentials;
    const request = {
      operation: 'token',
      method: 'GET',
      url: this.#url('/oauth/v1/generate?grant_type=client_credentials'),
      headers: { Authorization: basicAuthorization(consumerKey, consumerSecret) },
    } as const;
    return tokenOf(await this.#http.send(request, call));
  }

  #url(path: string): string {
    return this.#endpoints.baseUrl + path;
  }
}

function initiationOf(result: HttpResult): Initiation {
  if (result.kind !== 'answered') return unansweredInitiation(result);
  const fields = fieldsOf(result.json);
  const checkout = textOf(fields['CheckoutRequestID']);
  const responseCode = textOf(fields['ResponseCode']);
  if (result.status === 200 && responseCode === '0' && checkout !== null) {
    return {
      status: 'accepted',
      providerReference: checkout,
      next: { kind: 'prompt', text: null },
      observation: null,
    };
  }
  const error = errorOf(result.json);
  const refusal = refusalOf(error);
  if (refusal !== null) return rejected(refusal.code, error.code, error.message, refusal.retryable);
  if (error.code !== null) {
    return unknownInitiation(result.status >= 500 ? 'server_error' : 'unknown_code', error.message, error.code);
  }
  if (responseCode !== null) {
    return unknownInitiation('unknown_code', textOf(fields['ResponseDescription']) ?? '', responseCode);
  }
  return unreadableInitiation(result);
}
