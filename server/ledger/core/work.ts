import { alertEvents, eventFor, type LedgerEvent } from './events';
import { entryHash, journalDigest } from './hash';
import { availableMinor } from './refuse';
import { type LedgerState, referenceKey } from './state';
import type {
  Account,
  AccountTerms,
  AuditNote,
  ChangeAccountCommand,
  Command,
  Entry,
  Hold,
  Journal,
  JournalKind,
  Lot,
  LotUse,
  PostedJournal,
  ServiceVersion,
  Share,
} from './types';

/** One side of a journal; `shares` are the lots it takes from or gives back to. */
export interface Leg {
  readonly account: Account;
  /** Credit-positive. */
  readonly amountMinor: bigint;
  readonly lotUses?: readonly { readonly lotId: string; readonly use: LotUse['use']; readonly amountMinor: bigint }[];
}

export interface Draft {
  readonly id: string;
  readonly kind: JournalKind;
  readonly account: Account;
  readonly operation: string;
  readonly reference: string | null;
  readonly fingerprint: string;
  readonly amountMinor: bigint;
  readonly feeMinor?: bigint;
  readonly taxMinor?: bigint;
  readonly businessAtMs?: number | null;
  readonly description?: string | null;
  readonly metadata?: string | null;
  readonly serviceVersionId?: string | null;
  readonly reversalOf?: string | null;
  readonly holdId?: string | null;
  /** In pairs that each sum to zero: the journal's account first, then its counter-account, then fees and taxes. */
  readonly legs: readonly Leg[];
}

export interface AccountChange {
  readonly command: ChangeAccountCommand;
  readonly account: Account;
  readonly before: AccountTerms;
  readonly after: AccountTerms;
  /** The account's last entry under its former terms; a close's own entries included. */
  readonly sequence: number;
}

/** A leg number has five bits in an entry's id. */
const LEGS_MAX = 31;

/** Everything one batch does to the books, gathered for the shell to write. */
export class Work {
  readonly journals: PostedJournal[] = [];
  readonly accounts = new Set<Account>();
  readonly newLots = new Set<Lot>();
  readonly lots = new Set<Lot>();
  readonly newHolds: { hold: Hold; command: Extract<Command, { kind: 'hold' }> }[] = [];
  readonly holds = new Set<Hold>();
  readonly usage = new Map<
    string,
    { service: ServiceVersion; account: Account; period: string; amountMinor: bigint }
  >();
  readonly events: LedgerEvent[] = [];
  readonly changes: AccountChange[] = [];
  /** Audit rows that commands asked for beside their journals. */
  readonly notes: { readonly command: Command; readonly note: AuditNote }[] = [];

  /** What was available in the wallets that the command at hand has changed so far, before it did. */
  private readonly watched: { account: Account; availableMinor: bigint; lowBalanceMinor: bigint | null }[] = [];

  constructor(
    readonly state: LedgerState,
    readonly nowMs: number,
    readonly nextId: () => string,
  ) {}

  get isEmpty(): boolean {
    return this.journals.length === 0 && this.accounts.size === 0 && this.events.length === 0;
  }

  /** Appends a journal: moves the balances, extends each account's chain, records lot uses and the event. */
  post(command: Command, draft: Draft): PostedJournal {
    const { account, legs } = draft;
    assertBalanced(legs);
    const journal: Journal = {
      tenantId: account.tenantId,
      id: draft.id,
      kind: draft.kind,
      accountId: account.id,
      operation: draft.operation,
      reference: draft.reference,
      fingerprint: draft.fingerprint,
      currency: account.currency,
      amountMinor: draft.amountMinor,
      feeMinor: draft.feeMinor ?? 0n,
      taxMinor: draft.taxMinor ?? 0n,
      postedAtMs: this.nowMs,
      businessAtMs: draft.businessAtMs ?? null,
      description: draft.description ?? null,
      metadata: draft.metadata ?? null,
      serviceVersionId: draft.serviceVersionId ?? null,
      reversalOf: draft.reversalOf ?? null,
      holdId: draft.holdId ?? null,
      origin: command.origin,
    };
    const digest = journalDigest(journal);
    const entries: Entry[] = [];
    const lotUses: LotUse[] = [];
    for (let i = 0; i < legs.length; i++) {
      const leg = legs[i] as Leg;
      const entry = this.appendEntry(journal, leg, i + 1, digest);
      entries.push(entry);
      if (leg.lotUses !== undefined) {
        for (const { lotId, use, amountMinor } of leg.lotUses) {
          lotUses.push({ accountId: leg.account.id, sequence: entry.sequence, lotId, use, amountMinor });
        }
      }
    }
    const posted: PostedJournal = { journal, entries, lotUses };
    this.journals.push(posted);
    if (journal.reference !== null) {
      this.state.earlier.set(referenceKey(journal.accountId, journal.operation, journal.reference), posted);
    }
    // The command's own journal, not an expiry on the way to it.
    if (command.audit !== undefined && journal.id === command.id) this.notes.push({ command, note: command.audit });
    const event = eventFor(journal, account, entries[0] as Entry);
    if (event !== null) this.events.push(event);
    return posted;
  }

  /** To be called before anything changes what is available in an account. */
  watch(account: Account): void {
    if (account.type !== 'CUSTOMER_WALLET') return;
    for (const { account: known } of this.watched) if (known === account) return;
    const { lowBalanceMinor } = account;
    this.watched.push({ account, availableMinor: availableMinor(account), lowBalanceMinor });
  }

  /** At the end of a command: what it crossed on the whole is told, not what it passed on the way. */
  tellCrossings(): void {
    for (const before of this.watched) this.events.push(...alertEvents(before.account, before, this.nextId));
    this.watched.length = 0;
  }

  private appendEntry(journal: Journal, leg: Leg, legNumber: number, digest: string): Entry {
    const { account } = leg;
    this.watch(account);
    account.balanceMinor += leg.amountMinor;
    account.sequence += 1;
    const entry = {
      tenantId: account.tenantId,
      accountId: account.id,
      sequence: account.sequence,
      journalId: journal.id,
      leg: legNumber,
      kind: journal.kind,
      amountMinor: leg.amountMinor,
      balanceAfterMinor: account.balanceMinor,
      hash: '',
    };
    entry.hash = entryHash(account.headHash, entry, digest);
    account.headHash = entry.hash;
    this.accounts.add(account);
    return entry;
  }

  /** Takes shares out of their lots and says so as uses of one entry. Paid shares need no record. */
  spend(
    shares: readonly Share[],
    use: 'use' | 'forfeit' = 'use',
  ): { lotId: string; use: LotUse['use']; amountMinor: bigint }[] {
    const uses: { lotId: string; use: LotUse['use']; amountMinor: bigint }[] = [];
    for (const { lotId, amountMinor } of shares) {
      if (lotId === null) continue;
      const lot = this.lot(lotId);
      lot.remainingMinor -= amountMinor;
      if (use === 'use') lot.usedMinor += amountMinor;
      else lot.forfeitedMinor += amountMinor;
      uses.push({ lotId, use, amountMinor });
    }
    return uses;
  }

  /** A lot for writing. */
  lot(id: string): Lot {
    const lot = this.state.lots.get(id);
    if (lot === undefined) throw new Error(`The batch was loaded without lot ${id}.`);
    if (!this.newLots.has(lot)) this.lots.add(lot);
    return lot;
  }
}

/** Checked before every write and again by `books` after it: pairs, no empty leg, zero in all. */
function assertBalanced(legs: readonly Leg[]): void {
  if (legs.length < 2 || legs.length % 2 !== 0 || legs.length > LEGS_MAX)
    throw new Error('A journal has pairs of legs.');
  for (let i = 0; i < legs.length; i += 2) {
    const from = legs[i] as Leg;
    const to = legs[i + 1] as Leg;
    if (from.amountMinor + to.amountMinor !== 0n || from.amountMinor === 0n) {
      throw new Error('A pair of legs must sum to zero and move something.');
    }
    if (from.account.currency !== to.account.currency || from.account.tenantId !== to.account.tenantId) {
      throw new Error('A journal stays in one currency and one tenant.');
    }
  }
}
