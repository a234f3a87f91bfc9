import type { Command, CreditCommand, DebitCommand, SystemAccountType, TransferCommand } from '../core/types';
import {
  accountOf,
  again,
  blank,
  done,
  type Expected,
  lotsOf,
  type ReferenceShell,
  refuse,
  systemId,
  termsOf,
} from './reference-answers';
import { type AccountFact, type JournalFact, type LotMove, type Move, ReferenceBooks } from './reference-books';
import { changeAccount } from './reference-changes';
import { captureHold, makeHold, voidHold } from './reference-holds';
import { clawBack, collect, earlierPayment, refundOf } from './reference-payments';
import { reverseJournal } from './reference-reversal';
import * as rules from './reference-rules';

/** A slow, obvious ledger of one tenant. Time passes eagerly: what has expired is posted before every command. */
export class ReferenceLedger implements ReferenceShell {
  readonly books = new ReferenceBooks();
  /** The tenant's own accounts by the ledger's ids: commands of payments name them by those. */
  readonly aliases = new Map<string, string>();

  private named(id: string): string {
    return this.aliases.get(id) ?? id;
  }

  submit(command: Command, nowMs: number): Expected {
    this.expire(nowMs);
    const expected = this.replayed(command) ?? this.perform(command, nowMs);
    this.expire(nowMs);
    if (!expected.ok || expected.replayOf !== null) return expected;
    const account = command.kind === 'reverse' ? command.original.journal.accountId : this.named(accountOf(command));
    return { ...expected, balance: this.books.balance(account), held: this.books.held(account) };
  }

  system(like: AccountFact, type: SystemAccountType): AccountFact {
    return this.mustHave(systemId(type, like.currency));
  }

  mustHave(id: string): AccountFact {
    const account = this.books.account(id);
    if (account === null) throw new Error(`The reference ledger has no account ${id}.`);
    return account;
  }

  /** Holds end at their expiry, then what is free of an expired lot goes back to promotion expense. */
  expire(nowMs: number): void {
    const { books } = this;
    for (const hold of books.holds) {
      if (hold.expiresAtMs <= nowMs && books.end(hold.id) === null) {
        books.holdEnds.push({ hold: hold.id, how: 'expired', captured: 0n });
      }
    }
    for (const grant of books.grants) {
      if (grant.expiresAtMs === null || grant.expiresAtMs > nowMs) continue;
      const amount = books.lotFree(grant);
      if (amount === 0n) continue;
      const promotions = this.system(this.mustHave(grant.account), 'PROMOTION_EXPENSE');
      this.post({ ...blank(`expiry of ${grant.lot}`, 'expiry', grant.account, amount) }, [
        { account: grant.account, amount: -amount, lots: [{ lot: grant.lot, use: 'expire', amount }] },
        { account: promotions.id, amount, lots: [] },
      ]);
    }
  }

  /** Same reference and same terms: the first answer again. Other terms: a conflict (spec decision 10). */
  private replayed(command: Command): Expected | null {
    const { books } = this;
    if (command.kind === 'debit' || command.kind === 'credit' || command.kind === 'transfer') {
      const { account, operation, terms } = termsOf(command);
      const earlier = books.journals.find(
        (j) =>
          j.account === account &&
          j.operation === operation &&
          j.reference !== null &&
          j.reference === command.reference,
      );
      if (earlier === undefined) return null;
      return earlier.terms === terms ? again(earlier.id) : refuse(['reference_conflict']);
    }
    if (command.kind === 'collect' || command.kind === 'clawback' || command.kind === 'refund') {
      const account = this.named(command.accountId);
      const { currency } = books.account(account) ?? { currency: '' };
      const also = command.kind === 'refund' ? [] : [systemId('SUSPENSE', currency)];
      const due = command.kind === 'clawback' ? [] : [systemId('REFUNDS_DUE', currency)];
      return earlierPayment(books, command, [account, ...also, ...due]);
    }
    if (command.kind === 'hold' && command.reference !== null) {
      const earlier = books.holds.find((h) => h.account === command.accountId && h.reference === command.reference);
      if (earlier === undefined) return null;
      return earlier.amount === command.amountMinor ? again(earlier.id) : refuse(['reference_conflict']);
    }
    if (command.kind === 'capture') {
      const earlier = books.journals.find((j) => j.operation === 'capture' && j.reference === command.holdId);
      const hold = books.holds.find((h) => h.id === command.holdId);
      if (earlier === undefined || earlier.account !== command.accountId) return null;
      return earlier.amount === (command.amountMinor ?? hold?.amount) ? again(earlier.id) : null;
    }
    return null;
  }

  private perform(command: Command, nowMs: number): Expected {
    if (command.kind === 'reverse') return reverseJournal(this, command);
    const account = this.books.account(this.named(accountOf(command)));
    if (account === null) return refuse(['account_not_found']);
    switch (command.kind) {
      case 'debit':
        return this.debit(command, account, nowMs);
      case 'credit':
        return this.credit(command, account, nowMs);
      case 'transfer':
        return this.transfer(command, account, nowMs);
      case 'collect':
        return collect(this, command, account, nowMs);
      case 'clawback':
        return clawBack(this, command, account);
      case 'refund':
        return refundOf(this, command, account);
      case 'hold':
        return makeHold(this, command, account, nowMs);
      case 'capture':
        return captureHold(this, command, account);
      case 'void':
        return voidHold(this, command.holdId, account);
      case 'sweep':
        return done(null);
      case 'change_account':
        return changeAccount(this, command, account);
    }
  }

  private debit(command: DebitCommand, account: AccountFact, nowMs: number): Expected {
    const { service, amountMinor: amount } = command;
    const { fee, tax } = rules.charges(service, amount);
    const counter = this.system(account, command.to);
    const toCollections = command.to === 'AVAILABLE_COLLECTIONS';
    // The wallet's holder is the customer of a collection; of an outside payment the account's owner is the client.
    const ownerPays = toCollections === (service?.feeBearer === 'customer');
    const required = ownerPays ? amount + fee + tax : amount;
    const reasons = [
      ...rules.moneyOut(this.books, account),
      ...rules.currency(account, command.currency),
      ...rules.service(this.books, service, 'DEBIT', account, amount, nowMs),
      ...rules.funds(this.books, account, required),
    ];
    if (reasons.length > 0) return refuse(reasons, this.books.available(account));
    return this.move(command, { from: account, to: counter, payer: ownerPays ? account : counter, fee, tax, nowMs });
  }

  private credit(command: CreditCommand, account: AccountFact, nowMs: number): Expected {
    const { service, amountMinor: amount } = command;
    const { fee, tax } = rules.charges(service, amount);
    const source = this.system(account, command.from);
    const payer = service?.feeBearer === 'customer' ? source : account;
    const ownerCharged = payer === account && fee + tax > 0n;
    const reasons = [
      ...rules.moneyIn(this.books, account),
      ...rules.currency(account, command.currency),
      ...(command.expiresAtMs !== null && command.expiresAtMs <= nowMs ? (['expires_at_past'] as const) : []),
      ...rules.service(this.books, service, 'CREDIT', account, amount, nowMs),
      ...(ownerCharged ? rules.moneyOut(this.books, account) : []),
      ...(ownerCharged ? rules.funds(this.books, account, fee + tax - amount) : []),
      ...rules.room(this.books, account, amount),
    ];
    if (reasons.length > 0) return refuse(reasons, this.books.available(account));
    return this.move(command, { from: source, to: account, payer, fee, tax, nowMs });
  }

  private transfer(command: TransferCommand, source: AccountFact, nowMs: number): Expected {
    const destination = this.books.account(command.destinationAccountId);
    if (destination === null) return refuse(['account_not_found']);
    const { service, amountMinor: amount } = command;
    const { fee, tax } = rules.charges(service, amount);
    const reasons = [
      ...(source.id === destination.id ? (['same_account'] as const) : []),
      ...rules.moneyOut(this.books, source),
      ...rules.moneyIn(this.books, destination),
      ...rules.currency(source, command.currency),
      ...rules.currency(destination, source.currency),
      ...rules.service(this.books, service, 'TRANSFER', source, amount, nowMs),
      ...rules.funds(this.books, source, amount + fee + tax),
      ...rules.room(this.books, destination, amount),
    ];
    if (reasons.length > 0) return refuse(reasons, this.books.available(source));
    return this.move(command, { from: source, to: destination, payer: source, fee, tax, nowMs });
  }

  /** Principal, then the fee, then the tax; each takes its lots after the one before was posted. */
  private move(
    command: DebitCommand | CreditCommand | TransferCommand,
    terms: { from: AccountFact; to: AccountFact; payer: AccountFact; fee: bigint; tax: bigint; nowMs: number },
  ): Expected {
    const { account, operation, terms: agreed } = termsOf(command);
    const { from, to, payer, fee, tax } = terms;
    const head = { ...blank(command.id, command.kind, account, command.amountMinor), operation, fee, tax };
    const moves: Move[] = [];
    // The journal is in the books while its moves are added, so that each sees the ones before.
    this.post({ ...head, reference: command.reference, terms: agreed }, moves);
    const promotional = command.kind === 'credit' && command.from === 'PROMOTION_EXPENSE' && to.isWallet;
    const principal: Move = {
      account: from.id,
      amount: -command.amountMinor,
      lots: this.take(from, command.amountMinor),
    };
    const arriving: Move = {
      account: to.id,
      amount: command.amountMinor,
      lots: promotional ? [{ lot: command.id, use: 'grant', amount: command.amountMinor }] : [],
    };
    if (promotional) {
      const { priority, expiresAtMs } = command;
      this.books.grants.push({ lot: command.id, account: to.id, priority, expiresAtMs });
    }
    // The journal's own account comes first.
    moves.push(...(account === from.id ? [principal, arriving] : [arriving, principal]));
    for (const [amount, type] of [
      [fee, 'COMMISSION_ACCOUNT'],
      [tax, 'COMMISSION_TAX_ACCOUNT'],
    ] as const) {
      if (amount === 0n) continue;
      moves.push({ account: payer.id, amount: -amount, lots: this.take(payer, amount) });
      moves.push({ account: this.system(payer, type).id, amount, lots: [] });
    }
    if (command.service !== null) {
      const { serviceId: service } = command.service;
      this.books.usages.push({ service, account, atMs: terms.nowMs, amount: command.amountMinor });
    }
    return done(this.books.journals.at(-1) ?? null);
  }

  private take(account: AccountFact, amount: bigint): LotMove[] {
    return account.isSystem ? [] : lotsOf(this.books.consume(account.id, amount), 'use');
  }

  post(head: Omit<JournalFact, 'moves'>, moves: Move[]): JournalFact {
    const journal = { ...head, moves };
    this.books.journals.push(journal);
    return journal;
  }
}
