import { failureWords, maskPhone, providerName } from '@/components/payments/names';
import type { Sentence } from '@/components/payments/sentence';
import { formatMinor } from '@/contracts/money';
import type { ListedRefund } from './request';

/** @param payer the name behind the payment, where the page knows it */
export function payeeOf({ destination }: Pick<ListedRefund, 'destination'>, payer: string | null): string {
  if (destination !== null) return destination.name;
  return payer ?? 'the payer';
}

export function refundSentence(refund: ListedRefund, payer: string | null): Sentence {
  const amount = formatMinor(BigInt(refund.amount), refund.currency);
  const who = payeeOf(refund, payer);
  const provider = refund.provider === null ? 'outside' : providerName(refund.provider);
  const place = { wallet: 'the wallet', collections: 'your collections', due: 'what the closed wallet left due' }[
    refund.source
  ];
  switch (refund.status) {
    case 'succeeded':
      return {
        before: `${sentenceCase(who)} was given back `,
        amount,
        after: refund.method === 'recorded' ? ', outside of Pesewa.' : ` through ${provider}.`,
        more: `It came out of ${place}.`,
      };
    case 'failed':
      return {
        before: `${sentenceCase(who)} was not given back `,
        amount,
        after: '.',
        more: `${failureWords(refund.failure_code ?? 'declined')} The money is back in ${place}.`,
      };
    case 'in_reconciliation':
      return {
        before: `We do not know yet whether ${who} was given back `,
        amount,
        after: '.',
        more: `It is out of ${place}, and ${provider} does not say whether it arrived.`,
      };
    case 'submitted':
      return {
        before: `${sentenceCase(who)} is being given back `,
        amount,
        after: ` through ${provider}.`,
        more: `It is out of ${place}, and sent. ${provider} has not confirmed it.`,
      };
    default:
      return {
        before: `${sentenceCase(who)} is about to be given back `,
        amount,
        after: '.',
        more: `It is out of ${place}, so nobody can spend it, and not sent yet.`,
      };
  }
}

/** Where a payout goes, or that it goes back as it came. */
export function wayOf({ method, way, destination, provider }: ListedRefund): string {
  if (method === 'recorded') return 'Paid outside, recorded here';
  const through = provider === null ? '' : ` by ${providerName(provider)}`;
  if (way === 'payout') return `Payout${destination === null ? '' : ` to ${maskPhone(destination.phone)}`}${through}`;
  return `Undone${through}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
