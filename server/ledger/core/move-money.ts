import type { Charges } from './fees';
import { planConsumption } from './lots';
import {
  refuse,
  requireBusinessDate,
  requireCurrency,
  requireFunds,
  requireMoneyIn,
  requireMoneyOut,
  requireRoom,
} from './refuse';
import { accountPays, applyService, chargeLegs, countUsage } from './service-rules';
import { operationOf } from './state';
import type { Account, CreditCommand, DebitCommand, Lot, PostedJournal, TransferCommand } from './types';
import type { Draft, Leg, Work } from './work';

/** Money out: the account's money, lots first in their order, to collections (`/v1`) or the outside (`/api/v1`). */
export function decideDebit(work: Work, command: DebitCommand, account: Account): PostedJournal {
  requireBusinessDate(work, command);
  requireMoneyOut(account);
  requireCurrency(account, command.currency);
  const { amountMinor, service } = command;
  const counter = work.state.systemAccount(account.tenantId, account.currency, command.to);
  requireMoneyIn(counter);
  const charges = applyService(work, service, 'DEBIT', account, amountMinor);
  const chargesMinor = charges.feeMinor + charges.taxMinor;
  // Fees may take collections below zero: a receivable.
  const across = command.to === 'AVAILABLE_COLLECTIONS' ? 'collections' : 'outside';
  const payer = accountPays(service, 'DEBIT', across) ? account : counter;
  const totalMinor = payer === account ? amountMinor + chargesMinor : amountMinor;
  requireFunds(account, totalMinor);
  requireRoom(account, -totalMinor);
  requireRoom(counter, amountMinor);
  return moveOut(work, command, account, counter, charges, chargeLegs(work, payer, charges));
}

/** Money in: a promotional lot from promotion expense, or paid money from the outside. */
export function decideCredit(work: Work, command: CreditCommand, account: Account): PostedJournal {
  requireBusinessDate(work, command);
  requireMoneyIn(account);
  requireCurrency(account, command.currency);
  const { amountMinor, service } = command;
  if (command.expiresAtMs !== null && command.expiresAtMs <= work.nowMs) refuse('expires_at_past');
  const source = work.state.systemAccount(account.tenantId, account.currency, command.from);
  const charges = applyService(work, service, 'CREDIT', account, amountMinor);
  const chargesMinor = charges.feeMinor + charges.taxMinor;
  const payer = accountPays(service, 'CREDIT') ? account : source;
  if (payer === account && chargesMinor > 0n) {
    requireMoneyOut(account);
    requireFunds(account, chargesMinor - amountMinor);
  }
  requireRoom(account, amountMinor);
  requireRoom(source, -amountMinor);

  const promotional = command.from === 'PROMOTION_EXPENSE' && account.type === 'CUSTOMER_WALLET';
  const legs: Leg[] = [
    promotional
      ? { account, amountMinor, lotUses: [{ lotId: command.id, use: 'grant', amountMinor }] }
      : { account, amountMinor },
    { account: source, amountMinor: -amountMinor },
  ];
  if (promotional) grantLot(work, command, account);
  legs.push(...spendFees(work, account, chargeLegs(work, payer, charges), amountMinor));
  countUsage(work, service, account, amountMinor);
  return work.post(command, draftOf(command, account, charges, legs));
}

/** Between two accounts of one tenant and currency. Lots do not travel: moved money is paid money where it arrives. */
export function decideTransfer(
  work: Work,
  command: TransferCommand,
  source: Account,
  destination: Account,
): PostedJournal {
  requireBusinessDate(work, command);
  if (source.id === destination.id) refuse('same_account', { account_id: source.id });
  requireMoneyOut(source);
  requireMoneyIn(destination);
  requireCurrency(source, command.currency);
  requireCurrency(destination, source.currency);
  const { amountMinor, service } = command;
  const charges = applyService(work, service, 'TRANSFER', source, amountMinor);
  const totalMinor = amountMinor + charges.feeMinor + charges.taxMinor;
  requireFunds(source, totalMinor);
  requireRoom(source, -totalMinor);
  requireRoom(destination, amountMinor);
  return moveOut(work, command, source, destination, charges, chargeLegs(work, source, charges));
}

/** Posts an outgoing amount and its fees, consuming lots over the whole of it in one order. */
function moveOut(
  work: Work,
  command: DebitCommand | TransferCommand,
  account: Account,
  counter: Account,
  charges: Charges,
  feeLegs: Leg[],
): PostedJournal {
  const lots = work.state.openLots(account.id);
  const principal: Leg = {
    account,
    amountMinor: -command.amountMinor,
    ...(lots.length > 0 && { lotUses: work.spend(planConsumption(account, lots, command.amountMinor)) }),
  };
  const legs = [principal, { account: counter, amountMinor: command.amountMinor }];
  if (feeLegs.length > 0) legs.push(...spendFees(work, account, feeLegs, -command.amountMinor));
  countUsage(work, command.service, account, command.amountMinor);
  return work.post(command, draftOf(command, account, charges, legs));
}

/**
 * Fee legs that the account itself pays take its lots too, after the principal has.
 * @param principalMinor what the principal, not posted yet but already in the lots, changes in the balance
 */
function spendFees(work: Work, account: Account, legs: Leg[], principalMinor: bigint): Leg[] {
  let pendingMinor = principalMinor;
  return legs.map((leg) => {
    if (leg.account !== account) return leg;
    const lots = work.state.openLots(account.id);
    if (lots.length === 0) return leg;
    const asIfPosted: Account = { ...account, balanceMinor: account.balanceMinor + pendingMinor };
    pendingMinor += leg.amountMinor;
    return { ...leg, lotUses: work.spend(planConsumption(asIfPosted, lots, -leg.amountMinor)) };
  });
}

function grantLot(work: Work, command: CreditCommand, account: Account): void {
  const lot: Lot = {
    id: command.id,
    accountId: account.id,
    grantedMinor: command.amountMinor,
    remainingMinor: command.amountMinor,
    heldMinor: 0n,
    usedMinor: 0n,
    expiredMinor: 0n,
    forfeitedMinor: 0n,
    priority: command.priority,
    expiresAtMs: command.expiresAtMs,
  };
  work.newLots.add(lot);
  work.state.addLot(lot);
}

function draftOf(
  command: DebitCommand | CreditCommand | TransferCommand,
  account: Account,
  charges: Charges,
  legs: readonly Leg[],
): Draft {
  return {
    id: command.id,
    kind: command.kind,
    account,
    operation: operationOf(command),
    reference: command.reference,
    fingerprint: fingerprintOf(command),
    amountMinor: command.amountMinor,
    feeMinor: charges.feeMinor,
    taxMinor: charges.taxMinor,
    businessAtMs: command.businessAtMs,
    description: command.description,
    metadata: command.metadata,
    serviceVersionId: command.service?.id ?? null,
    legs,
  };
}

/**
 * What must agree when a reference comes again: the money, its direction, its terms and its service (whatever the
 * service's rules have become since), not the words beside it.
 */
export function fingerprintOf(command: DebitCommand | CreditCommand | TransferCommand): string {
  const under = command.service === null ? '' : `|${command.service.serviceId}`;
  switch (command.kind) {
    case 'debit':
      return `${command.amountMinor}>${command.to}${under}`;
    case 'credit':
      return `${command.amountMinor}<${command.from}|${command.expiresAtMs ?? ''}|${command.priority}${under}`;
    case 'transfer':
      return `${command.amountMinor}>${command.destinationAccountId}${under}`;
  }
}
