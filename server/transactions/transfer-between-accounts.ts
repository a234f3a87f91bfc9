import { formatMajor4 } from '@/contracts/money';
import type { AccountRef } from '@/server/accounts/directory';
import { resolveService } from '@/server/client-services/service-book';
import { actOn, requireActive } from '@/server/clients/act-on';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import { Problem } from '@/server/kernel/problem';
import type { Outcome } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { byHand } from '@/server/wallets/by-hand';
import { accountWords, problemOf } from '@/server/wallets/refusal';
import { requireMovable } from './movable';
import { type SourceFacts, sourceText } from './source-facts';
import { recordOfPosted, type TransactionRecord } from './transaction-record';

export interface AccountTransferInput {
  readonly source: AccountRef;
  readonly destination: AccountRef;
  readonly serviceCode: string;
  readonly amountMinor: bigint;
  /** Unique per source account over its transfers. */
  readonly sourceId: string;
  readonly facts: SourceFacts;
  readonly narration: string | null;
  readonly businessAtMs: number;
}

export interface BothLegs {
  readonly source: TransactionRecord;
  readonly destination: TransactionRecord;
  readonly replayed: boolean;
}

/**
 * Moves money between two accounts of one client, under a client service that allows transfers.
 * @throws Problem same_account, currency_mismatch, parameter_invalid, client_inactive, insufficient_funds …
 */
export async function transferBetweenAccounts(ctx: Context, input: AccountTransferInput): Promise<BothLegs> {
  const { source, destination, amountMinor } = input;
  requireOneClient(source, destination);
  requireActive(source.books);
  requireMovable(source, 'source_account_number');
  requireMovable(destination, 'destination_account_number');
  const on = actOn(ctx, source.books);
  const service = await resolveService(on, input.serviceCode, source.currency);
  const numbers = new Map([
    [source.id, source.number],
    [destination.id, destination.number],
  ]);
  const facts = {
    numbers,
    serviceCode: service.code,
    clientCode: source.books.clientCode,
    livemode: on.principal.mode === 'live',
    original: null,
  };
  const toResult = (outcome: Outcome): BothLegs => {
    if (!outcome.ok) throw problemOf(outcome.refusal, accountWords(numbers));
    const { posted, replayed } = outcome;
    if (posted === null) throw new Error('A transfer that succeeded has a journal.');
    return { source: recordOfPosted(posted, 1, facts), destination: recordOfPosted(posted, 2, facts), replayed };
  };
  const id = ctx.ledger.nextId();
  const outcome = await ctx.ledger.submit(
    {
      kind: 'transfer',
      tenantId: source.books.tenantId,
      id,
      origin: originOf(on),
      sourceAccountId: source.id,
      destinationAccountId: destination.id,
      amountMinor,
      currency: null,
      service: service.version,
      reference: input.sourceId,
      description: input.narration,
      metadata: sourceText(input.facts),
      businessAtMs: input.businessAtMs,
      ...byHand(on, 'transaction.transferred', () => ({
        objectId: entryId(id, 1),
        facts: {
          source_account_number: source.number,
          destination_account_number: destination.number,
          amount: formatMajor4(amountMinor, source.currency),
          currency: source.currency,
          source_transaction_id: input.sourceId,
        },
      })),
    },
    ledgerAnswer(on, toResult),
  );
  return toResult(outcome);
}

/** Money stays within one client's books, and within one currency. */
function requireOneClient(source: AccountRef, destination: AccountRef): void {
  const param = 'destination_account_number';
  if (source.id === destination.id) {
    throw new Problem('same_account', 'Source and destination are the same account.', {
      param,
      details: { account_number: source.number },
    });
  }
  // Only the operator's people can name accounts of two clients; to anybody else the other one is not there.
  if (source.books.tenantId !== destination.books.tenantId) {
    throw new Problem(
      'parameter_invalid',
      `Account ${destination.number} is of client ${destination.books.clientCode} and account ${source.number} of client ${source.books.clientCode}: a transfer stays within one client.`,
      { param },
    );
  }
  if (source.currency !== destination.currency) {
    throw new Problem(
      'currency_mismatch',
      `Account ${source.number} is in ${source.currency}, account ${destination.number} in ${destination.currency}.`,
      { param, details: { expected: source.currency, given: destination.currency } },
    );
  }
}
