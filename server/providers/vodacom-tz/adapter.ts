import { type KeyObject, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Adapter, type AdapterTools, openHttp } from '../adapter';
import {
  bodyOf,
  ignored,
  observe,
  plainText,
  rejected,
  requestTokenOf,
  unansweredInitiation,
  unknownInitiation,
  unknownObservation,
  unreadableInitiation,
} from '../answers';
import { type Asked, noToken, refusedToken } from '../authorized';
import type { CircuitReport } from '../circuit-breaker';
import type { HttpClient, HttpRequest, HttpResult } from '../http';
import { fieldsOf, isFields, readJson, textOf, writeJson } from '../json';
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
import { bearerOf, isPortalKey, portalKey } from './bearer';
import { ACCEPTED, failureOf, observationOfQuery, observationOfResult } from './codes';

/**
 * Vodacom M-Pesa in Tanzania over the M-Pesa OpenAPI, C2B Single Stage. Contract: openapiportal.m-pesa.com ("Generate
 * SessionKey", "C2B Single Stage", "Query Transaction Status"), read in copies of its pages; looked up 2026-11:
 *
 * - The API key, encrypted with the portal's RSA key, is exchanged for a session; the session, encrypted alike, is the
 *   bearer of every other call. A new session may take half a minute until it works.
 * - A synchronous application's payment is answered when the payer has answered; an asynchronous one's at once, and
 *   the result goes to the URL of the portal's settings, unsigned.
 * - input_ThirdPartyConversationID is ours, and the status can be asked by it.
 */
/** A synchronous answer waits for the payer. */
const PAYMENT_MS = 100_000;
const ANSWER_MS = 30_000;
const PROMPT_MS = 90_000;
const CENTS = 100n;
/** The portal sets sessions' lifetimes and does not say them here; a shorter use is always good. */
const SESSION_MS = 15 * 60_000;
const MARKET = '/ipg/v2/vodacomTZN';

const endpointsSchema = z.strictObject({
  /** With the environment: `https://openapi.m-pesa.com/sandbox` or `…/openapi`. */
  baseUrl: baseUrlSchema,
  /** As the application is set up at the portal. */
  flow: z.enum(['synchronous', 'asynchronous']).default('synchronous'),
  /** The `Origin` that the portal has for the application. */
  origin: z
    .string()
    .regex(/^[!-~]{1,200}$/, 'must be 1 to 200 visible ASCII characters')
    .default('*'),
});
const credentialsSchema = z.strictObject({
  apiKey: secretSchema,
  publicKey: secretSchema.refine(isPortalKey, 'must be the portal’s RSA public key in base64'),
  serviceProviderCode: z.string().regex(/^[0-9A-Za-z]{4,12}$/, 'must be 4 to 12 letters and digits'),
});
type Endpoints = z.infer<typeof endpointsSchema>;
type Credentials = z.infer<typeof credentialsSchema>;

export const vodacomTz: Adapter<Endpoints, Credentials> = {
  name: 'vodacom-tz',
  endpoints: endpointsSchema,
  credentials: credentialsSchema,
  create: (endpoints, credentials, tools) => new VodacomTz(endpoints, credentials, tools),
};

const CAPABILITIES: Capabilities = {
  routes: [
    {
      channel: 'MPESA',
      country: 'TZ',
      currency: 'TZS',
      leastMinor: CENTS,
      // Vodacom's limit for one transaction: five million shillings.
      greatestMinor: 5_000_000n * CENTS,
      multipleOfMinor: CENTS,
      promptLifetimeMs: PROMPT_MS,
    },
  ],
  isInitiationIdempotent: false,
  callbackTrust: 'hint',
  canCancel: false,
  canRefund: false,
  canPayOut: false,
};

class VodacomTz implements Provider {
  readonly name = 'vodacom-tz';
  readonly capabilities = CAPABILITIES;
  readonly #endpoints: Endpoints;
  readonly #credentials: Credentials;
  readonly #key: KeyObject;
  readonly #http: HttpClient;
  readonly #sessions: TokenCache;
  readonly #paymentMs: number;

  constructor(endpoints: Endpoints, credentials: Credentials, tools: AdapterTools) {
    this.#endpoints = endpoints;
    this.#credentials = credentials;
    this.#key = portalKey(credentials.publicKey);
    this.#http = openHttp(this.name, tools, { timeoutMs: ANSWER_MS, secrets: [credentials.apiKey] });
    this.#sessions = new TokenCache(tools.nowMs, (call) => this.#askSession(call));
    this.#paymentMs = tools.timeoutMs ?? PAYMENT_MS;
  }

  isAvailable(): boolean {
    return this.#http.isAvailable();
  }

  circuit(): CircuitReport {
    return this.#http.circuit();
  }

  async initiate(attempt: Attempt, call: Call): Promise<Initiation> {
    if (attempt.amountMinor % CENTS !== 0n) return rejected('amount_invalid', null, 'M-Pesa takes whole shillings.');
    const asked = await this.#inSession(call, {
      operation: 'initiate',
      method: 'POST',
      url: this.#url('/c2bPayment/singleStage/'),
      headers: { 'Content-Type': 'application/json' },
      body: writeJson({
        input_Amount: String(attempt.amountMinor / CENTS),
        input_Country: 'TZN',
        input_Currency: 'TZS',
        input_CustomerMSISDN: attempt.phone ?? '',
        input_ServiceProviderCode: this.#credentials.serviceProviderCode,
        input_ThirdPartyConversationID: conversationOf(attempt.reference),
        input_TransactionReference: conversationOf(attempt.reference).slice(0, 20),
        input_PurchasedItemsDesc: itemsText(attempt.description),
      }),
      timeoutMs: this.#paymentMs,
    });
    return asked.kind === 'refused' ? asked.initiation : this.#initiationOf(asked.result);
  }

  async fetchStatus(attempt: Attempt, call: Call): Promise<Observation> {
    const query = new URLSearchParams({
      input_QueryReference: conversationOf(attempt.reference),
      input_ServiceProviderCode: this.#credentials.serviceProviderCode,
      // Names this question, not the payment.
      input_ThirdPartyConversationID: conversationOf(randomUUID()),
      input_Country: 'TZN',
    });
    const asked = await this.#inSession(call, {
      operation: 'status',
      method: 'GET',
      url: `${this.#url('/queryTransactionStatus/')}?${query}`,
      headers: {},
    });
    if (asked.kind === 'refused') return unknownObservation(asked.initiation.message, 'status');
    const { result } = asked;
    if (result.kind !== 'answered') return unknownObservation(result.reason, 'status');
    return observationOfQuery(fieldsOf(result.json), this.#http.mask(result.text));
  }

  parseCallback(request: CallbackRequest): Callback {
    const text = bodyOf(request);
    const json = readJson(text);
    const reference = textOf(fieldsOf(json)['input_ThirdPartyConversationID']);
    if (!isFields(json) || reference === null || textOf(json['input_ResultCode']) === null) {
      return ignored(request, 'not a result of a payment');
    }
    const observation = observationOfResult(json, this.#http.mask(text));
    return {
      kind: 'observation',
      subject: 'payment',
      observation,
      token: requestTokenOf(request),
      reference: attemptReferenceOf(reference),
      providerReference: observation.providerReference,
      acknowledgement: {
        output_OriginalConversationID: observation.providerReference ?? '',
        output_ResponseCode: '0',
        output_ResponseDesc: 'Successfully Accepted Result',
        output_ThirdPartyConversationID: reference,
      },
    };
  }

  #initiationOf(result: HttpResult): Initiation {
    if (result.kind !== 'answered') return unansweredInitiation(result);
    const fields = fieldsOf(result.json);
    const responseCode = textOf(fields['output_ResponseCode']);
    const message = textOf(fields['output_ResponseDesc']) ?? responseCode ?? `HTTP ${result.status}`;
    const failure = failureOf(responseCode, message);
    if (failure !== null) return rejected(failure, responseCode, message);
    if (responseCode === null) return unreadableInitiation(result);
    // The id was used before, by an earlier try of this attempt; what became of that one is not said.
    if (responseCode !== ACCEPTED) {
      return unknownInitiation(result.status >= 500 ? 'server_error' : 'unknown_code', message, responseCode);
    }
    const providerReference = textOf(fields['output_ConversationID']);
    const receipt = textOf(fields['output_TransactionID']);
    const isPaid = this.#endpoints.flow === 'synchronous' && receipt !== null;
    const raw = this.#http.mask(result.text);
    return {
      status: 'accepted',
      providerReference,
      next: isPaid ? null : { kind: 'prompt', text: null },
      observation: isPaid
        ? observe({
            outcome: 'succeeded',
            providerCode: ACCEPTED,
            message,
            providerReference,
            receipt,
            raw,
            source: 'initiation',
          })
        : null,
    };
  }

  /**
   * Sends within a session. One that is refused is forgotten, and the request not repeated: the next session may not work
   * yet either, so the attempt is to be made again later.
   */
  async #inSession(call: Call, request: HttpRequest): Promise<Asked> {
    const session = await this.#sessions.get(call);
    if (session.kind === 'none') {
      return { kind: 'refused', initiation: rejected(session.code, null, session.message, session.retryable) };
    }
    const result = await this.#send(request, session.value, call);
    if (result.kind !== 'answered' || !isSessionRefused(result)) return { kind: 'asked', result };
    // A young session is kept: it starts to work by itself.
    if (session.lifetimeMs < SESSION_MS - 2 * 60_000) this.#sessions.forget(session.value);
    const message = 'The session is not valid, or not yet.';
    return { kind: 'refused', initiation: rejected('provider_unavailable', String(result.status), message, true) };
  }

  async #askSession(call: Call): Promise<TokenResult> {
    const request = { operation: 'token', method: 'GET', url: this.#url('/getSession/'), headers: {} } as const;
    const result = await this.#send(request, this.#credentials.apiKey, call);
    if (result.kind !== 'answered') return noToken(result.reason);
    const fields = fieldsOf(result.json);
    const value = textOf(fields['output_SessionID']);
    if (value !== null && textOf(fields['output_ResponseCode']) === ACCEPTED) {
      return { kind: 'token', value, lifetimeMs: SESSION_MS };
    }
    return refusedToken(result.status) ?? noToken(`no session (HTTP ${result.status})`);
  }

  #send(request: HttpRequest, secret: string, call: Call): Promise<HttpResult> {
    const headers = {
      ...request.headers,
      Authorization: `Bearer ${bearerOf(secret, this.#key)}`,
      Origin: this.#endpoints.origin,
    };
    return this.#http.send({ ...request, headers, secrets: [secret] }, call);
  }

  #url(path: string): string {
    return this.#endpoints.baseUrl + MARKET + path;
  }
}

/** 401 is documented for a failed transaction (INS-6) alone; without such a code it is about the bearer. */
function isSessionRefused(result: HttpResult & { kind: 'answered' }): boolean {
  const code = textOf(fieldsOf(result.json)['output_ResponseCode']);
  return [401, 403].includes(result.status) && failureOf(code) === null;
}

/** The reference without hyphens: the API takes letters and digits alone, 32 of them in a query. */
function conversationOf(reference: string): string {
  return reference.replaceAll('-', '');
}

/** The reference again; null where it is none of ours. */
function attemptReferenceOf(conversation: string): string | null {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(conversation);
  return parts === null ? null : parts.slice(1).join('-');
}

/** Of letters, digits, spaces and low lines. */
function itemsText(text: string): string {
  return plainText(text, 256).replace(/[.,-]/g, ' ').trim() || 'Payment';
}
