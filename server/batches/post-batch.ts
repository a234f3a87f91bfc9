import { ERRORS } from '@/contracts/errors';
import { formatMinor } from '@/contracts/money';
import { mayNeedSecondPerson, needsSecondPerson } from '@/server/approvals/second-person';
import { booksOfClient, requireActive } from '@/server/clients/act-on';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Command, Outcome } from '@/server/ledger/core/types';
import { type GroupOutcome, LedgerBusy, OutcomeUnknown } from '@/server/ledger/ledger';
import { problemOf } from '@/server/wallets/refusal';
import { type TransactionView, viewOfPosted } from '@/server/wallets/transaction-view';
import type { BatchItem } from './batch-item';
import { commandsOf, ofItem } from './item-commands';

export interface BatchInput {
  /** All items or none. */
  readonly atomic: boolean;
  /** 1 to 1 000. */
  readonly items: readonly BatchItem[];
}

export type ItemResult =
  | {
      readonly ok: true;
      readonly transaction: TransactionView;
      /** Of a transfer, whose `transaction` is the source's. */
      readonly destination: TransactionView | null;
      readonly replayed: boolean;
    }
  /** A Problem, or what the ledger rejected it with: then nothing is known to have been posted. */
  | { readonly ok: false; readonly error: Error };

export interface BatchResult {
  readonly atomic: boolean;
  readonly livemode: boolean;
  /** One for each item, in order. */
  readonly items: readonly ItemResult[];
  /** Every reference was there before: this is the first answer again. */
  readonly replayed: boolean;
  /** What nobody expected of single items; for the log. */
  readonly faults: readonly Error[];
}

/**
 * Many debits, credits and transfers as one submission to the ledger: each on its own, or all or none.
 * @throws Problem batch_rejected, client_inactive; LedgerBusy, OutcomeUnknown as a single posting does
 */
export async function postBatch(ctx: Context, { atomic, items }: BatchInput): Promise<BatchResult> {
  // Keys and people of an inactive client do not get this far; the operator's people who act on it do.
  if (ctx.principal.actsOnClient) requireActive(await booksOfClient(ctx, ctx.principal.clientId));
  const commands = await commandsOf(ctx, items);
  if (mayNeedSecondPerson(ctx)) await requireCreditsForOnePerson(ctx, commands);
  return atomic ? postTogether(ctx, commands) : postEach(ctx, commands);
}

/**
 * Many small credits are one large one: their sum, by currency, must be what one person may credit. A batch does not wait
 * for a second one, since its items are answered one by one.
 * @throws Problem approval_required
 */
async function requireCreditsForOnePerson(ctx: Context, commands: readonly (Command | Problem)[]): Promise<void> {
  const credits = commands.flatMap((command) =>
    !(command instanceof Problem) && command.kind === 'credit' ? [command] : [],
  );
  if (credits.length === 0) return;
  const { rows } = await ctx.db.pool.query<{ currency: string; id: string }>(
    'select id, currency from accounts where tenant_id = $1 and id = any ($2::bigint[])',
    [ctx.principal.tenantId, credits.map((credit) => credit.accountId)],
  );
  const currencies = new Map(rows.map(({ id, currency }) => [id, currency]));
  const sums = new Map<string, bigint>();
  for (const { accountId, amountMinor } of credits) {
    const currency = currencies.get(accountId);
    if (currency !== undefined) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  for (const [currency, amountMinor] of sums) {
    if (!(await needsSecondPerson(ctx, { verb: 'credit', amountMinor, currency }))) continue;
    throw new Problem(
      'approval_required',
      `Credits of ${formatMinor(amountMinor, currency)} need a second person, and a batch cannot wait for one: send them one by one.`,
      { param: 'items' },
    );
  }
}

async function postTogether(ctx: Context, commands: readonly (Command | Problem)[]): Promise<BatchResult> {
  // What names nothing is said before the ledger judges the rest.
  const absent = commands.flatMap((command, index) =>
    command instanceof Problem ? [{ index, problem: command }] : [],
  );
  if (absent.length > 0) throw rejected(absent, commands.length);
  const toResult = (outcome: GroupOutcome): BatchResult => {
    if (outcome.ok)
      return resultOf(
        ctx,
        true,
        outcome.outcomes.map((each) => itemResult(ctx, each)),
      );
    const refused = outcome.refusals.map(({ index, refusal }) => ({
      index,
      problem: ofItem(problemOf(refusal), index),
    }));
    throw rejected(refused, commands.length);
  };
  return toResult(await ctx.ledger.submitAll(commands as readonly Command[], ledgerAnswer(ctx, toResult)));
}

async function postEach(ctx: Context, commands: readonly (Command | Problem)[]): Promise<BatchResult> {
  const present = commands.filter((command): command is Command => !(command instanceof Problem));
  const toResult = (outcomes: readonly (Outcome | Error)[]): BatchResult => {
    let next = 0;
    const results = commands.map((command, index) => {
      if (command instanceof Problem) return { ok: false as const, error: command };
      const result = itemResult(ctx, outcomes[next++] as Outcome | Error);
      return result.ok || !(result.error instanceof Problem)
        ? result
        : { ok: false as const, error: ofItem(result.error, index) };
    });
    return resultOf(ctx, false, results);
  };
  if (present.length === 0) return toResult([]);
  return toResult(await ctx.ledger.submitEach(present, ledgerAnswer<readonly Outcome[]>(ctx, toResult)));
}

/** As the single requests answer. */
function itemResult(ctx: Context, outcome: Outcome | Error): ItemResult {
  if (outcome instanceof Error) return { ok: false, error: outcome };
  if (!outcome.ok) return { ok: false, error: problemOf(outcome.refusal) };
  const { posted, replayed } = outcome;
  if (posted === null) throw new Error('An item that succeeded has a journal.');
  const livemode = ctx.principal.mode === 'live';
  const destination = posted.journal.kind === 'transfer' ? viewOfPosted(posted, livemode, 2) : null;
  return { ok: true, transaction: viewOfPosted(posted, livemode), destination, replayed };
}

function resultOf(ctx: Context, atomic: boolean, items: readonly ItemResult[]): BatchResult {
  return {
    atomic,
    livemode: ctx.principal.mode === 'live',
    items,
    replayed: items.every((item) => item.ok && item.replayed),
    faults: items.flatMap((item) => (item.ok || isExpected(item.error) ? [] : [item.error])),
  };
}

function isExpected(error: Error): boolean {
  return error instanceof Problem || error instanceof LedgerBusy || error instanceof OutcomeUnknown;
}

function rejected(refused: readonly { index: number; problem: Problem }[], total: number): Problem {
  const message = `${refused.length} of ${total} items ${refused.length === 1 ? 'was' : 'were'} refused, so nothing of the batch was done.`;
  return new Problem('batch_rejected', message, {
    details: {
      items: refused.map(({ index, problem: { code, message: why, param, details } }) => ({
        index,
        type: ERRORS[code].type,
        code,
        message: why,
        param,
        details,
      })),
    },
  });
}
