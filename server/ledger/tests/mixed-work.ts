import type { Command, Outcome, PostedJournal } from '../core/types';
import { AnswerExists, type Ledger } from '../ledger';
import { randomFrom } from './seed';

/** What a worker of a race needs; plain data, so that a child process can be given it too. */
export interface MixedWork {
  readonly tenantId: string;
  readonly wallets: readonly string[];
  readonly operations: number;
  readonly seed: number;
  /** Part of every reference. */
  readonly worker: string;
  /** Transfers alone, for the test that wants locks taken in both directions. */
  readonly transfersOnly?: boolean;
}

/** A line of the harness's own journal (reliability-and-security.md): what was asked and what was heard. */
export interface Heard {
  readonly id: string;
  readonly kind: Command['kind'];
  readonly amount: string;
  readonly outcome: 'ok' | 'rejected' | 'failed';
  /** The refusal's code, or the error's message. */
  readonly why: string | null;
  readonly journalId: string | null;
}

const WORDS = { description: 'Race', metadata: null, businessAtMs: null, currency: null };

/** One worker: asks, waits for the answer, writes it down, asks the next. Lots and holds live for milliseconds. */
export async function doMixedWork(ledger: Ledger, work: MixedWork): Promise<Heard[]> {
  const random = randomFrom(work.seed);
  const journals: PostedJournal[] = [];
  const holds: { id: string; wallet: string }[] = [];
  const heard: Heard[] = [];
  for (let n = 0; n < work.operations; n++) {
    const command = nextCommand(ledger, work, random, n, journals, holds);
    const amount = 'amountMinor' in command && command.amountMinor !== null ? String(command.amountMinor) : '0';
    const base = { id: command.id, kind: command.kind, amount };
    try {
      const outcome = await ledger.submit(command);
      if (outcome.ok && outcome.posted !== null && command.kind !== 'reverse') journals.push(outcome.posted);
      if (outcome.ok && command.kind === 'hold') holds.push({ id: command.id, wallet: command.accountId });
      heard.push({ ...base, ...lineOf(outcome) });
    } catch (error) {
      if (error instanceof AnswerExists) throw error;
      heard.push({ ...base, outcome: 'failed', why: String(error), journalId: null });
    }
  }
  return heard;
}

function lineOf(outcome: Outcome): Pick<Heard, 'outcome' | 'why' | 'journalId'> {
  return outcome.ok
    ? { outcome: 'ok', why: null, journalId: outcome.posted?.journal.id ?? null }
    : { outcome: 'rejected', why: outcome.refusal.code, journalId: null };
}

function nextCommand(
  ledger: Ledger,
  { tenantId, wallets, worker, transfersOnly = false }: MixedWork,
  random: () => number,
  n: number,
  journals: readonly PostedJournal[],
  holds: readonly { id: string; wallet: string }[],
): Command {
  const upTo = (max: number): number => Math.floor(random() * max);
  const from = upTo(wallets.length);
  const accountId = wallets[from] as string;
  const destinationAccountId = wallets[(from + 1 + upTo(wallets.length - 1)) % wallets.length] as string;
  const amountMinor = BigInt(1 + upTo(400));
  const base = { tenantId, id: ledger.nextId(), origin: { actor: 'test:race', requestId: `req_${worker}_${n}` } };
  const money = { ...base, ...WORDS, accountId, amountMinor, reference: `${worker}_${n}` };
  const transfer: Command = {
    ...base,
    ...WORDS,
    kind: 'transfer',
    sourceAccountId: accountId,
    destinationAccountId,
    amountMinor,
    reference: money.reference,
    service: null,
  };
  if (transfersOnly) return transfer;
  const soonMs = Date.now() + upTo(60);
  switch (upTo(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return { ...money, kind: 'debit', to: 'AVAILABLE_COLLECTIONS', operation: 'debit', service: null };
    case 4:
    case 5:
      return {
        ...money,
        kind: 'credit',
        operation: 'credit',
        from: 'EXTERNAL_SETTLEMENT',
        expiresAtMs: null,
        priority: 50,
        service: null,
      };
    case 6:
    case 7:
    case 8:
      return {
        ...money,
        kind: 'credit',
        operation: 'credit',
        from: 'PROMOTION_EXPENSE',
        expiresAtMs: soonMs,
        priority: upTo(101),
        service: null,
      };
    case 9:
    case 10:
      return transfer;
    case 11: {
      const original = journals[upTo(journals.length)];
      if (original === undefined) return { ...base, kind: 'sweep', accountId };
      return { ...base, ...WORDS, kind: 'reverse', original, refundFees: true, reference: null };
    }
    case 12:
    case 13:
      return { ...money, kind: 'hold', expiresAtMs: soonMs };
    case 14: {
      const hold = holds[upTo(holds.length)];
      if (hold === undefined) return { ...base, kind: 'sweep', accountId };
      const target = { ...base, accountId: hold.wallet, holdId: hold.id };
      if (upTo(2) === 0) return { ...target, kind: 'void' };
      return { ...target, ...WORDS, kind: 'capture', amountMinor: upTo(2) === 0 ? null : 1n, reference: null };
    }
    default: {
      const limits = upTo(3) === 0;
      return {
        ...base,
        kind: 'change_account',
        accountId,
        status: limits ? null : ((['frozen', 'inactive'] as const)[upTo(6)] ?? 'active'),
        minimumBalanceMinor: limits ? BigInt(upTo(50)) : null,
        canOverdraw: limits ? upTo(4) === 0 : null,
        mayEndInactive: true,
        words: null,
        reason: null,
      };
    }
  }
}
