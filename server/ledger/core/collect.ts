import { chargesOf, NO_CHARGES } from './fees';
import { refuse, requireFunds, requireMoneyOut, requirePaidFunds } from './refuse';
import { chargeLegs, countUsage } from './service-rules';
import type {
  Account,
  ClawbackCommand,
  CollectCommand,
  Command,
  JournalKind,
  PostedJournal,
  RefundCommand,
} from './types';
import type { Leg, Work } from './work';

type PaymentCommand = CollectCommand | ClawbackCommand | RefundCommand;

/** The accounts on which the books may hold the effect of a payment's command. */
export function collectAccountIds(command: PaymentCommand): readonly string[] {
  switch (command.kind) {
    case 'collect':
      return [command.accountId, command.dueAccountId, command.suspenseAccountId];
    case 'clawback':
      return [command.accountId, command.suspenseAccountId];
    case 'refund':
      return [command.accountId, command.dueAccountId];
  }
}

/** The operation in whose scope the payment's reference is unique. */
export function collectOperation(command: PaymentCommand): string {
  return command.kind === 'clawback' ? 'clawback' : command.operation;
}

interface Place {
  readonly account: Account;
  readonly kind: JournalKind;
}

/** Received money, to where it belongs or else to where it is seen. A suspense posting charges nothing. */
export function decideCollect(work: Work, command: CollectCommand, account: Account): PostedJournal {
  const { amountMinor, operation } = command;
  const suspense = named(work, command, command.suspenseAccountId);
  if (command.into === 'clearing') return giveBack(work, command, suspense);
  const isResolution = operation === 'payment_resolution';
  const source = isResolution ? suspense : named(work, command, command.clearingAccountId);
  if (isResolution) requireFunds(suspense, amountMinor);
  const place = placeOf(work, command, account, suspense);
  if (place.account === source) refuse('account_inactive', { account_id: account.id, status: account.status });

  const service = place.kind === 'mismatch' || isResolution ? null : command.service;
  const charges = service === null ? NO_CHARGES : chargesOf(service, amountMinor);
  // A fee may take collections below zero: a receivable, as with debits.
  const payer =
    service?.feeBearer === 'customer'
      ? source
      : work.state.systemAccount(account.tenantId, account.currency, 'AVAILABLE_COLLECTIONS');
  const legs: Leg[] = [
    { account: place.account, amountMinor },
    { account: source, amountMinor: -amountMinor },
    ...chargeLegs(work, payer, charges),
  ];
  countUsage(work, service, account, amountMinor);
  return work.post(command, {
    id: command.id,
    kind: place.kind,
    account: place.account,
    operation,
    reference: command.reference,
    fingerprint: `${amountMinor}<${source.id}`,
    amountMinor,
    feeMinor: charges.feeMinor,
    taxMinor: charges.taxMinor,
    businessAtMs: command.businessAtMs,
    description: command.description,
    metadata: command.metadata,
    serviceVersionId: service?.id ?? null,
    legs,
  });
}

/** The other resolution of what stands in suspense; of the two the books take one. */
function giveBack(work: Work, command: CollectCommand, suspense: Account): PostedJournal {
  const { amountMinor } = command;
  const clearing = named(work, command, command.clearingAccountId);
  requireFunds(suspense, amountMinor);
  return work.post(command, {
    id: command.id,
    kind: 'refund',
    account: suspense,
    operation: command.operation,
    reference: command.reference,
    fingerprint: `${amountMinor}>${clearing.id}`,
    amountMinor,
    businessAtMs: command.businessAtMs,
    description: command.description,
    metadata: command.metadata,
    legs: [
      { account: suspense, amountMinor: -amountMinor },
      { account: clearing, amountMinor },
    ],
  });
}

function placeOf(work: Work, command: CollectCommand, account: Account, suspense: Account): Place {
  if (command.into === 'suspense') return { account: suspense, kind: 'mismatch' };
  if (account.status === 'closed') return { account: named(work, command, command.dueAccountId), kind: 'late_topup' };
  if (account.status === 'inactive' || !hasRoom(account, command.amountMinor))
    return { account: suspense, kind: 'mismatch' };
  return { account, kind: account.type === 'CUSTOMER_WALLET' ? 'topup' : 'payment' };
}

/** As `requireRoom` has it, without refusing: 2^53 − 1 either way for what the wire shows as a number. */
function hasRoom(account: Account, changeMinor: bigint): boolean {
  if (account.isSystem) return true;
  const balance = account.balanceMinor + changeMinor;
  return balance <= 9_007_199_254_740_991n && balance >= -9_007_199_254_740_991n;
}

/** Whether an account can be posted to that must not refuse. */
function takesPostings(account: Account, changeMinor: bigint): boolean {
  return (account.status === 'active' || account.status === 'frozen') && hasRoom(account, changeMinor);
}

/**
 * What the provider took back, from where it went, below zero if it must. An account that takes no postings, and what is
 * owed to customers in common, is stood in for by suspense: a loss that a person has to place.
 */
export function decideClawback(work: Work, command: ClawbackCommand, account: Account): PostedJournal {
  const { amountMinor, chargesMinor } = command;
  const clearing = named(work, command, command.clearingAccountId);
  const isCommon = account.type === 'REFUNDS_DUE' && account.balanceMinor < amountMinor;
  const source =
    takesPostings(account, -amountMinor) && !isCommon ? account : named(work, command, command.suspenseAccountId);
  const legs: Leg[] = [
    { account: source, amountMinor: -amountMinor },
    { account: clearing, amountMinor },
  ];
  if (chargesMinor > 0n) {
    const collections = work.state.systemAccount(account.tenantId, account.currency, 'AVAILABLE_COLLECTIONS');
    legs.push({ account: collections, amountMinor: -chargesMinor }, { account: clearing, amountMinor: chargesMinor });
  }
  return work.post(command, {
    id: command.id,
    kind: 'clawback',
    account: source,
    operation: 'clawback',
    reference: command.reference,
    fingerprint: `${amountMinor}>${clearing.id}`,
    amountMinor,
    businessAtMs: command.businessAtMs,
    description: command.description,
    metadata: command.metadata,
    legs,
  });
}

/** Out of a wallet only paid money is given back: promotional credit never turns into cash. */
export function decideRefund(work: Work, command: RefundCommand, account: Account): PostedJournal {
  const { amountMinor, operation } = command;
  const counter = named(work, command, command.counterAccountId);
  const returns = operation === 'refund_return';
  const target = returns && !takesPostings(account, amountMinor) ? named(work, command, command.dueAccountId) : account;
  if (!returns) {
    requireMoneyOut(account);
    requireFunds(account, amountMinor);
    if (account.type === 'CUSTOMER_WALLET') requirePaidFunds(work.state, account, amountMinor);
  }
  const changeMinor = returns ? amountMinor : -amountMinor;
  return work.post(command, {
    id: command.id,
    kind: operation,
    account: target,
    operation,
    reference: command.reference,
    fingerprint: `${amountMinor}>${counter.id}`,
    amountMinor,
    businessAtMs: command.businessAtMs,
    description: command.description,
    metadata: command.metadata,
    legs: [
      { account: target, amountMinor: changeMinor },
      { account: counter, amountMinor: -changeMinor },
    ],
  });
}

/** An account that the command names besides its own; the shell loads each. */
function named(work: Work, command: Command, id: string): Account {
  const account = work.state.account(command.tenantId, id);
  if (account === null) refuse('account_not_found', { account_id: id });
  return account;
}
