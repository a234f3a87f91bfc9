import { providerName } from '@/components/payments/names';
import type { ApprovalObject } from '@/contracts/approvals';

/** What is known of an act wherever it is named: a list of what waits knows no effect. */
export type Act = Pick<ApprovalObject, 'verb' | 'target' | 'client' | 'amount' | 'currency'> & {
  readonly effect?: ApprovalObject['effect'];
};

export interface Sum {
  readonly minor: number;
  readonly currency: string;
}

/** How much would move: of a promotion over several currencies, what each of them would cost. */
export function sumsOf({ verb, amount, currency, effect }: Act): readonly Sum[] {
  if (amount !== null && currency !== null) return [{ minor: amount, currency }];
  if (verb !== 'promotion') return [];
  return (effect?.balances ?? []).map((balance) => ({ minor: Math.abs(balance.change), currency: balance.currency }));
}

const KINDS: Readonly<Record<string, string>> = {
  topup: 'top-up',
  late_topup: 'top-up',
  credit: 'credit',
  debit: 'debit',
  payment: 'payment',
  transfer: 'transfer',
  refund: 'refund',
};

/** `Credit Kofi Boateng’s wallet`: what would be done, to what, as an order. */
export function titleOf(act: Act): string {
  const { verb, target, client, effect } = act;
  const { name } = target;
  const after = effect?.after ?? null;
  switch (verb) {
    case 'credit':
      if (target.type !== 'wallet') return `Credit ${name ?? 'an account'}`;
      return name === null ? 'Credit a wallet' : `Credit ${name}’s wallet`;
    case 'reversal': {
      const kind = KINDS[String(effect?.before?.['kind'])] ?? 'transaction';
      return name === null ? `Reverse a ${kind}` : `Reverse ${name}’s ${kind}`;
    }
    case 'refund':
      return name === null ? 'Refund a payment' : `Refund ${name}`;
    case 'promotion': {
      const rows = after?.['rows'];
      if (typeof rows === 'number') return `Issue ${rows} promotional ${rows === 1 ? 'credit' : 'credits'}`;
      return name === null ? 'Issue promotional credits' : `Issue the credits of ${name}`;
    }
    case 'service_change':
      return `Change ${name ?? target.id}`;
    case 'payout_destination':
      return effect !== undefined && after === null
        ? `Remove the credentials at ${providerName(target.id)}`
        : `Set the credentials at ${providerName(target.id)}`;
    case 'policy_change':
      return `Change ${client.name}’s approval policy`;
  }
}

const NOUNS: Readonly<Record<ApprovalObject['verb'], string>> = {
  credit: 'credit',
  reversal: 'reversal',
  refund: 'refund',
  promotion: 'promotion',
  service_change: 'service change',
  payout_destination: 'credentials',
  policy_change: 'policy change',
};

/** `credit`, `policy change`: the kind of act, within a sentence. */
export function nounOf(verb: ApprovalObject['verb']): string {
  return NOUNS[verb];
}

const EVERY: Readonly<Record<ApprovalObject['verb'], string>> = {
  credit: 'Manual credits',
  reversal: 'Reversals',
  refund: 'Refunds',
  promotion: 'Promotions',
  service_change: 'Changes of a service’s fees and limits',
  payout_destination: 'Changes of credentials at payment providers',
  policy_change: 'Changes of this policy',
};

/** `Manual credits`: all acts of a kind, at the beginning of a sentence. */
export function allOf(verb: ApprovalObject['verb']): string {
  return EVERY[verb];
}

/** Whether it gives promotional money, which is told in gold. */
export function isPromotional(act: Pick<ApprovalObject, 'verb'> & { readonly operation?: string }): boolean {
  return act.verb === 'promotion' || act.operation === 'creditWallet';
}
