import { z } from 'zod';
import type { Channel } from '@/contracts/channels';
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
import type { CircuitReport } from '../circuit-breaker';
import type { HttpClient, HttpResult } from '../http';
import { Decimal, fieldsOf, isFields, readJson, textOf, writeJson } from '../json';
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
import { failureOf, observationOfEnvelope, observationOfStatus } from './codes';

/**
 * Hubtel Direct Receive Money, for the three networks of Ghana. Contract: hubtel's "Direct Receive Money" and "Transaction
 * Status Check" pages, as shared/spec/providers.md and xtopay-direct-receive-money.txt (whose shapes are Hubtel's) give them,
 * codes of hubtel.readme.io/reference/response-codes; looked up 2026-11:
 *
 * - Amounts are decimal cedis. ClientReference, 36 characters at most, is ours and unique.
 * - The answer is 0001, "expect a callback"; the callback is unsigned, and goes to the attempt's own URL.
 * - The status lives on another host and knows Paid, Unpaid and Refunded alone. It asks for a known address of ours.
 */
const PROMPT_MS = 5 * 60_000;
const ANSWER_MS = 30_000;
const CHANNELS: Readonly<Partial<Record<Channel, string>>> = {
  MTN: 'mtn-gh',
  TELECEL: 'vodafone-gh',
  AIRTELTIGO: 'tigo-gh',
};

const endpointsSchema = z.strictObject({ baseUrl: baseUrlSchema, statusBaseUrl: baseUrlSchema });
const credentialsSchema = z.strictObject({
  clientId: secretSchema,
  clientSecret: secretSchema,
  /** The POS Sales ID, which is the merchant's account number. */
  posSalesId: z.string().regex(/^[A-Za-z0-9-]{1,32}$/, 'must be 1 to 32 letters, digits and hyphens'),
});
type Endpoints = z.infer<typeof endpointsSchema>;
type Credentials = z.infer<typeof credentialsSchema>;

export const hubtel: Adapter<Endpoints, Credentials> = {
  name: 'hubtel',
  endpoints: endpointsSchema,
  credentials: credentialsSchema,
  create: (endpoints, credentials, tools) => new Hubtel(endpoints, credentials, tools),
};

const CAPABILITIES: Capabilities = {
  routes: (Object.keys(CHANNELS) as Channel[]).map((channel) => ({
    channel,
    country: 'GH',
    currency: 'GHS',
    leastMinor: 1n,
    greatestMinor: BigInt(AMOUNT_MAX),
    multipleOfMinor: 1n,
    promptLifetimeMs: PROMPT_MS,
  })),
  isInitiationIdempotent: false,
  callbackTrust: 'checked',
  canCancel: false,
  canRefund: false,
  canPayOut: false,
};

class Hubtel implements Provider {
  readonly name = 'hubtel';
  readonly capabilities = CAPABILITIES;
  readonly #endpoints: Endpoints;
  readonly #pos: string;
  readonly #authorization: string;
  readonly #http: HttpClient;

  constructor(endpoints: Endpoints, credentials: Credentials, tools: AdapterTools) {
    this.#endpoints = endpoints;
    this.#pos = encodeURIComponent(credentials.posSalesId);
    this.#authorization = basicAuthorization(credentials.clientId, credentials.clientSecret);
    this.#http = openHttp(this.name, tools, {
      timeoutMs: ANSWER_MS,
      secrets: [credentials.clientId, credentials.clientSecret],
    });
  }

  isAvailable(): boolean {
    return this.#http.isAvailable();
  }

  circuit(): CircuitReport {
    return this.#http.circuit();
  }

  async initiate(attempt: Attempt, call: Call): Promise<Initiation> {
    const channel = CHANNELS[attempt.channel];
    if (channel === undefined || attempt.currency !== 'GHS') {
      return rejected('not_allowed', null, `Hubtel does not serve ${attempt.channel} in ${attempt.currency}.`);
    }
    const result = await this.#http.send(
      {
        operation: 'initiate',
        method: 'POST',
        url: `${this.#endpoints.baseUrl}/merchantaccount/merchants/${this.#pos}/receive/mobilemoney`,
        headers: { Authorization: this.#authorization, 'Content-Type': 'application/json' },
        body: writeJson({
          CustomerName: attempt.payer.name === null ? undefined : plainText(attempt.payer.name, 100),
          CustomerMsisdn: attempt.phone ?? '',
          CustomerEmail: attempt.payer.email ?? undefined,
          Channel: channel,
          Amount: new Decimal(formatMajor(attempt.amountMinor, 'GHS')),
          PrimaryCallbackUrl: attempt.callbackUrl,
          Description: plainText(attempt.description, 100),
          ClientReference: attempt.reference,
        }),
        secrets: [callbackToken(attempt.callbackUrl)],
      },
      call,
    );
    return this.#initiationOf(result);
  }

  async fetchStatus(attempt: Attempt, call: Call): Promise<Observation> {
    const query = new URLSearchParams({ clientReference: attempt.reference });
    const result = await this.#http.send(
      {
        operation: 'status',
        method: 'GET',
        url: `${this.#endpoints.statusBaseUrl}/transactions/${this.#pos}/status?${query}`,
        headers: { Authorization: this.#authorization },
      },
      call,
    );
    if (result.kind !== 'answered') return unknownObservation(result.reason, 'status');
    const raw = this.#http.mask(result.text);
    const fields = fieldsOf(result.json);
    const responseCode = textOf(fields['responseCode']);
    if (result.status !== 200 || responseCode !== '0000' || !isFields(fields['data'])) {
      return unknownObservation(`HTTP ${result.status}`, 'status', raw, responseCode);
    }
    return observationOfStatus(fields['data'], attempt.reference, raw);
  }

  parseCallback(request: CallbackRequest): Callback {
    const text = bodyOf(request);
    const json = readJson(text);
    if (!isFields(json) || textOf(json['ResponseCode']) === null) return ignored(request, 'no ResponseCode');
    const observation = observationOfEnvelope(json, 'callback', this.#http.mask(text));
    return {
      kind: 'observation',
      subject: 'payment',
      observation,
      token: requestTokenOf(request),
      reference: textOf(fieldsOf(json['Data'])['ClientReference']),
      providerReference: observation.providerReference,
      acknowledgement: null,
    };
  }

  #initiationOf(result: HttpResult): Initiation {
    if (result.kind !== 'answered') return unansweredInitiation(result);
    if (!isFields(result.json)) {
      // Their gateway refuses strangers without a word.
      if ([401, 403].includes(result.status)) {
        return rejected('configuration_error', String(result.status), 'Hubtel refuses our credentials or address.');
      }
      if (result.status === 429) return rejected('provider_unavailable', '429', 'Too many requests.', true);
      return unreadableInitiation(result);
    }
    const observation = observationOfEnvelope(result.json, 'initiation', this.#http.mask(result.text));
    const { providerCode, providerReference } = observation;
    const message = describe(result.json);
    if (observation.outcome === 'pending') {
      return { status: 'accepted', providerReference, next: { kind: 'prompt', text: null }, observation: null };
    }
    if (observation.outcome === 'succeeded') {
      return { status: 'accepted', providerReference, next: null, observation };
    }
    const failure = failureOf(providerCode, message);
    if (failure !== null) return rejected(failure, providerCode, message);
    if (providerCode === null) return unreadableInitiation(result);
    return unknownInitiation(result.status >= 500 ? 'server_error' : 'unknown_code', message, providerCode);
  }
}

/** What 4000 complains of is in a list beside `Data`, each with a field and a message. */
function describe(envelope: Parameters<typeof observationOfEnvelope>[0]): string {
  const texts = [envelope['Message'], fieldsOf(envelope['Data'])['Description'], envelope['Errors'], envelope['Data']];
  return texts
    .map((one) => (typeof one === 'string' ? one : Array.isArray(one) ? JSON.stringify(one) : ''))
    .filter((text) => text !== '')
    .join(': ')
    .slice(0, 500);
}
