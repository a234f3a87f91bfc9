import { typeWords } from '@/components/accounts/types';
import type { JournalObject } from '@/contracts/journals';

export type Leg = JournalObject['legs'][number];

/** Two entries that face each other. */
export interface Pair {
  readonly key: number;
  readonly debit: Leg | null;
  readonly credit: Leg | null;
}

/** The event itself, then its fee and the tax on it. */
export function groupsOf(legs: readonly Leg[]): {
  readonly principal: readonly Pair[];
  readonly charges: readonly Pair[];
} {
  return {
    principal: pairsOf(legs.filter(({ part }) => part === 'principal')),
    charges: pairsOf(legs.filter(({ part }) => part !== 'principal')),
  };
}

/** Legs 1 and 2, 3 and 4 … are one movement each. */
function pairsOf(legs: readonly Leg[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i < legs.length; i += 2) {
    const two = legs.slice(i, i + 2);
    const key = two[0]?.leg ?? i;
    const debits = two.filter(({ side }) => side === 'debit');
    const credits = two.filter(({ side }) => side === 'credit');
    for (let row = 0; row < Math.max(debits.length, credits.length); row += 1) {
      pairs.push({ key: key + row, debit: debits[row] ?? null, credit: credits[row] ?? null });
    }
  }
  return pairs;
}

const BECAUSE = { owed: 'owed, so Cr', held: 'held for us, so Dr', spent: 'spent, so Dr' } as const;

/** `Wallets and collections are owed, so Cr; clearing is held for us, so Dr.` */
export function balancesInWords(legs: readonly Leg[]): string {
  const clauses = (['owed', 'held', 'spent'] as const).flatMap((nature) => {
    const names = new Set(
      legs
        .map(({ account }) => typeWords(account.type))
        .filter((words) => words.nature === nature)
        .map(({ many }) => many),
    );
    if (names.size === 0) return [];
    const [only] = names;
    const isOne = names.size === 1 && only !== undefined && !only.endsWith('s') && !only.includes('due');
    return [`${joined([...names])} ${isOne ? 'is' : 'are'} ${BECAUSE[nature]}`];
  });
  const text = clauses.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
