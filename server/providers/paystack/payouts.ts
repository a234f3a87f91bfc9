import { plainText, rejected, unknownInitiation } from '../answers';
import type { HttpResult } from '../http';
import { fieldsOf, textOf } from '../json';
import type { Call, Initiation, Observation, Payout } from '../provider';
import { isTaken, messageOf, type PaystackApi, refusalOf } from './api';
import { observationOfMovement } from './codes';
import { localNumber, transferBankOf } from './networks';

/** A recipient is made first, then paid; the transfer's reference is ours, so a second one is refused, not paid. */
export async function startPayout(api: PaystackApi, payout: Payout, call: Call): Promise<Initiation> {
  const account = localNumber(payout.phone, payout.country);
  const bank = transferBankOf(payout.channel);
  if (account === null || bank === null) return rejected('not_allowed', null, 'No mobile money is paid out to there.');
  const made = await api.post(
    'recipient',
    '/transferrecipient',
    {
      type: 'mobile_money',
      name: plainText(payout.payeeName, 100),
      account_number: account,
      bank_code: bank,
      currency: payout.currency,
    },
    call,
  );
  // A recipient is a name in a list: without it nothing was paid, whatever became of the request.
  const recipient = made.kind === 'answered' ? textOf(fieldsOf(fieldsOf(made.json)['data'])['recipient_code']) : null;
  if (recipient === null) return noRecipient(made);
  const body = {
    source: 'balance',
    amount: payout.amountMinor,
    currency: payout.currency,
    recipient,
    reference: payout.reference,
    reason: plainText(payout.reason, 100),
  };
  const result = await api.post('pay_out', '/transfer', body, call);
  // Paid out by an earlier try: the transfer is there, and its status is the answer.
  if (result.kind === 'answered' && isTaken(result)) {
    const observation = await readPayout(api, payout, call);
    if (observation.outcome === 'unknown') return unknownInitiation('no_answer', messageOf(result));
    return { status: 'accepted', providerReference: observation.providerReference, next: null, observation };
  }
  return api.movementStarted(result, 'transfer_code');
}

export async function readPayout(api: PaystackApi, payout: Payout, call: Call): Promise<Observation> {
  const result = await api.get('payout_status', `/transfer/verify/${payout.reference}`, call);
  const found = api.found(result, payout.startedAtMs);
  if (found.data === null) return found.observation;
  return observationOfMovement(found.data, textOf(found.data['transfer_code']), 'status', found.raw);
}

function noRecipient(result: HttpResult): Initiation {
  if (result.kind !== 'answered') return rejected('provider_unavailable', null, result.reason, true);
  return refusalOf(result) ?? rejected('provider_unavailable', String(result.status), messageOf(result), true);
}
