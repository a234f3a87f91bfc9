import type { Channel } from '@/contracts/channels';
import { formatMajor } from '@/contracts/money';
import type { Payment } from '@/server/payments/payment-row';
import type { ProviderDirectory } from '@/server/payments/ports';
import { observe } from '@/server/providers/answers';
import type {
  Attempt,
  Callback,
  Initiation,
  Observation,
  Provider,
  ProviderName,
  Route,
} from '@/server/providers/provider';
import type { Served } from '@/server/providers/registry';
import type { Ending } from './acts';

interface Script {
  readonly name: ProviderName;
  /** As the simulator's entry is called, so that a payment that is open at the end is asked about there. */
  readonly account: string;
  readonly channels: readonly Channel[];
  readonly country: string;
  readonly currency: string;
  readonly multipleOfMinor: bigint;
}

const SCRIPTS: readonly Script[] = [
  {
    name: 'mtn-momo',
    account: 'mtn-momo-ghana',
    channels: ['MTN'],
    country: 'GH',
    currency: 'GHS',
    multipleOfMinor: 1n,
  },
  {
    name: 'hubtel',
    account: 'hubtel',
    channels: ['TELECEL', 'AIRTELTIGO'],
    country: 'GH',
    currency: 'GHS',
    multipleOfMinor: 1n,
  },
  { name: 'daraja', account: 'daraja', channels: ['MPESA'], country: 'KE', currency: 'KES', multipleOfMinor: 100n },
];

const PROMPT_MS = 300_000;

/** Networks that answer as the story says, in this process: nothing goes over any wire. */
export class ScriptedProviders {
  /** References of requests that nobody ever answers. */
  readonly unanswered = new Set<string>();
  readonly #served: readonly Served[] = SCRIPTS.map((script) => {
    const provider = new ScriptedProvider(script, this.unanswered);
    return { account: script.account, provider, routes: provider.capabilities.routes };
  });

  directory(): ProviderDirectory {
    const find = (account: string): Served | undefined => this.#served.find((one) => one.account === account);
    return {
      of: async () => this.#served,
      choose: async (_, wanted) => {
        for (const served of this.#served) {
          const route = served.routes.find(
            ({ channel, country, currency }) =>
              channel === wanted.channel && country === wanted.country && currency === wanted.currency,
          );
          if (route !== undefined) return { served, route };
        }
        return null;
      },
      at: async (_, account) => find(account)?.provider ?? null,
      deploymentNamed: (name) =>
        this.#served.filter(({ provider }) => provider.name === name).map(({ provider }) => provider),
      entry: () => null,
      entriesOf: () => [],
    };
  }
}

class ScriptedProvider implements Provider {
  readonly name: ProviderName;
  readonly capabilities: Provider['capabilities'];

  constructor(
    script: Script,
    private readonly unanswered: ReadonlySet<string>,
  ) {
    this.name = script.name;
    this.capabilities = {
      routes: script.channels.map(
        (channel): Route => ({
          channel,
          country: script.country,
          currency: script.currency,
          leastMinor: script.multipleOfMinor,
          greatestMinor: 50_000_000n,
          multipleOfMinor: script.multipleOfMinor,
          promptLifetimeMs: PROMPT_MS,
        }),
      ),
      isInitiationIdempotent: script.name === 'mtn-momo',
      callbackTrust: script.name === 'mtn-momo' ? 'hint' : 'checked',
      canCancel: false,
      canRefund: false,
      canPayOut: false,
    };
  }

  isAvailable(): boolean {
    return true;
  }

  circuit(): ReturnType<Provider['circuit']> {
    return { state: 'closed', sinceMs: 0, retryAtMs: null };
  }

  async initiate(attempt: Attempt): Promise<Initiation> {
    if (this.unanswered.has(attempt.accountReference)) {
      return { status: 'unknown', reason: 'no_answer', providerCode: null, message: 'No answer within 20 seconds' };
    }
    const providerReference = providerReferenceOf(this.name, attempt.reference);
    const raw = JSON.stringify(acceptanceOf(this.name, attempt.reference, providerReference));
    return {
      status: 'accepted',
      providerReference,
      next: { kind: 'prompt', text: null },
      observation: observe({ outcome: 'pending', providerReference, raw, source: 'initiation' }),
    };
  }

  async fetchStatus(): Promise<Observation> {
    return observe({ outcome: 'unknown', message: 'No answer within 20 seconds', raw: '', source: 'status' });
  }

  parseCallback(): Callback {
    return { kind: 'ignore', reason: 'nobody calls', token: null, acknowledgement: null };
  }
}

/** What a network says of a payment at last, in its own words. */
export function newsOf(
  payment: Payment,
  ending: Exclude<Ending, { kind: 'silent' }>,
  receipt: string | null,
  atMs: number,
): Observation {
  const { provider, phone, currency } = payment;
  const amountMinor = ending.kind === 'other_amount' ? ending.amountMinor : payment.chargedMinor;
  const isPaid = ending.kind === 'paid' || ending.kind === 'other_amount';
  const [providerCode, message] = wordsOf(provider, ending);
  const raw = JSON.stringify(
    messageOf(payment, { code: providerCode, message, receipt, amount: formatMajor(amountMinor, currency) }),
  );
  return observe({
    outcome: isPaid ? 'succeeded' : 'failed',
    code: ending.kind === 'unpaid' ? ending.code : null,
    providerCode,
    message,
    receipt,
    amountMinor: isPaid ? amountMinor : null,
    currency: isPaid ? currency : null,
    phone: isPaid ? phone : null,
    occurredAtMs: atMs,
    isReversed: ending.kind === 'taken_back',
    raw,
    source: 'status',
  });
}

function providerReferenceOf(name: ProviderName, reference: string): string {
  const hex = reference.replaceAll('-', '');
  return name === 'daraja' ? `ws_CO_${hex.slice(0, 18)}` : hex.slice(0, 24);
}

function acceptanceOf(name: ProviderName, reference: string, providerReference: string): Record<string, string> {
  switch (name) {
    case 'daraja':
      return {
        MerchantRequestID: reference.slice(0, 18),
        CheckoutRequestID: providerReference,
        ResponseCode: '0',
        ResponseDescription: 'Success. Request accepted for processing',
      };
    case 'hubtel':
      return {
        Message: 'Transaction pending. Expect callback request for final state',
        ResponseCode: '0001',
        TransactionId: providerReference,
      };
    default:
      return { status: 'PENDING', externalId: reference };
  }
}

function wordsOf(
  name: ProviderName,
  ending: Exclude<Ending, { kind: 'silent' }>,
): readonly [code: string, message: string] {
  const isPaid = ending.kind === 'paid' || ending.kind === 'other_amount';
  const failure = ending.kind === 'unpaid' ? ending.code : null;
  switch (name) {
    case 'daraja':
      if (isPaid) return ['0', 'The service request is processed successfully.'];
      if (failure === 'insufficient_funds') return ['1', 'The balance is insufficient for the transaction.'];
      if (failure === 'expired') return ['1037', 'DS timeout user cannot be reached.'];
      if (failure === 'cancelled') return ['1032', 'Request canceled by user.'];
      if (failure === 'wrong_pin') return ['2001', 'The initiator information is invalid.'];
      return failure === null ? ['21', 'The transaction was reversed.'] : ['17', 'The limit of the payer is reached.'];
    case 'hubtel':
      if (isPaid) return ['0000', 'success'];
      if (failure === null) return ['2100', 'The transaction was reversed.'];
      return [
        '2001',
        failure === 'insufficient_funds' ? 'FAILED: insufficient funds' : `FAILED: ${failure.replaceAll('_', ' ')}`,
      ];
    default:
      if (isPaid) return ['SUCCESSFUL', 'SUCCESSFUL'];
      if (failure === 'insufficient_funds')
        return ['LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED', 'The payer has too little'];
      if (failure === 'expired') return ['EXPIRED', 'The payer did not answer in time'];
      if (failure === null) return ['REVERSED', 'The transaction was taken back'];
      return ['APPROVAL_REJECTED', `The payer: ${failure.replaceAll('_', ' ')}`];
  }
}

function messageOf(
  { provider, attemptReference, providerReference, phone, currency }: Payment,
  said: { readonly code: string; readonly message: string; readonly receipt: string | null; readonly amount: string },
): Record<string, unknown> {
  switch (provider) {
    case 'daraja':
      return {
        Body: {
          stkCallback: {
            CheckoutRequestID: providerReference,
            ResultCode: Number(said.code),
            ResultDesc: said.message,
            ...(said.receipt !== null && {
              CallbackMetadata: {
                Item: [
                  { Name: 'Amount', Value: said.amount },
                  { Name: 'MpesaReceiptNumber', Value: said.receipt },
                  { Name: 'PhoneNumber', Value: phone },
                ],
              },
            }),
          },
        },
      };
    case 'hubtel':
      return {
        ResponseCode: said.code,
        Message: said.message,
        Data: {
          TransactionId: providerReference,
          ClientReference: attemptReference,
          Amount: said.amount,
          ExternalTransactionId: said.receipt,
        },
      };
    default:
      return {
        externalId: attemptReference,
        amount: said.amount,
        currency,
        financialTransactionId: said.receipt,
        payer: { partyIdType: 'MSISDN', partyId: phone },
        status: said.code,
      };
  }
}
