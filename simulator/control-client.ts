import type { z } from 'zod';
import type { ChargeView, PhoneView } from './control/control';
import { toCamel, toSnake } from './control/wire';
import type { doorSchema } from './door';
import type { Message } from './message-log';
import type { Network, ProviderName } from './networks';
import type { Outcome, planSchema } from './plan';
import type { Settings } from './settings';

export type PlanInput = z.input<typeof planSchema>;
export type DoorInput = z.input<typeof doorSchema>;
export type { ChargeView, Message, Outcome, PhoneView };

/** Where a plan counts: for a phone, for a provider, or everywhere. */
export type PlanScope = { readonly phone: string } | { readonly provider: ProviderName } | 'all';

/** The control API with types. Times are milliseconds, amounts minor units. Every call throws on a refusal. */
export interface Control {
  /** Decides the next request (or the next `times`) of the scope. */
  next(scope: PlanScope, plan: PlanInput, times?: number): Promise<void>;
  /** Decides all requests of the scope from now on. */
  always(scope: PlanScope, plan: PlanInput): Promise<void>;
  forget(scope: PlanScope): Promise<void>;
  /** Puts something wrong between the network and a provider. */
  breakDoor(provider: ProviderName | 'all', fault: DoorInput): Promise<void>;
  mendDoor(provider: ProviderName | 'all'): Promise<void>;
  phone(number: string): Promise<PhoneView>;
  setPhone(
    number: string,
    change: { isOn?: boolean; network?: Network; balance?: { currency: string; amount: number | string } },
  ): Promise<PhoneView>;
  charges(filter?: {
    provider?: ProviderName;
    phone?: string;
    reference?: string;
    state?: ChargeView['state'];
  }): Promise<ChargeView[]>;
  /** The only charge that fits, which is an error when there is none or more. */
  charge(filter: Parameters<Control['charges']>[0]): Promise<ChargeView>;
  /** As if the payer had; also turns a failure into a late success. */
  answer(chargeId: string, answer: { outcome: Outcome } | { pin: string }): Promise<ChargeView>;
  reverse(chargeId: string): Promise<ChargeView>;
  sendCallback(chargeId: string): Promise<ChargeView>;
  requests(filter?: { provider?: ProviderName; operation?: string }): Promise<Message[]>;
  now(): Promise<Date>;
  /** Lets time pass, with everything that comes due on the way. */
  advance(ms: number): Promise<Date>;
  /** Runs what is due after somebody else's clock has moved. */
  runDue(): Promise<void>;
  /** Resolves when no callback is under way. */
  idle(): Promise<void>;
  configure(change: Partial<Settings>): Promise<void>;
  reset(): Promise<void>;
}

export function createControlClient(baseUrl: string): Control {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${baseUrl}/control${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(toSnake(body)),
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /control${path} was answered ${answer.status}: ${text}`);
    return text === '' ? undefined : toCamel(JSON.parse(text), 'headers');
  };
  const list = async <Item>(path: string): Promise<Item[]> => ((await call('GET', path)) as { data: Item[] }).data;
  const nothing = async (method: string, path: string, body?: unknown): Promise<void> =>
    void (await call(method, path, body));
  const charges: Control['charges'] = (filter = {}) => list(`/charges?${new URLSearchParams(filter)}`);
  return {
    next: (scope, plan, times = 1) => nothing('PUT', `${pathOf(scope)}/next?times=${times}`, plan),
    always: (scope, plan) => nothing('PUT', `${pathOf(scope)}/plan`, plan),
    forget: (scope) => nothing('DELETE', `${pathOf(scope)}/plan`),
    breakDoor: (provider, fault) => nothing('POST', `/providers/${provider}/faults`, fault),
    mendDoor: (provider) => nothing('DELETE', `/providers/${provider}/faults`),
    phone: async (number) => (await call('GET', `/phones/${number}`)) as PhoneView,
    setPhone: async (number, change) => (await call('PUT', `/phones/${number}`, change)) as PhoneView,
    charges,
    async charge(filter) {
      const found = await charges(filter);
      if (found.length !== 1) throw new Error(`${found.length} charges fit ${JSON.stringify(filter)}.`);
      return found[0] as ChargeView;
    },
    answer: async (id, answer) => (await call('POST', `/charges/${id}/answer`, answer)) as ChargeView,
    reverse: async (id) => (await call('POST', `/charges/${id}/reverse`)) as ChargeView,
    sendCallback: async (id) => (await call('POST', `/charges/${id}/callback`)) as ChargeView,
    requests: (filter = {}) => list(`/requests?${new URLSearchParams(filter)}`),
    now: async () => new Date(((await call('GET', '/time')) as { now: string }).now),
    advance: async (ms) => new Date(((await call('POST', '/time', { ms })) as { now: string }).now),
    runDue: () => nothing('POST', '/due'),
    idle: () => nothing('GET', '/idle'),
    configure: (change) => nothing('PATCH', '/settings', change),
    reset: () => nothing('POST', '/reset'),
  };
}

function pathOf(scope: PlanScope): string {
  if (scope === 'all') return '';
  return 'phone' in scope ? `/phones/${scope.phone}` : `/providers/${scope.provider}`;
}
