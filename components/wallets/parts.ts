import type { Lot, Wallet } from './types';

export interface BalancePart {
  readonly look: 'paid' | 'paid-held' | 'lots' | 'held';
  readonly label: string;
  readonly minor: number;
}

/** What a balance is made of: paid or promotional, free or held. The parts add up to it; what is nothing is left out. */
export function partsOf(
  { balance, promotional, held }: Pick<Wallet, 'balance' | 'promotional' | 'held'>,
  lots: readonly Pick<Lot, 'held'>[],
): readonly BalancePart[] {
  const lotsHeld = Math.min(
    held,
    promotional,
    lots.reduce((sum, lot) => sum + lot.held, 0),
  );
  const paidHeld = held - lotsHeld;
  const parts: readonly BalancePart[] = [
    { look: 'paid', label: 'Paid', minor: balance - promotional - paidHeld },
    { look: 'paid-held', label: 'Paid, held', minor: paidHeld },
    { look: 'lots', label: lotsHeld > 0 ? 'Promotional, free' : 'Promotional', minor: promotional - lotsHeld },
    { look: 'held', label: 'Promotional, held', minor: lotsHeld },
  ];
  return parts.filter(({ minor }) => minor > 0);
}
