import type {
  Command,
  CreditCommand,
  DebitCommand,
  RefusalCode,
  Share,
  SystemAccountType,
  TransferCommand,
} from '../core/types';
import type { AccountFact, JournalFact, LotMove, Move, ReferenceBooks } from './reference-books';

/** What the ledger must answer. */
export type Expected =
  | {
      readonly ok: true;
      /** The journal of a first answer that is given again. */
      readonly replayOf: string | null;
      readonly changed: boolean;
      readonly journal: JournalFact | null;
      /** Null where the answer does not say. */
      readonly balance: bigint | null;
      readonly held: bigint | null;
      readonly hold: string | null;
    }
  | { readonly ok: false; readonly anyOf: readonly RefusalCode[]; readonly available: bigint | null };

/** What the parts of the reference ledger need of it. */
export interface ReferenceShell {
  readonly books: ReferenceBooks;
  mustHave(id: string): AccountFact;
  /** The tenant's own account in the currency of another. */
  system(like: AccountFact, type: SystemAccountType): AccountFact;
  post(head: Omit<JournalFact, 'moves'>, moves: Move[]): JournalFact;
}

export function systemId(type: SystemAccountType | 'PROVIDER_CLEARING', currency: string): string {
  return `${type} ${currency}`;
}

export function refuse(anyOf: readonly RefusalCode[], available: bigint | null = null): Expected {
  return { ok: false, anyOf, available };
}

export function done(journal: JournalFact | null, rest: { changed?: boolean; hold?: string } = {}): Expected {
  return {
    ok: true,
    replayOf: null,
    changed: rest.changed ?? true,
    journal,
    balance: null,
    held: null,
    hold: rest.hold ?? null,
  };
}

export function again(id: string): Expected {
  return { ok: true, replayOf: id, changed: false, journal: null, balance: null, held: null, hold: null };
}

export function blank(id: string, kind: string, account: string, amount: bigint): Omit<JournalFact, 'moves'> {
  return { id, kind, account, operation: kind, reference: null, terms: '', amount, fee: 0n, tax: 0n, reversalOf: null };
}

export function accountOf(command: Exclude<Command, { kind: 'reverse' }>): string {
  return command.kind === 'transfer' ? command.sourceAccountId : command.accountId;
}

export function termsOf(command: DebitCommand | CreditCommand | TransferCommand): {
  account: string;
  operation: string;
  terms: string;
} {
  const operation = command.kind === 'transfer' ? 'transfer' : command.operation;
  const account = accountOf(command);
  const amount = `${command.amountMinor} under ${command.service?.serviceId ?? 'no service'}`;
  if (command.kind === 'debit') return { account, operation, terms: `${amount} to ${command.to}` };
  if (command.kind === 'transfer') return { account, operation, terms: `${amount} to ${command.destinationAccountId}` };
  const { from, expiresAtMs, priority } = command;
  return { account, operation, terms: `${amount} from ${from} until ${expiresAtMs} at ${priority}` };
}

export function lotsOf(shares: readonly Share[], use: LotMove['use']): LotMove[] {
  return shares.flatMap(({ lotId, amountMinor }) => (lotId === null ? [] : [{ lot: lotId, use, amount: amountMinor }]));
}
