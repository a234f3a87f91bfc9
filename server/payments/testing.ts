import type { Channel } from '@/contracts/channels';
import type { Database } from '@/db/client';
import { openLog } from '@/server/kernel/log';
import { observe } from '@/server/providers/answers';
import type { CircuitReport } from '@/server/providers/circuit-breaker';
import type { ProviderEntry } from '@/server/providers/configuration';
import type {
  Attempt,
  Callback,
  CallbackRequest,
  Capabilities,
  Initiation,
  Observation,
  Provider,
  ProviderName,
} from '@/server/providers/provider';
import { installPaymentPorts, type OutgoingCallback, type PaymentPorts } from './ports';

/** For tests: a provider whose truth a test sets, and who may be silent, slow, or lie on callbacks. */
export class ScriptedProvider implements Provider {
  readonly name: ProviderName;
  readonly capabilities: Capabilities;
  /** What was initiated, in order; a repeated reference too. */
  readonly initiated: Attempt[] = [];
  readonly asked: string[] = [];
  isUp = true;
  /** What `initiate` answers; accepted unless set. */
  answer: ((attempt: Attempt) => Initiation | Promise<Initiation>) | null = null;
  /** What `fetchStatus` says; pending unless set. */
  truth: (attempt: Attempt) => Partial<Observation> = () => ({ outcome: 'pending' });

  constructor(
    name: ProviderName = 'mtn-momo',
    capabilities: Partial<Omit<Capabilities, 'routes'>> & { readonly promptLifetimeMs?: number } = {},
  ) {
    this.name = name;
    const { promptLifetimeMs = 300_000, ...rest } = capabilities;
    this.capabilities = {
      routes: ROUTES.map(([channel, country, currency]) => ({
        channel,
        country,
        currency,
        leastMinor: 1n,
        greatestMinor: 1_000_000_000n,
        multipleOfMinor: 1n,
        promptLifetimeMs,
      })),
      isInitiationIdempotent: name === 'mtn-momo',
      callbackTrust: name === 'mtn-momo' ? 'hint' : 'checked',
      canCancel: false,
      canRefund: false,
      canPayOut: false,
      ...rest,
    };
  }

  isAvailable(): boolean {
    return this.isUp;
  }

  circuit(): CircuitReport {
    return { state: this.isUp ? 'closed' : 'open', sinceMs: 0, retryAtMs: this.isUp ? null : 15_000 };
  }

  async initiate(attempt: Attempt): Promise<Initiation> {
    this.initiated.push(attempt);
    return this.answer === null ? accepted(attempt) : this.answer(attempt);
  }

  async fetchStatus(attempt: Attempt): Promise<Observation> {
    this.asked.push(attempt.reference);
    return observation({ source: 'status', ...this.truth(attempt) });
  }

  /** The body is an observation in JSON, with amounts as text. `forged` in it makes it one. */
  parseCallback(request: CallbackRequest): Callback {
    const text = Buffer.from(request.rawBody).toString('utf8');
    if (!text.startsWith('{')) return { kind: 'ignore', reason: 'not ours', token: null, acknowledgement: { ok: 0 } };
    const body = JSON.parse(text) as Record<string, string | boolean | null>;
    if (body['forged'] === true) return { kind: 'forged', reason: 'wrong signature' };
    const amount = body['amountMinor'];
    return {
      kind: 'observation',
      subject: 'payment',
      observation: observation({
        ...(body as Partial<Observation>),
        amountMinor: typeof amount === 'string' ? BigInt(amount) : null,
        source: 'callback',
        raw: text,
      }),
      token: null,
      reference: typeof body['reference'] === 'string' ? body['reference'] : null,
      providerReference: null,
      acknowledgement: { ok: 1 },
    };
  }
}

const ROUTES: readonly (readonly [Channel, string, string])[] = [
  ['MTN', 'GH', 'GHS'],
  ['TELECEL', 'GH', 'GHS'],
  ['AIRTELTIGO', 'GH', 'GHS'],
  ['MPESA', 'KE', 'KES'],
];

export function accepted(attempt: Attempt, rest: Partial<Initiation & { status: 'accepted' }> = {}): Initiation {
  return {
    status: 'accepted',
    providerReference: `prov-${attempt.reference.slice(0, 8)}`,
    next: { kind: 'prompt', text: null },
    observation: null,
    ...rest,
  };
}

export function observation(given: Partial<Observation>): Observation {
  return observe({ outcome: 'pending', raw: '{}', source: 'status', ...given });
}

/** Serves nobody by itself: clients bring credentials of their own. */
const OWN_ENTRY: ProviderEntry = {
  id: 'hubtel-own',
  adapter: 'hubtel',
  mode: 'test',
  endpoints: { baseUrl: 'https://provider.example', statusBaseUrl: 'https://provider.example' },
  credentials: null,
  only: null,
};

export interface TestPorts extends PaymentPorts {
  readonly called: OutgoingCallback[];
  readonly texts: { readonly phone: string; readonly text: string }[];
}

/** Ports where one scripted provider serves everything; callbacks out and messages are kept for the test to look at. */
export function installTestPorts(
  db: Database,
  provider: ScriptedProvider,
  options: { readonly sendsTexts?: boolean } = {},
): TestPorts {
  const called: OutgoingCallback[] = [];
  const texts: { phone: string; text: string }[] = [];
  const served = { account: 'scripted', provider, routes: provider.capabilities.routes };
  const ports: TestPorts = {
    called,
    texts,
    log: openLog('silent'),
    callbackOrigin: 'http://localhost:3000',
    providers: {
      of: async () => [served],
      choose: async (_, wanted) => {
        const route = served.routes.find(
          (one) => one.channel === wanted.channel && one.country === wanted.country && one.currency === wanted.currency,
        );
        return route === undefined ? null : { served, route };
      },
      at: async (_, account) => (account === served.account ? provider : null),
      deploymentNamed: (name) => (name === provider.name ? [provider] : []),
      entry: (id) => (id === OWN_ENTRY.id ? OWN_ENTRY : null),
      entriesOf: (mode) => (mode === OWN_ENTRY.mode ? [OWN_ENTRY] : []),
    },
    deliverCallback: async (_, callback) => {
      called.push(callback);
    },
    sendCode: async (message) => {
      texts.push(message);
      return options.sendsTexts === true;
    },
  };
  installPaymentPorts(db, ports);
  return ports;
}
