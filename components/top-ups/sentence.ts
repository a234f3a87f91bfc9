import { failureWords } from '@/components/payments/names';
import type { Sentence } from '@/components/payments/sentence';
import { formatMinor } from '@/contracts/money';
import type { TopUp } from './request';

export function topUpSentence(
  topUp: Pick<TopUp, 'status' | 'amount' | 'currency' | 'attempts' | 'failure_code' | 'source'>,
  customer: string | null,
): Sentence {
  const who = customer ?? 'The customer';
  const amount = formatMinor(BigInt(topUp.amount), topUp.currency);
  const nothing = 'Nothing is in the wallet.';
  const say = (before: string, after: string, more: string): Sentence => ({ before, amount, after, more });
  switch (topUp.status) {
    case 'succeeded':
      return say(`${who} topped up `, '.', triesOf(topUp.attempts));
    case 'refunded':
      return say(`${who} topped up `, ', and it went back.', 'It is out of the wallet again.');
    case 'processing':
    case 'pending':
      return say(`${who} is being asked for `, '.', `${nothing} The payment is under way.`);
    case 'in_reconciliation':
      return say(`We do not know yet whether ${who} paid `, '.', `${nothing} No second try is let in meanwhile.`);
    case 'failed':
      return say(
        `${who} tried to top up `,
        ', and it did not work.',
        `${failureWords(topUp.failure_code ?? 'declined')}${topUp.source === 'checkout' ? ' The link still works for another try.' : ''}`,
      );
    case 'canceled':
      return say(`The top-up of `, ` by ${customer ?? 'the customer'} was called off.`, nothing);
    case 'expired':
      return say(`${who} did not pay `, ' before the link ran out.', nothing);
    default:
      return say(
        `${who} has not paid `,
        ' yet.',
        topUp.source === 'checkout' ? 'The link waits to be opened.' : nothing,
      );
  }
}

function triesOf(attempts: number): string {
  return attempts <= 1 ? 'The first try worked.' : `It took ${attempts} tries.`;
}

/** Whether the link can still be ended: nobody paid, nobody is paying. */
export function canExpire({ status, source }: Pick<TopUp, 'status' | 'source'>): boolean {
  return source === 'checkout' && (status === 'created' || status === 'failed');
}
