import type { ClawbackCommand, CollectCommand, RefundCommand, SystemAccountType } from '../core/types';
import { again, blank, done, type Expected, type ReferenceShell, refuse } from './reference-answers';
import type { AccountFact, Move, ReferenceBooks } from './reference-books';
import * as rules from './reference-rules';

/** Payments as postings.md has them: a reference has one effect, wherever it went. */
export type PaymentCommand = CollectCommand | ClawbackCommand | RefundCommand;

export function operationOfPayment(command: PaymentCommand): string {
  return command.kind === 'clawback' ? 'clawback' : command.operation;
}

/** What came in, or went back, under this reference before: on whichever account of the tenant it may be. */
export function earlierPayment(
  books: ReferenceBooks,
  command: PaymentCommand,
  among: readonly string[],
): Expected | null {
  const earlier = books.journals.find(
    (journal) =>
      journal.operation === operationOfPayment(command) &&
      journal.reference === command.reference &&
      among.includes(journal.account),
  );
  return earlier === undefined ? null : again(earlier.id);
}

export function collect(
  ledger: ReferenceShell,
  command: CollectCommand,
  account: AccountFact,
  nowMs: number,
): Expected {
  const { books } = ledger;
  const { amountMinor: amount } = command;
  const own = (type: SystemAccountType): AccountFact => ledger.system(account, type);
  const resolves = command.operation === 'payment_resolution';
  if (command.into === 'clearing') {
    const [suspense, clearing] = [own('SUSPENSE'), ledger.mustHave(`PROVIDER_CLEARING ${account.currency}`)];
    const short = rules.funds(books, suspense, amount);
    if (short.length > 0) return refuse(short);
    return post(ledger, command, suspense, { fee: 0n, tax: 0n }, [move(suspense, -amount), move(clearing, amount)]);
  }
  const source = resolves ? own('SUSPENSE') : ledger.mustHave(`PROVIDER_CLEARING ${account.currency}`);
  const status = books.status(account.id);
  const homeless = status === 'inactive' || rules.room(books, account, amount).length > 0;
  const target =
    command.into === 'suspense'
      ? own('SUSPENSE')
      : status === 'closed'
        ? own('REFUNDS_DUE')
        : homeless
          ? own('SUSPENSE')
          : account;
  const reasons = [
    ...(resolves ? rules.funds(books, source, amount) : []),
    ...(target.id === source.id ? (['account_inactive'] as const) : []),
  ];
  if (reasons.length > 0) return refuse(reasons);
  const charged = target.id !== own('SUSPENSE').id && !resolves ? command.service : null;
  const { fee, tax } = rules.charges(charged, amount);
  const payer = charged?.feeBearer === 'customer' ? source : own('AVAILABLE_COLLECTIONS');
  const moves: Move[] = [move(target, amount), move(source, -amount)];
  if (fee > 0n) moves.push(move(payer, -fee), move(own('COMMISSION_ACCOUNT'), fee));
  if (tax > 0n) moves.push(move(payer, -tax), move(own('COMMISSION_TAX_ACCOUNT'), tax));
  if (charged !== null) books.usages.push({ service: charged.serviceId, account: account.id, atMs: nowMs, amount });
  return post(ledger, command, target, { fee, tax }, moves);
}

export function clawBack(ledger: ReferenceShell, command: ClawbackCommand, account: AccountFact): Expected {
  const { books } = ledger;
  const status = books.status(account.id);
  // 2^53 − 1 either way (spec decision 8).
  const isInRange = account.isSystem || books.balance(account.id) - command.amountMinor >= -9_007_199_254_740_991n;
  const takes = (status === 'active' || status === 'frozen') && isInRange;
  const source = takes ? account : ledger.system(account, 'SUSPENSE');
  const clearing = ledger.mustHave(`PROVIDER_CLEARING ${account.currency}`);
  const moves = [move(source, -command.amountMinor), move(clearing, command.amountMinor)];
  if (command.chargesMinor > 0n) {
    const collections = ledger.system(account, 'AVAILABLE_COLLECTIONS');
    moves.push(move(collections, -command.chargesMinor), move(clearing, command.chargesMinor));
  }
  return post(ledger, command, source, { fee: 0n, tax: 0n }, moves);
}

export function refundOf(ledger: ReferenceShell, command: RefundCommand, account: AccountFact): Expected {
  const { books } = ledger;
  const { amountMinor: amount } = command;
  const clearing = ledger.mustHave(`PROVIDER_CLEARING ${account.currency}`);
  if (command.operation === 'refund_return') {
    const status = books.status(account.id);
    const takes = (status === 'active' || status === 'frozen') && rules.room(books, account, amount).length === 0;
    const target = takes ? account : ledger.system(account, 'REFUNDS_DUE');
    return post(ledger, command, target, { fee: 0n, tax: 0n }, [move(target, amount), move(clearing, -amount)]);
  }
  const reasons = [
    ...rules.moneyOut(books, account),
    ...rules.funds(books, account, amount),
    ...(account.isWallet ? rules.paidFunds(books, account, amount) : []),
  ];
  // Which of the two shortfalls is named is the ledger's choice; its figure is not compared.
  if (reasons.length > 0) return refuse(reasons);
  return post(ledger, command, account, { fee: 0n, tax: 0n }, [move(account, -amount), move(clearing, amount)]);
}

function post(
  ledger: ReferenceShell,
  command: PaymentCommand,
  on: AccountFact,
  charges: { readonly fee: bigint; readonly tax: bigint },
  moves: Move[],
): Expected {
  const head = {
    ...blank(command.id, command.kind, on.id, command.amountMinor),
    ...charges,
    operation: operationOfPayment(command),
    reference: command.reference,
  };
  return done(ledger.post(head, moves));
}

function move(account: AccountFact, amount: bigint): Move {
  return { account: account.id, amount, lots: [] };
}
