import { createHash } from 'node:crypto';
import type { State } from '@/server/audit/changes';
import type { Context } from '@/server/kernel/context';
import type { Problem } from '@/server/kernel/problem';
import type { Command, Entry, Refusal } from '@/server/ledger/core/types';

/** A balance as it is, and as it would be. */
export interface BalanceChange {
  readonly accountId: string;
  readonly number: string;
  readonly type: string;
  readonly customerId: string | null;
  /** Of a wallet its customer, where that has a name. */
  readonly name: string | null;
  /** The system's own, which moves with everybody's money. */
  readonly isSystem: boolean;
  readonly currency: string;
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
}

/** Exactly what an act would change, as of now. */
export interface Effect {
  readonly balances: readonly BalanceChange[];
  /** Besides balances; null for what is not there. JSON values only. */
  readonly before: State | null;
  readonly after: State | null;
}

/** What says the same act on the same terms: compared between what was seen, what is now, and what is done. */
interface Bound {
  readonly verb: string;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
}

/**
 * What a command of the ledger would do, decided by the ledger itself over the books as of now and thrown away. Null where
 * nothing would change: its reference was posted before, and asking again gives that answer.
 * @throws Problem what it would be refused with
 */
export async function moneyEffect(
  ctx: Context,
  command: Command,
  problemOf: (refusal: Refusal) => Problem,
  states: { readonly before: State | null; readonly after: State | null } = { before: null, after: null },
): Promise<Effect | null> {
  const outcome = await ctx.ledger.preview(command);
  if (!outcome.ok) throw problemOf(outcome.refusal);
  if (outcome.replayed || outcome.posted === null) return null;
  return { balances: await balanceChanges(ctx, command.tenantId, outcome.posted.entries), ...states };
}

interface AccountRow {
  id: string;
  number: string;
  type: string;
  currency: string;
  customer_id: string | null;
  name: string | null;
  is_system: boolean;
}

/** One line for each account, however many entries it has, in the order of the entries. */
async function balanceChanges(ctx: Context, tenantId: string, entries: readonly Entry[]): Promise<BalanceChange[]> {
  const moved = new Map<string, { beforeMinor: bigint; afterMinor: bigint }>();
  for (const { accountId, amountMinor, balanceAfterMinor } of entries) {
    const first = moved.get(accountId);
    const beforeMinor = first?.beforeMinor ?? balanceAfterMinor - amountMinor;
    moved.set(accountId, { beforeMinor, afterMinor: balanceAfterMinor });
  }
  const { rows } = await ctx.db.pool.query<AccountRow>(
    `select a.id, a.number, a.type, a.currency, a.customer_id, coalesce(c.name, p.name) as name,
       a.is_system or a.type = 'PROVIDER_CLEARING' as is_system
     from accounts a
     left join customers c on c.tenant_id = a.tenant_id and c.id = a.customer_id
     left join account_profiles p on p.tenant_id = a.tenant_id and p.account_id = a.id
     where a.tenant_id = $1 and a.id = any ($2::bigint[])`,
    [tenantId, [...moved.keys()]],
  );
  const accounts = new Map(rows.map((row) => [row.id, row]));
  return [...moved].flatMap(([accountId, { beforeMinor, afterMinor }]) => {
    const row = accounts.get(accountId);
    if (row === undefined) return [];
    const { number, type, currency, customer_id: customerId, name, is_system: isSystem } = row;
    return [{ accountId, number, type, customerId, name, isSystem, currency, beforeMinor, afterMinor }];
  });
}

/** The terms alone: everything but where balances stand. */
export function termsToken({ verb, amountMinor, currency }: Bound, effect: Effect | Problem): string {
  if ('code' in effect) return digestOf({ verb, impossible: effect.code });
  return digestOf({
    verb,
    amount: amountMinor,
    currency,
    before: effect.before,
    after: effect.after,
    moves: effect.balances.map((change) => [change.accountId, change.afterMinor - change.beforeMinor]),
  });
}

/**
 * What the second person saw: the terms, and the balances of customers' and clients' accounts. The system's own accounts
 * move with everybody's money and are left out, or nobody could ever decide.
 */
export function stateToken(bound: Bound, effect: Effect | Problem): string {
  const balances = 'code' in effect ? [] : effect.balances.filter(({ isSystem }) => !isSystem);
  return `${termsToken(bound, effect)}.${digestOf(balances.map(({ accountId, beforeMinor }) => [accountId, beforeMinor]))}`;
}

const HEX_DIGITS = 32;

function digestOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, HEX_DIGITS);
}

/** The same text for the same value, in whichever order its fields were written; bigints as text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  });
}

/** As it is stored beside what was asked. */
export function effectText({ balances, before, after }: Effect): string {
  return JSON.stringify({ balances, before, after }, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner,
  );
}

type StoredBalance = Omit<BalanceChange, 'beforeMinor' | 'afterMinor' | 'name'> & {
  beforeMinor: string;
  afterMinor: string;
  name?: string | null;
};

export function effectOf(text: string): Effect {
  const stored = JSON.parse(text) as Omit<Effect, 'balances'> & { balances: StoredBalance[] };
  return {
    ...stored,
    balances: stored.balances.map((change) => ({
      ...change,
      name: change.name ?? null,
      beforeMinor: BigInt(change.beforeMinor),
      afterMinor: BigInt(change.afterMinor),
    })),
  };
}
