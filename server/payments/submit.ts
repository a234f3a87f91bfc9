import { transact } from '@/server/kernel/transaction';
import { observe as bareObservation } from '@/server/providers/answers';
import type { Exchange } from '@/server/providers/exchange';
import type { Initiation, Observation, Provider } from '@/server/providers/provider';
import { addCallbackToken, attemptOf, providerOf, recorder, withExchanges } from './attempt';
import { move, nowOf, observe, type Submission } from './observe';
import type { Payment } from './payment-row';
import { loadPayment } from './read';
import type { Verdict } from './reduce';
import type { Mover, PaymentServices } from './services';

export interface SubmitOptions {
  /** A saved card: charged without its owner. */
  readonly savedMethodToken?: string | null;
  /** The code that the payer was sent by the provider. */
  readonly otp?: string;
}

/**
 * Calls the provider for a payment that is stored, and folds the answer in. May be called again after a crash only where
 * the provider sorts repetitions out (`isInitiationIdempotent`).
 */
export async function submitToProvider(
  services: PaymentServices,
  payment: Payment,
  mover: Mover,
  options: SubmitOptions = {},
): Promise<Payment> {
  const provider = await providerOf(services, payment);
  if (provider === null) throw new Error(`No adapter is configured for ${payment.providerAccount}.`);
  const token = await addCallbackToken(services, payment);
  // Canceled between its first row and now: nobody is asked.
  if (token === null) return (await loadPayment(services.db.pool, payment.tenantId, payment.id)) ?? payment;
  const exchanges: Exchange[] = [];
  const initiation = await call(provider, services, payment, token, options, exchanges);
  return fold(services, payment, provider, initiation, exchanges, mover);
}

async function call(
  provider: Provider,
  services: PaymentServices,
  payment: Payment,
  token: string,
  { savedMethodToken = null, otp }: SubmitOptions,
  exchanges: Exchange[],
): Promise<Initiation> {
  const attempt = attemptOf(services, payment, token);
  const how = recorder(exchanges);
  if (otp !== undefined) {
    if (provider.submitOtp === undefined) throw new Error(`${provider.name} takes no codes.`);
    return provider.submitOtp(attempt, otp, how);
  }
  if (savedMethodToken === null) return provider.initiate(attempt, how);
  if (provider.chargeSaved === undefined) throw new Error(`${provider.name} charges no saved methods.`);
  return provider.chargeSaved(attempt, savedMethodToken, how);
}

/** The provider's first answer. Silence moves nothing: the payment stays `submitting` until the truth is known. */
async function fold(
  services: PaymentServices,
  payment: Payment,
  provider: Provider,
  initiation: Initiation,
  exchanges: readonly Exchange[],
  mover: Mover,
): Promise<Payment> {
  const observation = withExchanges(observationOf(initiation), exchanges);
  const isAccepted = initiation.status === 'accepted';
  const submission: Submission = {
    // A refusal never reached the payer: the request was not made, as far as anybody outside can tell.
    wasMade: initiation.status !== 'rejected',
    providerReference: isAccepted ? initiation.providerReference : null,
    nextStep: isAccepted ? initiation.next : null,
  };
  const { payment: observed } = await observe(services, payment, observation, provider, mover, submission);
  if (!isAccepted || observed.state !== 'submitting') return observed;
  // Taken, with an answer that says nothing of how it stands.
  return transact(services.db, async (tx) => {
    const locked = await loadPayment(tx, payment.tenantId, payment.id, true);
    if (locked === null || locked.state !== 'submitting') return locked ?? observed;
    const verdict: Verdict = {
      to: 'pending',
      posting: null,
      cause: 'provider_accepted',
      failure: null,
      mustAsk: false,
    };
    return move(services, tx, locked, {
      verdict,
      posted: null,
      observation: null,
      mover,
      nowMs: nowOf(services, locked),
    });
  });
}

/** What an answer to an initiation says about how the payment stands. */
function observationOf(initiation: Initiation): Observation {
  const nothing = bareObservation({ outcome: 'unknown', raw: '', source: 'initiation' });
  switch (initiation.status) {
    case 'accepted':
      return (
        initiation.observation ?? { ...nothing, outcome: 'pending', providerReference: initiation.providerReference }
      );
    case 'rejected':
      return {
        ...nothing,
        outcome: 'failed',
        code: initiation.code,
        providerCode: initiation.providerCode,
        message: initiation.message,
      };
    case 'unknown':
      return { ...nothing, providerCode: initiation.providerCode, message: initiation.message };
  }
}
