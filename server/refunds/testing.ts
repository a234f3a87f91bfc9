import { ScriptedProvider } from '@/server/payments/testing';
import { observe } from '@/server/providers/answers';
import type {
  Callback,
  CallbackRequest,
  Initiation,
  Observation,
  Payout,
  Provider,
  ProviderName,
  Refund,
} from '@/server/providers/provider';

type Sent = Pick<Refund, 'reference' | 'amountMinor'>;

/** For tests: a provider that gives money back, and counts what really left it. */
export class RefundingProvider extends ScriptedProvider implements Provider {
  /** Every request that arrived, by our reference; paid, as far as nothing else is said. */
  readonly arrived: { readonly reference: string; readonly amountMinor: bigint; readonly phone: string | null }[] = [];
  readonly askedAbout: string[] = [];
  /** What the sending is answered with, once it arrived; accepted unless set. */
  reply: (sent: Sent) => Initiation = ({ reference }) => startedAs(reference);
  /** Whether a request gets there at all; else the answer to it. */
  intercept: ((sent: Sent) => Initiation | null) | null = null;
  /** How something that arrived stands. */
  movement: (sent: Sent) => Partial<Observation> = () => ({ outcome: 'pending' });

  constructor(name: ProviderName = 'paystack', can: { readonly refund?: boolean; readonly payOut?: boolean } = {}) {
    super(name, {
      canRefund: can.refund ?? true,
      canPayOut: can.payOut ?? true,
      callbackTrust: name === 'paystack' ? 'signed' : 'checked',
    });
  }

  async refund(refund: Refund): Promise<Initiation> {
    return this.#take({ reference: refund.reference, amountMinor: refund.amountMinor, phone: null });
  }

  async payOut(payout: Payout): Promise<Initiation> {
    return this.#take({ reference: payout.reference, amountMinor: payout.amountMinor, phone: payout.phone });
  }

  async fetchRefundStatus(refund: Refund): Promise<Observation> {
    return this.#statusOf(refund);
  }

  async fetchPayoutStatus(payout: Payout): Promise<Observation> {
    return this.#statusOf(payout);
  }

  /** `subject` in the body makes a message one about a refund or a payout. */
  override parseCallback(request: CallbackRequest): Callback {
    const callback = super.parseCallback(request);
    if (callback.kind !== 'observation') return callback;
    const { subject } = JSON.parse(Buffer.from(request.rawBody).toString('utf8')) as { subject?: 'refund' | 'payout' };
    return { ...callback, subject: subject ?? 'payment' };
  }

  #take(sent: RefundingProvider['arrived'][number]): Initiation {
    const intercepted = this.intercept?.(sent) ?? null;
    if (intercepted !== null) return intercepted;
    this.arrived.push(sent);
    return this.reply(sent);
  }

  #statusOf(sent: Sent): Observation {
    this.askedAbout.push(sent.reference);
    const said = this.arrived.some(({ reference }) => reference === sent.reference)
      ? this.movement(sent)
      : ({ outcome: 'unknown', message: 'No such thing.' } as const);
    return observe({ outcome: 'pending', raw: '{}', source: 'status', ...said });
  }
}

export function startedAs(reference: string): Initiation & { readonly status: 'accepted' } {
  return { status: 'accepted', providerReference: `prov-${reference.slice(0, 8)}`, next: null, observation: null };
}
