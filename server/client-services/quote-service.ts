import { findAccount } from '@/server/accounts/directory';
import { actOn } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Charges, chargesOf } from '@/server/ledger/core/fees';
import { accountPays, capsOf, type ServiceTransactionType, serviceRefusal } from '@/server/ledger/core/service-rules';
import type { Refusal, ServiceVersion } from '@/server/ledger/core/types';
import { readService } from './read';
import { resolveService } from './service-book';

export interface QuoteInput {
  /** Its code or its id. */
  readonly service: string;
  readonly type: ServiceTransactionType;
  /** The amount in a currency's minor units; throws where the currency has none so fine. */
  readonly amountIn: (currency: string) => bigint;
  /** One of the two. */
  readonly accountNumber: string | null;
  readonly currency: string | null;
}

export interface Quote {
  readonly serviceCode: string;
  readonly version: ServiceVersion;
  readonly type: ServiceTransactionType;
  readonly accountNumber: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly charges: Charges;
  /** What leaves the paying side: the account of a debit or transfer, the other party of a credit. */
  readonly totalMinor: bigint;
  /** What the account's balance changes by. */
  readonly netMinor: bigint;
  readonly refusal: Refusal | null;
}

/**
 * What a transaction under a service would cost and whether the service allows it, by the rules that postings use. Reads
 * neither balance nor status of the account, changes nothing and promises nothing: only the transaction itself counts.
 * @throws Problem resource_missing, currency_mismatch, parameter_missing, parameter_invalid
 */
export async function quoteService(ctx: Context, input: QuoteInput): Promise<Quote> {
  const service = await readService(ctx, input.service);
  const on = actOn(ctx, service.books);
  const account = await accountOf(on, input);
  const currency = account?.currency ?? input.currency;
  if (currency === null) throw new Error('A quote is for an account or a currency.');
  const amountMinor = input.amountIn(currency);
  const { version } = await resolveService(on, service.code, currency);
  const nowMs = service.asOfMs;
  const used = account === null ? NOTHING_USED : await usage(on, version, account.id, nowMs);
  const charges = chargesOf(version, amountMinor);
  const chargesMinor = charges.feeMinor + charges.taxMinor;
  const isAccounts = accountPays(version, input.type);
  return {
    serviceCode: service.code,
    version,
    type: input.type,
    accountNumber: account?.number ?? null,
    currency,
    amountMinor,
    charges,
    totalMinor: isAccounts === (input.type !== 'CREDIT') ? amountMinor + chargesMinor : amountMinor,
    netMinor: (input.type === 'CREDIT' ? amountMinor : -amountMinor) - (isAccounts ? chargesMinor : 0n),
    refusal: serviceRefusal(version, {
      type: input.type,
      currency,
      amountMinor,
      nowMs,
      used: (period) => used.get(period) ?? 0n,
    }),
  };
}

const NOTHING_USED: ReadonlyMap<string, bigint> = new Map();

async function accountOf(
  ctx: Context,
  { accountNumber, currency }: QuoteInput,
): Promise<{ id: string; number: string; currency: string } | null> {
  if (accountNumber !== null) {
    if (currency === null) {
      const account = await findAccount(ctx, accountNumber, 'account_number');
      if (account.books.tenantId === ctx.principal.tenantId) return account;
      // The operator sees it, but a service is of one set of books.
      throw new Problem('resource_missing', `The service’s client has no account ${account.number}.`, {
        param: 'account_number',
      });
    }
    throw new Problem('parameter_invalid', '`currency` goes without `account_number`, which has one of its own.', {
      param: 'currency',
    });
  }
  if (currency !== null) return null;
  throw new Problem('parameter_missing', '`account_number` is missing; send it, or a `currency` in its place.', {
    param: 'account_number',
  });
}

async function usage(
  ctx: Context,
  version: ServiceVersion,
  accountId: string,
  nowMs: number,
): Promise<ReadonlyMap<string, bigint>> {
  const periods = capsOf(version, nowMs).map(([, period]) => period);
  if (periods.length === 0) return NOTHING_USED;
  const { rows } = await ctx.db.pool.query<{ period: string; amount_minor: string }>(
    `select period, amount_minor from service_usage
     where tenant_id = $1 and service_id = $2 and account_id = $3 and period = any ($4)`,
    [ctx.principal.tenantId, version.serviceId, accountId, periods],
  );
  return new Map(rows.map((row) => [row.period, BigInt(row.amount_minor)]));
}
