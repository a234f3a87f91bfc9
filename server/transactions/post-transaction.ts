import { formatId } from '@/contracts/ids';
import { formatMajor4 } from '@/contracts/money';
import type { AccountRef } from '@/server/accounts/directory';
import { moneyEffect } from '@/server/approvals/effect';
import { mayNeedSecondPerson, requireSecondPerson } from '@/server/approvals/second-person';
import { resolveService } from '@/server/client-services/service-book';
import { actOn, requireActive } from '@/server/clients/act-on';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { Problem } from '@/server/kernel/problem';
import { PAID_PRIORITY } from '@/server/ledger/core/lots';
import type { Command, CreditCommand, Outcome, Refusal } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { byHand } from '@/server/wallets/by-hand';
import { accountWords, problemOf } from '@/server/wallets/refusal';
import { requireMovable } from './movable';
import { settlementAccount } from './settlement-account';
import { type SourceFacts, sourceText } from './source-facts';
import { recordOfPosted, type TransactionRecord } from './transaction-record';

export interface TransactionInput {
  readonly type: 'CREDIT' | 'DEBIT';
  readonly account: AccountRef;
  readonly serviceCode: string;
  readonly amountMinor: bigint;
  /** Unique per account over credits and debits together. */
  readonly sourceId: string;
  readonly source: SourceFacts;
  readonly narration: string | null;
  readonly businessAtMs: number;
}

export interface PostedTransaction {
  readonly transaction: TransactionRecord;
  /** The source id was there before: this is the first answer again. */
  readonly replayed: boolean;
}

/**
 * Moves money between an account and the world outside, under a client service. One submission; what it names is
 * remembered.
 * @throws Problem resource_missing, client_inactive, insufficient_funds, service_inactive, reference_conflict …
 */
export async function postTransaction(ctx: Context, input: TransactionInput): Promise<PostedTransaction> {
  const { account, type, amountMinor } = input;
  requireActive(account.books);
  requireMovable(account, 'account_number');
  const on = actOn(ctx, account.books);
  const service = await resolveService(on, input.serviceCode, account.currency);
  const settlement = await settlementAccount(on, account.currency);
  const numbers = new Map([
    [account.id, account.number],
    [settlement.id, settlement.number],
  ]);
  const facts = {
    numbers,
    serviceCode: service.code,
    clientCode: account.books.clientCode,
    livemode: on.principal.mode === 'live',
    original: null,
  };
  const toResult = (outcome: Outcome): PostedTransaction => {
    if (!outcome.ok) throw problemOf(outcome.refusal, accountWords(numbers));
    if (outcome.posted === null) throw new Error('A transaction that succeeded has a journal.');
    return { transaction: recordOfPosted(outcome.posted, 1, facts), replayed: outcome.replayed };
  };
  const id = ctx.ledger.nextId();
  const base = {
    tenantId: account.books.tenantId,
    id,
    origin: originOf(on),
    accountId: account.id,
    amountMinor,
    currency: null,
    operation: 'transaction',
    service: service.version,
    reference: input.sourceId,
    description: input.narration,
    metadata: sourceText(input.source),
    businessAtMs: input.businessAtMs,
    ...byHand(on, type === 'CREDIT' ? 'transaction.credited' : 'transaction.debited', () => ({
      objectId: entryId(id, 1),
      facts: {
        account_number: account.number,
        amount: formatMajor4(amountMinor, account.currency),
        currency: account.currency,
        source_transaction_id: input.sourceId,
      },
    })),
  } as const;
  const command: Command =
    type === 'CREDIT'
      ? { ...base, kind: 'credit', from: 'EXTERNAL_SETTLEMENT', expiresAtMs: null, priority: PAID_PRIORITY }
      : { ...base, kind: 'debit', to: 'EXTERNAL_SETTLEMENT' };
  if (command.kind === 'credit' && mayNeedSecondPerson(on)) {
    await requireSecondPersonForCredit(on, command, input, (refusal) => problemOf(refusal, accountWords(numbers)));
  }
  return toResult(await ctx.ledger.submit(command, ledgerAnswer(on, toResult)));
}

/** @throws SecondPersonNeeded, or what the credit would be refused with */
async function requireSecondPersonForCredit(
  on: Context,
  command: CreditCommand,
  { account, amountMinor, narration, sourceId, serviceCode }: TransactionInput,
  toProblem: (refusal: Refusal) => Problem,
): Promise<void> {
  const kind = account.type === 'CUSTOMER_WALLET' ? 'wallet' : 'account';
  const target = { type: kind, id: formatId(kind, account.id) };
  const { currency } = account;
  await requireSecondPerson(on, { verb: 'credit', amountMinor, currency, reason: narration, target }, () =>
    moneyEffect(on, command, toProblem, {
      before: null,
      after: { narration, source_transaction_id: sourceId, client_service_code: serviceCode },
    }),
  );
}
