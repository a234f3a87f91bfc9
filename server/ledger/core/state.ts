import { compareLots, isOpen } from './lots';
import type {
  Account,
  AccountType,
  CreditCommand,
  DebitCommand,
  Hold,
  HoldStatus,
  Lot,
  PostedJournal,
  ServiceVersion,
  TransferCommand,
} from './types';

/** What a batch was loaded with. The core works on it in place; the shell throws it away after the batch. */
export class LedgerState {
  readonly accounts = new Map<string, Account>();
  readonly holds = new Map<string, Hold>();
  /** Lots by id, open ones and those a reversal names. */
  readonly lots = new Map<string, Lot>();
  /** Earlier journals by (account, operation, reference). */
  readonly earlier = new Map<string, PostedJournal>();
  /** Journals that an earlier attempt of a retried command committed, by its id. */
  readonly own = new Map<string, PostedJournal>();
  /** Changes of accounts that an earlier attempt of a retried command committed, by its id. */
  readonly ownChanges = new Set<string>();
  /** Amounts so far by (service, account, period). */
  readonly usage = new Map<string, bigint>();
  private readonly system = new Map<string, Account>();
  private readonly lotsByAccount = new Map<string, Lot[]>();
  private readonly holdsByAccount = new Map<string, Hold[]>();
  private readonly holdsByReference = new Map<string, Hold>();

  addAccount(account: Account): void {
    this.accounts.set(account.id, account);
    if (account.isSystem) this.system.set(systemKey(account), account);
  }

  addLot(lot: Lot): void {
    if (this.lots.has(lot.id)) return;
    this.lots.set(lot.id, lot);
    const lots = this.lotsByAccount.get(lot.accountId);
    if (lots === undefined) this.lotsByAccount.set(lot.accountId, [lot]);
    else {
      lots.push(lot);
      lots.sort(compareLots);
    }
  }

  addHold(hold: Hold): void {
    if (this.holds.has(hold.id)) return;
    this.holds.set(hold.id, hold);
    const holds = this.holdsByAccount.get(hold.accountId);
    if (holds === undefined) this.holdsByAccount.set(hold.accountId, [hold]);
    else holds.push(hold);
    if (hold.reference !== null) this.holdsByReference.set(`${hold.accountId}|${hold.reference}`, hold);
  }

  account(tenantId: string, id: string): Account | null {
    const account = this.accounts.get(id);
    return account !== undefined && account.tenantId === tenantId ? account : null;
  }

  /** The tenant's own account of a type and currency. The shell loads every one a command can need. */
  systemAccount(tenantId: string, currency: string, type: AccountType): Account {
    const account = this.system.get(systemKey({ tenantId, currency, type }));
    if (account === undefined) throw new Error(`The batch was loaded without ${type} in ${currency}.`);
    return account;
  }

  /** Lots with something left, in the order they are spent. */
  openLots(accountId: string): Lot[] {
    const lots = this.lotsByAccount.get(accountId);
    return lots === undefined ? [] : lots.filter(isOpen);
  }

  activeHolds(accountId: string): Hold[] {
    const holds = this.holdsByAccount.get(accountId);
    const active: HoldStatus = 'active';
    return holds === undefined ? [] : holds.filter((hold) => hold.status === active);
  }

  holdByReference(accountId: string, reference: string): Hold | null {
    return this.holdsByReference.get(`${accountId}|${reference}`) ?? null;
  }
}

export function referenceKey(accountId: string, operation: string, reference: string): string {
  return `${accountId}|${operation}|${reference}`;
}

/** The operation in whose scope a movement's reference is unique. */
export function operationOf(command: DebitCommand | CreditCommand | TransferCommand): string {
  return command.kind === 'transfer' ? 'transfer' : command.operation;
}

export function usageKey(serviceId: string, accountId: string, period: string): string {
  return `${serviceId}|${accountId}|${period}`;
}

/** Whether amounts under a service are counted, so that the counts have to be at hand. */
export function hasCaps(service: ServiceVersion | null): service is ServiceVersion {
  return service !== null && (service.dailyCapMinor !== null || service.monthlyCapMinor !== null);
}

/** The UTC day and month an amount counts towards. */
export function usagePeriods(nowMs: number): { day: string; month: string } {
  const iso = new Date(nowMs).toISOString();
  return { day: iso.slice(0, 10), month: iso.slice(0, 7) };
}

/** One of a tenant's own accounts: there is one per type and currency. */
export function systemKey(account: { tenantId: string; currency: string; type: string }): string {
  return `${account.tenantId}|${account.currency}|${account.type}`;
}
