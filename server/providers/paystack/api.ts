import { rejected, unansweredInitiation, unknownObservation, unreadableInitiation } from '../answers';
import type { HttpClient, HttpResult } from '../http';
import { fieldsOf, isFields, type JsonFields, type JsonOut, textOf, writeJson } from '../json';
import type { Call, Initiation, Observation } from '../provider';
import { observationOfMovement } from './codes';

/** A reference that Paystack does not know this long after it was sent never arrived. */
const LOST_AFTER_MS = 15 * 60_000;

/** Paystack's envelope, `{ status, message, data }`, and its way of saying no. */
export class PaystackApi {
  readonly #http: HttpClient;
  readonly #baseUrl: string;
  readonly #secretKey: string;
  readonly #nowMs: () => number;

  constructor(http: HttpClient, baseUrl: string, secretKey: string, nowMs: () => number) {
    this.#http = http;
    this.#baseUrl = baseUrl;
    this.#secretKey = secretKey;
    this.#nowMs = nowMs;
  }

  post(
    operation: string,
    path: string,
    body: JsonOut,
    call: Call,
    secrets: readonly string[] = [],
  ): Promise<HttpResult> {
    const headers = { ...this.#headers(), 'Content-Type': 'application/json' };
    const url = this.#baseUrl + path;
    return this.#http.send({ operation, method: 'POST', url, headers, body: writeJson(body), secrets }, call);
  }

  get(operation: string, path: string, call: Call): Promise<HttpResult> {
    return this.#http.send({ operation, method: 'GET', url: this.#baseUrl + path, headers: this.#headers() }, call);
  }

  mask(text: string): string {
    return this.#http.mask(text);
  }

  /** What a status query found, or an observation that it found nothing. */
  found(
    result: HttpResult,
    startedAtMs: number,
  ): { data: JsonFields; raw: string } | { data: null; observation: Observation } {
    if (result.kind !== 'answered') return { data: null, observation: unknownObservation(result.reason, 'status') };
    const raw = this.mask(result.text);
    const { data } = fieldsOf(result.json);
    if (result.status === 200 && isFields(data)) return { data, raw };
    const message = messageOf(result);
    const unknown = unknownObservation(message, 'status', raw, String(result.status));
    const isMissing = [400, 404].includes(result.status) && /not found/i.test(message);
    const isLost = isMissing && this.#nowMs() - startedAtMs > LOST_AFTER_MS;
    return { data: null, observation: isLost ? { ...unknown, outcome: 'failed', code: 'provider_error' } : unknown };
  }

  /** What a refund or a transfer was answered with. @param nameField where its name at Paystack is */
  movementStarted(result: HttpResult, nameField: string): Initiation {
    if (result.kind !== 'answered') return unansweredInitiation(result);
    const { data } = fieldsOf(result.json);
    if (!isFields(data) || textOf(data['status']) === null) return refusalOf(result) ?? unreadableInitiation(result);
    const reference = textOf(data[nameField]);
    const observation = observationOfMovement(data, reference, 'initiation', this.mask(result.text));
    return { status: 'accepted', providerReference: reference, next: null, observation };
  }

  #headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.#secretKey}` };
  }
}

export function messageOf(result: HttpResult & { kind: 'answered' }): string {
  return textOf(fieldsOf(result.json)['message']) ?? `HTTP ${result.status}`;
}

/** The reference was used before: "Duplicate Transaction Reference", or for transfers "provide a unique reference". */
export function isTaken(result: HttpResult & { kind: 'answered' }): boolean {
  const message = messageOf(result);
  return result.status === 400 && /reference/i.test(message) && /duplicate|unique|already/i.test(message);
}

/** A 4xx in Paystack's own shape: not carried out. Null for anything else. */
export function refusalOf(result: HttpResult & { kind: 'answered' }): Initiation | null {
  if (fieldsOf(result.json)['status'] !== false || result.status < 400 || result.status >= 500) return null;
  const code = textOf(fieldsOf(result.json)['code']) ?? String(result.status);
  const message = messageOf(result);
  if (result.status === 429) return rejected('provider_unavailable', code, message, true);
  if (result.status === 401 || result.status === 403) return rejected('configuration_error', code, message);
  if (/currency/i.test(message)) return rejected('currency_invalid', code, message);
  if (/amount/i.test(message)) return rejected('amount_invalid', code, message);
  if (/phone|mobile/i.test(message)) return rejected('payer_not_found', code, message);
  return rejected('provider_error', code, message);
}
