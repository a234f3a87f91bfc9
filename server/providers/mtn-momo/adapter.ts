import { z } from 'zod';
import { AMOUNT_MAX, formatMajor } from '@/contracts/money';
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
import { observationOfStatus, REFUSALS } from './codes';

/**
 * MTN MoMo Open API, Collections. The contract is the developer portal's (momodeveloper.mtn.com, "Collection" and "Common
 * Error Codes"; looked up 2026-11), with what shared/spec/providers.md found in public clients of it:
 *
 * - X-Reference-Id, a random UUID, names the request: sent twice, the second answers 409 and moves nothing.
 * - A request is answered 202 without a body; GET with the same id tells how it stands, 200 also when it failed.
 * - The callback comes once, by PUT or POST, unsigned and without the reference id: a hint to ask now.
 */
const TARGETS = {
  mtnghana: ['GH', 'GHS'],
  mtnuganda: ['UG', 'UGX'],
  mtnivorycoast: ['CI', 'XOF'],
  mtnzambia: ['ZM', 'ZMW'],
} as const;

const PROMPT_MS = 5 * 60_000;
const ANSWER_MS = 30_000;
/** A reference that the provider does not know this long after it was sent never arrived. */
const LOST_AFTER_MS = 2 * PROMPT_MS;

const endpointsSchema = z.strictObject({
  baseUrl: baseUrlSchema,
  targetEnvironment: z.enum(['sandbox', 'mtnghana', 'mtnuganda', 'mtnivorycoast', 'mtnzambia']),
});
const credentialsSchema = z.strictObject({
  apiUser: secretSchema,
  apiKey: secretSchema,
  subscriptionKey: secretSchema,
});
type Endpoints = z.infer<typeof endpointsSchema>;
type Credentials = z.infer<typeof credentialsSchema>;

export const mtnMomo: Adapter<Endpoints, Credentials> = {
  name: 'mtn-momo',
  endpoints: endpointsSchema,
  credentials: credentialsSchema,
  create: (endpoints, credentials, tools) => new MtnMomo(endpoints, credentials, tools),
};

class MtnMomo implements Provider {
  readonly name = 'mtn-momo';
  readonly capabilities: Capabilities;
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
      secrets: [credentials.apiKey, credentials.subscriptionKey],
      // A refusal for a reason of ours comes with status 500 as well.
      isOutage: (status, json) => status >= 500 && !REFUSALS.has(textOf(fieldsOf(json)['code']) ?? ''),
    });
    this.#tokens = new TokenCache(tools.nowMs, (call) => this.#askToken(call));
    this.capabilities = capabilitiesOf(endpoints.targetEnvironment);
  }

  isAvailable(): boolean {
    return this.#http.isAvailable();
  }

  circuit(): CircuitReport {
    return this.#http.circuit();
  }

  async initiate(attempt: Attempt, call: Call): Promise<Initiation> {
    const note = plainText(attempt.description, 160);
    const asked = await this.#authorized(call, {
      operation: 'initiate',
      method: 'POST',
      url: this.#url('/collection/v1_0/requesttopay'),
      headers: {
        'X-Reference-Id': attempt.reference,
        'X-Callback-Url': attempt.callbackUrl,
        'Content-Type': 'application/json',
      },
      body: writeJson({
        amount: formatMajor(attempt.amountMinor, attempt.currency),
        currency: attempt.currency,
        externalId: attempt.reference,
        payer: { partyIdType: 'MSISDN', partyId: attempt.phone ?? '' },
        payerMessage: note,
        payeeNote: note,
      }),
      secrets: [callbackToken(attempt.callbackUrl)],
    });
    if (asked.kind === 'refused') return asked.initiation;
    return this.#initiationOf(asked.result, attempt, call);
  }

  async fetchStatus(attempt: Attempt, call: Call): Promise<Observation> {
    const asked = await this.#authorized(call, {
      operation: 'status',
      method: 'GET',
      url: this.#url(`/collection/v1_0/requesttopay/${attempt.reference}`),
      headers: {},
    });
    if (asked.kind === 'refused') return unknownObservation(asked.initiation.message, 'status');
    const { result } = asked;
    if (result.kind !== 'answered') return unknownObservation(result.reason, 'status');
    const raw = this.#http.mask(result.text);
    const code = textOf(fieldsOf(result.json)['code']);
    if (result.status === 404 && code === 'RESOURCE_NOT_FOUND') return this.#lost(attempt, raw);
    if (result.status !== 200 || !isFields(result.json)) {
      return unknownObservation(`HTTP ${result.status}`, 'status', raw, code);
    }
    return observationOfStatus(result.json, 'status', raw, attempt.reference);
  }

  /** The body is that of a status without the reference id; `externalId` is ours to find the attempt by. */
  parseCallback(request: CallbackRequest): Callback {
    const text = bodyOf(request);
    const json = readJson(text);
    if (!isFields(json) || textOf(json['status']) === null) return ignored(request, 'not a status of a request to pay');
    const reference = textOf(json['externalId']);
    return {
      kind: 'observation',
      subject: 'payment',
      observation: observationOfStatus(json, 'callback', this.#http.mask(text), reference),
      token: requestTokenOf(request),
      reference,
      providerReference: null,
      acknowledgement: null,
    };
  }

  async validatePayer(phone: string, call: Call): Promise<'active' | 'inactive' | 'unknown'> {
    const asked = await this.#authorized(call, {
      operation: 'validate_payer',
      method: 'GET',
      url: this.#url(`/collection/v1_0/accountholder/msisdn/${encodeURIComponent(phone)}/active`),
      headers: {},
    });
    if (asked.kind === 'refused' || asked.result.kind !== 'answered' || asked.result.status !== 200) return 'unknown';
    const { result } = fieldsOf(asked.result.json);
    if (result === true) return 'active';
    return result === false ? 'inactive' : 'unknown';
  }

  async #initiationOf(result: HttpResult, attempt: Attempt, call: Call): Promise<Initiation> {
    if (result.kind !== 'answered') return unansweredInitiation(result);
    const fields = fieldsOf(result.json);
    const code = textOf(fields['code']);
    const message = textOf(fields['message']) ?? code ?? `HTTP ${result.status}`;
    if (result.status === 202) {
      return {
        status: 'accepted',
        providerReference: attempt.reference,
        next: { kind: 'prompt', text: null },
        observation: null,
      };
    }
    // The reference was taken before: by an earlier try of this very attempt, since references are random.
    if (result.status === 409) {
      const observation = await this.fetchStatus(attempt, call);
      if (observation.outcome === 'unknown') return unknownInitiation('no_answer', message, code);
      return { status: 'accepted', providerReference: attempt.reference, next: null, observation };
    }
    const refusal = code === null ? undefined : REFUSALS.get(code);
    if (refusal !== undefined) return rejected(refusal, code, message);
    if (result.status === 429) return rejected('provider_unavailable', code, message, true);
    // What the gateway itself refuses never reaches the wallet platform. A code that we do not know may come from there.
    if (code === null && [400, 403, 404].includes(result.status)) return rejected('configuration_error', code, message);
    if (code !== null) return unknownInitiation(result.status >= 500 ? 'server_error' : 'unknown_code', message, code);
    return unreadableInitiation(result);
  }

  #lost(attempt: Attempt, raw: string): Observation {
    const providerCode = 'RESOURCE_NOT_FOUND';
    const observation = unknownObservation('The reference is not known there.', 'status', raw, providerCode);
    const isLost = this.#nowMs() - attempt.startedAtMs > LOST_AFTER_MS;
    return isLost ? { ...observation, outcome: 'failed', code: 'provider_error' } : observation;
  }

  #authorized(call: Call, request: HttpRequest): Promise<Asked> {
    const { targetEnvironment } = this.#endpoints;
    const { subscriptionKey } = this.#credentials;
    const authorization = {
      http: this.#http,
      tokens: this.#tokens,
      headersOf: (token: string) => ({
        Authorization: `Bearer ${token}`,
        'X-Target-Environment': targetEnvironment,
        'Ocp-Apim-Subscription-Key': subscriptionKey,
      }),
      isTokenRefused: ({ status }: { status: number }) => status === 401,
    };
    return sendAuthorized(authorization, request, call);
  }

  async #askToken(call: Call): Promise<TokenResult> {
    const { apiUser, apiKey, subscriptionKey } = this.#credentials;
    const request = {
      operation: 'token',
      method: 'POST',
      url: this.#url('/collection/token/'),
      headers: {
        Authorization: basicAuthorization(apiUser, apiKey),
        'Ocp-Apim-Subscription-Key': subscriptionKey,
        'Content-Type': 'application/json',
      },
    } as const;
    return tokenOf(await this.#http.send(request, call));
  }

  #url(path: string): string {
    return this.#endpoints.baseUrl + path;
  }
}

/** The sandbox knows one currency, EUR, in whichever country one plays. */
function capabilitiesOf(target: Endpoints['targetEnvironment']): Capabilities {
  const places = target === 'sandbox' ? Object.values(TARGETS).map(([country]) => [country, 'EUR']) : [TARGETS[target]];
  return {
    routes: places.map(([country = '', currency = '']) => ({
      channel: 'MTN',
      country,
      currency,
      leastMinor: 1n,
      greatestMinor: BigInt(AMOUNT_MAX),
      multipleOfMinor: 1n,
      promptLifetimeMs: PROMPT_MS,
    })),
    isInitiationIdempotent: true,
    callbackTrust: 'hint',
    canCancel: false,
    canRefund: false,
    canPayOut: false,
  };
}
