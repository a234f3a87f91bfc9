import { decideChange } from './change-account';
import { collectAccountIds, collectOperation, decideClawback, decideCollect, decideRefund } from './collect';
import { settleExpiry } from './expiry';
import { decideCapture, decideHold, decideVoid, holdFingerprint } from './holds';
import { decideCredit, decideDebit, decideTransfer, fingerprintOf } from './move-money';
import { Refused, refuse, refused } from './refuse';
import { decideReversal } from './reversal';
import { LedgerState, operationOf, referenceKey } from './state';
import type { Account, Command, Hold, HoldCommand, Outcome, PostedJournal } from './types';
import { Work } from './work';

export interface Decision {
  /** One for each command, in order. */
  readonly outcomes: readonly Outcome[];
  readonly work: Work;
}

/**
 * Decides a batch: pure and synchronous, in command order, each command seeing the effect of the one before. No clock,
 * no I/O: `nowMs` and `nextId` are given. A refused command changes nothing but what had expired before it.
 */
export function decide(
  state: LedgerState,
  commands: readonly Command[],
  nowMs: number,
  nextId: () => string,
): Decision {
  const work = new Work(state, nowMs, nextId);
  return { outcomes: commands.map((command) => decideOne(work, command)), work };
}

/**
 * Decides commands that stand or fall together. When any is refused the work is empty, expiries on the way included; the
 * outcomes say what would have been, each as if those refused before it were not there. The state is spent either way.
 */
export function decideTogether(
  state: LedgerState,
  commands: readonly Command[],
  nowMs: number,
  nextId: () => string,
): Decision {
  const decision = decide(state, commands, nowMs, nextId);
  if (decision.outcomes.every((outcome) => outcome.ok)) return decision;
  return { outcomes: decision.outcomes, work: new Work(new LedgerState(), nowMs, nextId) };
}

function decideOne(work: Work, command: Command): Outcome {
  const expiries: PostedJournal[] = [];
  try {
    return replayOf(work, command) ?? apply(work, command, expiries);
  } catch (error) {
    if (error instanceof Refused) return refused(error.refusal);
    throw error;
  } finally {
    // Also of what had expired before a command that was refused.
    work.tellCrossings();
  }
}

/** The outcome a command already has: its own from an earlier attempt, or that of the same reference. */
function replayOf(work: Work, command: Command): Outcome | null {
  const own = work.state.own.get(command.id);
  if (own !== undefined) return withHold(work, command, replay(own));
  switch (command.kind) {
    case 'debit':
    case 'credit':
    case 'transfer': {
      if (command.reference === null) return null;
      const accountId = command.kind === 'transfer' ? command.sourceAccountId : command.accountId;
      const earlier = work.state.earlier.get(referenceKey(accountId, operationOf(command), command.reference));
      if (earlier === undefined || earlier.journal.tenantId !== command.tenantId) return null;
      if (earlier.journal.fingerprint !== fingerprintOf(command)) {
        refuse('reference_conflict', { journal_id: earlier.journal.id, reference: command.reference });
      }
      return replay(earlier);
    }
    case 'collect':
    case 'clawback':
    case 'refund': {
      // Whatever the books hold for the payment is the answer: money comes in, and goes back, once.
      for (const accountId of collectAccountIds(command)) {
        const earlier = work.state.earlier.get(referenceKey(accountId, collectOperation(command), command.reference));
        if (earlier !== undefined && earlier.journal.tenantId === command.tenantId) return replay(earlier);
      }
      return null;
    }
    case 'hold':
      return replayedHold(work, command);
    case 'capture': {
      // Taking the same part again is the same request; another part meets an ended hold.
      const earlier = work.state.earlier.get(referenceKey(command.accountId, 'capture', command.holdId));
      if (earlier === undefined || earlier.journal.tenantId !== command.tenantId) return null;
      const asked = command.amountMinor ?? work.state.holds.get(command.holdId)?.amountMinor;
      return asked === earlier.journal.amountMinor ? withHold(work, command, replay(earlier)) : null;
    }
    case 'change_account': {
      // A close that committed before its answer was lost: closing again would be refused.
      return work.state.ownChanges.has(command.id) ? succeed({ replayed: true, changed: false }) : null;
    }
    default:
      return null;
  }
}

/** A capture answers with its hold, also the second time. */
function withHold(work: Work, command: Command, replayed: Success): Success {
  const hold = command.kind === 'capture' ? work.state.holds.get(command.holdId) : undefined;
  return hold === undefined ? replayed : { ...replayed, hold: copyOfHold(hold) };
}

function replayedHold(work: Work, command: HoldCommand): Outcome | null {
  const ownHold = work.state.holds.get(command.id);
  const hold =
    ownHold ?? (command.reference === null ? null : work.state.holdByReference(command.accountId, command.reference));
  if (hold === null || hold.accountId !== command.accountId) return null;
  if (work.state.account(command.tenantId, hold.accountId) === null) return null;
  if (hold.fingerprint !== holdFingerprint(command)) {
    refuse('reference_conflict', { hold_id: hold.id, reference: command.reference });
  }
  return succeed({ replayed: true, changed: false, hold: copyOfHold(hold) });
}

function apply(work: Work, command: Command, expiries: PostedJournal[]): Outcome {
  if (command.kind === 'reverse') {
    const { posted, expiries: settled } = decideReversal(work, command);
    return succeed({ posted, expiries: settled, account: copyOf(work, command.tenantId, posted.journal.accountId) });
  }
  const accountId = command.kind === 'transfer' ? command.sourceAccountId : command.accountId;
  const account = requireAccount(work, command, accountId);
  expiries.push(...settleExpiry(work, command, account));
  switch (command.kind) {
    case 'debit':
      return succeed({ posted: decideDebit(work, command, account), expiries, account: { ...account } });
    case 'credit':
      return succeed({ posted: decideCredit(work, command, account), expiries, account: { ...account } });
    case 'transfer': {
      const destination = requireAccount(work, command, command.destinationAccountId);
      expiries.push(...settleExpiry(work, command, destination));
      return succeed({
        posted: decideTransfer(work, command, account, destination),
        expiries,
        account: { ...account },
      });
    }
    case 'collect':
      return succeed({ posted: decideCollect(work, command, account), expiries, account: { ...account } });
    case 'clawback':
      return succeed({ posted: decideClawback(work, command, account), expiries, account: { ...account } });
    case 'refund':
      return succeed({ posted: decideRefund(work, command, account), expiries, account: { ...account } });
    case 'hold': {
      const hold = decideHold(work, command, account);
      return succeed({ expiries, hold: copyOfHold(hold), account: { ...account } });
    }
    case 'capture': {
      const captured = decideCapture(work, command, account);
      expiries.push(...captured.expiries);
      return succeed({ posted: captured.posted, expiries, hold: copyOfHold(captured.hold), account: { ...account } });
    }
    case 'void': {
      const voided = decideVoid(work, command, account);
      expiries.push(...voided.expiries);
      return succeed({ changed: voided.changed, expiries, hold: copyOfHold(voided.hold), account: { ...account } });
    }
    case 'sweep':
      return succeed({ changed: expiries.length > 0, expiries, account: { ...account } });
    case 'change_account': {
      const { changed, posted } = decideChange(work, command, account);
      return succeed({ changed, posted, expiries, account: { ...account } });
    }
  }
}

type Success = Extract<Outcome, { ok: true }>;

function succeed(parts: Partial<Success>): Success {
  return { ok: true, replayed: false, changed: true, posted: null, expiries: [], hold: null, account: null, ...parts };
}

function replay(posted: PostedJournal): Success {
  return succeed({ replayed: true, changed: false, posted });
}

function requireAccount(work: Work, command: Command, accountId: string): Account {
  const account = work.state.account(command.tenantId, accountId);
  if (account === null || (command.accountType !== undefined && command.accountType !== account.type)) {
    refuse('account_not_found', { account_id: accountId });
  }
  return account;
}

function copyOf(work: Work, tenantId: string, accountId: string): Account | null {
  const account = work.state.account(tenantId, accountId);
  return account === null ? null : { ...account };
}

function copyOfHold(hold: Hold): Hold {
  return { ...hold };
}
