import type { AccountStatus, LotUse, ServiceVersion, Share } from '../core/types';

/**
 * The reference ledger's memory: facts in the order they happened, and nothing that could be computed from them. Every
 * balance is a sum over all moves, every lot a sum over what was done to it, every order a sort at its use. Slow and
 * obvious on purpose; written from ledger.md, postings.md and the spec's decisions, not from the core.
 */
export interface LotMove {
  readonly lot: string;
  readonly use: LotUse['use'];
  readonly amount: bigint;
}

export interface Move {
  readonly account: string;
  /** Credit-positive. */
  readonly amount: bigint;
  readonly lots: readonly LotMove[];
}

export interface JournalFact {
  readonly id: string;
  readonly kind: string;
  readonly account: string;
  readonly operation: string;
  readonly reference: string | null;
  /** What a repeated reference must agree with. */
  readonly terms: string;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly tax: bigint;
  readonly reversalOf: string | null;
  readonly moves: readonly Move[];
}

export interface AccountFact {
  readonly id: string;
  readonly currency: string;
  readonly minimum: bigint;
  readonly canOverdraw: boolean;
  readonly isSystem: boolean;
  readonly isWallet: boolean;
}

export interface GrantFact {
  readonly lot: string;
  readonly account: string;
  readonly priority: number;
  readonly expiresAtMs: number | null;
}

export interface HoldFact {
  readonly id: string;
  readonly account: string;
  readonly amount: bigint;
  readonly reference: string | null;
  readonly expiresAtMs: number;
  readonly pins: readonly Share[];
}

export interface HoldEnd {
  readonly hold: string;
  readonly how: 'captured' | 'voided' | 'expired';
  readonly captured: bigint;
}

const PAID_PRIORITY = 50;
const SIGN: Record<LotUse['use'], bigint> = { grant: 1n, undo: 1n, use: -1n, expire: -1n, forfeit: -1n };

export class ReferenceBooks {
  readonly accounts: AccountFact[] = [];
  readonly journals: JournalFact[] = [];
  readonly grants: GrantFact[] = [];
  readonly holds: HoldFact[] = [];
  readonly holdEnds: HoldEnd[] = [];
  readonly statuses: { readonly account: string; readonly status: AccountStatus }[] = [];
  readonly limits: { readonly account: string; readonly minimum: bigint; readonly canOverdraw: boolean }[] = [];
  readonly usages: {
    readonly service: string;
    readonly account: string;
    readonly atMs: number;
    readonly amount: bigint;
  }[] = [];

  moves(): Move[] {
    return this.journals.flatMap((journal) => journal.moves);
  }

  /** As it was opened, under the limits it was given last. */
  account(id: string): AccountFact | null {
    const opened = this.accounts.find((account) => account.id === id);
    const limits = this.limits.filter((change) => change.account === id).at(-1);
    return opened === undefined ? null : { ...opened, ...limits };
  }

  status(account: string): AccountStatus {
    return this.statuses.filter((change) => change.account === account).at(-1)?.status ?? 'active';
  }

  balance(account: string): bigint {
    return sum(
      this.moves()
        .filter((move) => move.account === account)
        .map((move) => move.amount),
    );
  }

  end(hold: string): HoldEnd | null {
    return this.holdEnds.find((end) => end.hold === hold) ?? null;
  }

  activeHolds(account: string): HoldFact[] {
    return this.holds.filter((hold) => hold.account === account && this.end(hold.id) === null);
  }

  held(account: string): bigint {
    return sum(this.activeHolds(account).map((hold) => hold.amount));
  }

  /** Balance less holds less the minimum balance. */
  available(account: AccountFact): bigint {
    return this.balance(account.id) - this.held(account.id) - account.minimum;
  }

  lotMoves(lot: string): LotMove[] {
    return this.moves().flatMap((move) => move.lots.filter((part) => part.lot === lot));
  }

  /** Everything ever done to a lot, of one use. */
  lotTotal(lot: string, use: LotUse['use']): bigint {
    return sum(
      this.lotMoves(lot)
        .filter((part) => part.use === use)
        .map((part) => part.amount),
    );
  }

  /** What a lot has left, what holds pin included. */
  lotOpen(lot: string): bigint {
    return sum(this.lotMoves(lot).map((part) => SIGN[part.use] * part.amount));
  }

  lotPinned(grant: GrantFact): bigint {
    return sum(
      this.activeHolds(grant.account)
        .flatMap((hold) => hold.pins)
        .filter((pin) => pin.lotId === grant.lot)
        .map((pin) => pin.amountMinor),
    );
  }

  lotFree(grant: GrantFact): bigint {
    return this.lotOpen(grant.lot) - this.lotPinned(grant);
  }

  grantsOf(account: string): GrantFact[] {
    return this.grants.filter((grant) => grant.account === account);
  }

  /** Paid remainder: balance − Σ open lots; free of holds when their paid part is taken off too. */
  freePaid(account: string): bigint {
    const promotional = sum(this.grantsOf(account).map((grant) => this.lotOpen(grant.lot)));
    const paidHeld = sum(
      this.activeHolds(account)
        .flatMap((hold) => hold.pins)
        .filter((pin) => pin.lotId === null)
        .map((pin) => pin.amountMinor),
    );
    return this.balance(account) - promotional - paidHeld;
  }

  /**
   * Spec decision 16: priority ascending (paid money has the default, 50), then soonest expiry, then promotional before
   * paid, then oldest. What nothing covers is an overdraft of paid money.
   */
  consume(account: string, amount: bigint): Share[] {
    const pots = this.grantsOf(account).map((grant, age) => ({
      lotId: grant.lot as string | null,
      free: this.lotFree(grant),
      order: [grant.priority, grant.expiresAtMs ?? Number.MAX_SAFE_INTEGER, 0, age],
    }));
    pots.push({ lotId: null, free: this.freePaid(account), order: [PAID_PRIORITY, Number.MAX_SAFE_INTEGER, 1, 0] });
    pots.sort((a, b) => compareInTurn(a.order, b.order));
    const shares: Share[] = [];
    let missing = amount;
    for (const pot of pots) {
      const part = pot.free < missing ? pot.free : missing;
      if (part <= 0n) continue;
      shares.push({ lotId: pot.lotId, amountMinor: part });
      missing -= part;
    }
    if (missing > 0n) shares.push({ lotId: null, amountMinor: missing });
    return shares;
  }

  /** What a service let through for an account in the UTC day or month of a moment. */
  used(service: ServiceVersion, account: string, nowMs: number, length: 'day' | 'month'): bigint {
    const digits = length === 'day' ? 10 : 7;
    const period = new Date(nowMs).toISOString().slice(0, digits);
    return sum(
      this.usages
        .filter((u) => u.service === service.serviceId && u.account === account)
        .filter((u) => new Date(u.atMs).toISOString().slice(0, digits) === period)
        .map((u) => u.amount),
    );
  }
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function compareInTurn(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
