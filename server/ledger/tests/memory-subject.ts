import { decide } from '../core/decide';
import { GENESIS_HASH } from '../core/hash';
import { LedgerState } from '../core/state';
import { type Account, type AccountType, type Command, type Outcome, SYSTEM_ACCOUNT_TYPES } from '../core/types';
import { idSource } from '../ids';
import type { Subject } from './differential';
import { servicesFor, type WalletKind } from './plans';
import { systemId } from './reference-answers';
import { accountLine, holdLine, lotLine, type Snapshot } from './snapshot';
import { makeWorld, type World } from './world';

const OVERDRAWN = new Set<AccountType>(['PROMOTION_EXPENSE', 'EXTERNAL_SETTLEMENT', 'PROVIDER_CLEARING']);

type Decide = typeof decide;

/** The core alone, its state kept in memory: for unit tests of the core and for cores that are broken on purpose. */
export class MemorySubject implements Subject {
  private readonly state: LedgerState;
  private readonly ids = idSource(1);
  private nowMs = 0;

  constructor(
    makeState: () => LedgerState = () => new LedgerState(),
    private readonly decideBatch: Decide = decide,
  ) {
    this.state = makeState();
  }

  nextId(): string {
    return this.ids();
  }

  setNow(nowMs: number): void {
    this.nowMs = nowMs;
  }

  async open(count: number, kinds: readonly WalletKind[]): Promise<World[]> {
    return Array.from({ length: count }, () => {
      const tenantId = this.nextId();
      const system = new Map<string, string>();
      for (const currency of new Set(kinds.map((kind) => kind.currency))) {
        for (const type of [...SYSTEM_ACCOUNT_TYPES, 'PROVIDER_CLEARING'] as const) {
          const account = { tenantId, type, currency, isSystem: true, canOverdraw: OVERDRAWN.has(type) };
          system.set(systemId(type, currency), this.addAccount(account));
        }
      }
      const wallets = kinds.map(
        ({ currency, type = 'CUSTOMER_WALLET', minimum = 0n, canOverdraw = false, lowBalance = null }) =>
          this.addAccount({
            tenantId,
            type,
            currency,
            minimumBalanceMinor: minimum,
            canOverdraw,
            lowBalanceMinor: lowBalance,
          }),
      );
      return makeWorld(tenantId, wallets, kinds, servicesFor(this.ids), system);
    });
  }

  async submit(commands: readonly Command[]): Promise<Outcome[]> {
    return [...this.decideBatch(this.state, commands, this.nowMs, this.ids).outcomes];
  }

  async snapshots(worlds: readonly World[]): Promise<Snapshot[]> {
    return worlds.map(({ tenantId }) => {
      const accounts = [...this.state.accounts.values()].filter((account) => account.tenantId === tenantId);
      const own = new Set(accounts.map((account) => account.id));
      return {
        accounts: accounts
          .map((a) => {
            const name = a.isSystem ? systemId(a.type as Parameters<typeof systemId>[0], a.currency) : a.id;
            return accountLine({
              name,
              status: a.status,
              balance: a.balanceMinor,
              held: a.heldMinor,
              minimum: a.minimumBalanceMinor,
              canOverdraw: a.canOverdraw,
            });
          })
          .sort(),
        lots: [...this.state.lots.values()]
          .filter((lot) => own.has(lot.accountId))
          .map((lot) =>
            lotLine({
              id: lot.id,
              free: lot.remainingMinor,
              held: lot.heldMinor,
              used: lot.usedMinor,
              expired: lot.expiredMinor,
              forfeited: lot.forfeitedMinor,
            }),
          )
          .sort(),
        holds: [...this.state.holds.values()]
          .filter((hold) => own.has(hold.accountId))
          .map((hold) => holdLine({ id: hold.id, status: hold.status, captured: hold.capturedMinor }))
          .sort(),
      };
    });
  }

  private addAccount(parts: Partial<Account> & Pick<Account, 'tenantId' | 'type' | 'currency'>): string {
    const id = this.nextId();
    this.state.addAccount({
      id,
      isSystem: false,
      status: 'active',
      balanceMinor: 0n,
      minimumBalanceMinor: 0n,
      canOverdraw: false,
      lowBalanceMinor: null,
      sequence: 0,
      headHash: GENESIS_HASH,
      heldMinor: 0n,
      ...parts,
    });
    return id;
  }
}
