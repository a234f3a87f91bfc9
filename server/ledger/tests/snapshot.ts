import type { AccountFact, ReferenceBooks } from './reference-books';

/** Everything of a tenant's books that must be equal in the end, as text in a fixed order. */
export interface Snapshot {
  readonly accounts: readonly string[];
  readonly lots: readonly string[];
  readonly holds: readonly string[];
}

export function accountLine(a: {
  name: string;
  status: string;
  balance: bigint | string;
  held: bigint | string;
  minimum: bigint | string;
  canOverdraw: boolean;
}): string {
  return `${a.name} ${a.status} ${a.balance} held ${a.held}, at least ${a.canOverdraw ? 'anything' : a.minimum} (${a.minimum})`;
}

export function lotLine(l: {
  id: string;
  free: unknown;
  held: unknown;
  used: unknown;
  expired: unknown;
  forfeited: unknown;
}): string {
  return `${l.id} free ${l.free} held ${l.held} used ${l.used} expired ${l.expired} forfeited ${l.forfeited}`;
}

export function holdLine(h: { id: string; status: string; captured: unknown }): string {
  return `${h.id} ${h.status} ${h.captured}`;
}

/** Accounts by id where they are wallets, by type and currency where they are the tenant's own. */
export function snapshotOf(books: ReferenceBooks): Snapshot {
  return {
    accounts: books.accounts
      .map(({ id }) => {
        const { minimum, canOverdraw } = books.account(id) as AccountFact;
        const [status, balance, held] = [books.status(id), books.balance(id), books.held(id)];
        return accountLine({ name: id, status, balance, held, minimum, canOverdraw });
      })
      .sort(),
    lots: books.grants
      .map((grant) =>
        lotLine({
          id: grant.lot,
          free: books.lotFree(grant),
          held: books.lotPinned(grant),
          used: books.lotTotal(grant.lot, 'use') - books.lotTotal(grant.lot, 'undo'),
          expired: books.lotTotal(grant.lot, 'expire'),
          forfeited: books.lotTotal(grant.lot, 'forfeit'),
        }),
      )
      .sort(),
    holds: books.holds
      .map(({ id }) => {
        const end = books.end(id);
        return holdLine({ id, status: end?.how ?? 'active', captured: end?.captured ?? 0n });
      })
      .sort(),
  };
}
