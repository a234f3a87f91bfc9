import { hasCaps, LedgerState, operationOf, referenceKey, systemKey } from './core/state';
import type { Account, Command, SystemAccountType } from './core/types';
import type { Work } from './core/work';
import type { Attempt, Loaded } from './load';

/** Accounts remembered in each of two generations: the wallets in use, at about half a kilobyte each. */
const ACCOUNTS_MAX = 30_000;
/** References remembered in each of two generations. */
const REFERENCES_MAX = 30_000;
/** A batch under locks at least this often: it tells how far the database's clock is from this process's. */
const CLOCK_TRUSTED_MS = 1_000;

interface Remembered {
  readonly account: Account;
  readonly version: number;
}

/** A batch's state without asking the database, good only as long as `ledger_append` finds the same versions. */
export interface Recalled {
  readonly state: LedgerState;
  readonly versions: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

/**
 * What this process knows of accounts from batches it has committed. It saves the trip that locks and reads when a
 * batch is plain movements between accounts without lots or holds. It decides nothing by itself: a batch decided on
 * memory is written only over the very versions it was decided on, and anything but plain success is decided again
 * under locks. Time matters to nothing in such a batch; it is stamped with the database's clock as last seen.
 */
export class AccountMemory {
  private accounts = new Map<string, Remembered>();
  private olderAccounts = new Map<string, Remembered>();
  private readonly systemIds = new Map<string, string>();
  private recent = new Set<string>();
  private lessRecent = new Set<string>();
  private clock: { readonly offsetMs: number; readonly seenAtMs: number } | null = null;

  /** The state of a batch, or null where it has to be loaded. */
  recall(attempts: readonly Attempt[]): Recalled | null {
    const steadyMs = performance.now();
    if (this.clock === null || steadyMs - this.clock.seenAtMs > CLOCK_TRUSTED_MS) return null;
    const state = new LedgerState();
    const versions = new Map<string, number>();
    for (const { command, retried } of attempts) {
      const needs = retried ? null : plainNeedsOf(command);
      if (needs === null) return null;
      if (needs.reference !== null && (this.recent.has(needs.reference) || this.lessRecent.has(needs.reference)))
        return null;
      for (const id of needs.accountIds) {
        const account = this.take(state, versions, id);
        if (account === null || account.tenantId !== command.tenantId) return null;
        for (const type of needs.systemTypes) {
          const systemId = this.systemIds.get(
            systemKey({ tenantId: account.tenantId, currency: account.currency, type }),
          );
          if (systemId === undefined || this.take(state, versions, systemId) === null) return null;
        }
      }
    }
    return { state, versions, nowMs: Math.floor(steadyMs + this.clock.offsetMs) };
  }

  private take(state: LedgerState, versions: Map<string, number>, id: string): Account | null {
    const there = state.accounts.get(id);
    if (there !== undefined) return there;
    const remembered = this.accounts.get(id) ?? this.olderAccounts.get(id);
    if (remembered === undefined) return null;
    // A copy: a batch that fails must leave the memory as it was.
    const account = { ...remembered.account };
    state.addAccount(account);
    versions.set(id, remembered.version);
    return account;
  }

  /** After a commit: every account of the batch as it now stands. */
  committed(work: Work, versions: ReadonlyMap<string, number>): void {
    const { state } = work;
    for (const account of state.accounts.values()) {
      const version = versions.get(account.id);
      if (version === undefined || account.heldMinor !== 0n || state.openLots(account.id).length > 0) {
        this.forgetAccount(account.id);
        continue;
      }
      this.accounts.set(account.id, { account, version: work.accounts.has(account) ? version + 1 : version });
      if (account.isSystem) {
        this.systemIds.set(systemKey(account), account.id);
      }
    }
    // What a whole generation did not touch goes with it: no order to keep, nothing to search.
    if (this.accounts.size >= ACCOUNTS_MAX) {
      this.olderAccounts = this.accounts;
      this.accounts = new Map();
    }
    for (const { journal } of work.journals) {
      if (journal.reference !== null)
        this.noteReference(referenceKey(journal.accountId, journal.operation, journal.reference));
    }
  }

  /** After a load: the database's time, read under the locks. */
  clockSeen({ databaseNowMs }: Loaded): void {
    const seenAtMs = performance.now();
    this.clock = { offsetMs: databaseNowMs - seenAtMs, seenAtMs };
  }

  /** The batch was not written: somebody else moved its accounts, or used a reference of its commands. */
  forget(recalled: Recalled): void {
    for (const id of recalled.state.accounts.keys()) this.forgetAccount(id);
  }

  private forgetAccount(id: string): void {
    this.accounts.delete(id);
    this.olderAccounts.delete(id);
  }

  private noteReference(key: string): void {
    this.recent.add(key);
    if (this.recent.size < REFERENCES_MAX) return;
    this.lessRecent = this.recent;
    this.recent = new Set();
  }
}

interface PlainNeeds {
  readonly accountIds: readonly string[];
  readonly systemTypes: readonly SystemAccountType[];
  readonly reference: string | null;
}

const CHARGES: readonly SystemAccountType[] = ['COMMISSION_ACCOUNT', 'COMMISSION_TAX_ACCOUNT'];

/** What a plain movement of paid money needs, or null for anything that lots, holds, caps or time decide. */
function plainNeedsOf(command: Command): PlainNeeds | null {
  switch (command.kind) {
    case 'debit':
    case 'credit': {
      if (command.kind === 'credit' && command.from === 'PROMOTION_EXPENSE') return null;
      const { service } = command;
      if (hasCaps(service)) return null;
      const counter = command.kind === 'debit' ? command.to : command.from;
      return {
        accountIds: [command.accountId],
        systemTypes: service === null ? [counter] : [counter, ...CHARGES],
        reference:
          command.reference === null ? null : referenceKey(command.accountId, operationOf(command), command.reference),
      };
    }
    case 'transfer': {
      const { service, sourceAccountId, destinationAccountId } = command;
      if (hasCaps(service)) return null;
      return {
        accountIds: [sourceAccountId, destinationAccountId],
        systemTypes: service === null ? [] : CHARGES,
        reference: command.reference === null ? null : referenceKey(sourceAccountId, 'transfer', command.reference),
      };
    }
    default:
      return null;
  }
}
