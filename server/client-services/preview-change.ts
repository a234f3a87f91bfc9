import { actOn } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Charges, chargesOf } from '@/server/ledger/core/fees';
import { accountPays, type ServiceTransactionType, serviceRefusal } from '@/server/ledger/core/service-rules';
import { serviceVersionIn } from '@/server/ledger/core/service-terms';
import type { Refusal, ServiceVersion } from '@/server/ledger/core/types';
import { firstChange, type RulesChange } from './changed-versions';
import { chargedAgain, type PastCharges } from './charged-again';
import { readService } from './read';
import { sameTerms } from './terms';
import type { TimedVersion } from './timeline';

export interface PreviewInput extends RulesChange {
  /** Its code or its id. */
  readonly service: string;
  readonly type: ServiceTransactionType;
  readonly currency: string;
  /** The amounts in a currency's minor units; throws where the currency has none so fine. */
  readonly amountsIn: (currency: string) => readonly bigint[];
}

export interface PreviewedQuote {
  readonly charges: Charges;
  /** What leaves the paying side: the account of a debit or transfer, the other party of a credit. */
  readonly totalMinor: bigint;
  /** What the account's balance changes by. */
  readonly netMinor: bigint;
  readonly refusal: Refusal | null;
}

export interface Preview {
  readonly serviceCode: string;
  readonly currency: string;
  readonly type: ServiceTransactionType;
  readonly effectiveAtMs: number;
  /** What would apply at that moment without the change. */
  readonly base: TimedVersion;
  readonly isChange: boolean;
  readonly feeBearers: { readonly before: ServiceVersion['feeBearer']; readonly after: ServiceVersion['feeBearer'] };
  readonly quotes: readonly {
    readonly amountMinor: bigint;
    readonly before: PreviewedQuote;
    readonly after: PreviewedQuote;
  }[];
  /** Null where there was too much to charge again while somebody waits. */
  readonly past: PastCharges | null;
}

/**
 * What a change of a service would come to, by the rules that postings are decided by: amounts beside each other under
 * the old rules and the new, and what the last thirty days would have been charged. Changes nothing.
 * @throws Problem resource_missing, currency_mismatch, parameter_missing, parameter_invalid
 */
export async function previewChange(ctx: Context, input: PreviewInput): Promise<Preview> {
  const service = await readService(ctx, input.service);
  const on = actOn(ctx, service.books);
  const { currency, type } = input;
  if (service.currency !== null && service.currency !== currency) {
    throw new Problem('currency_mismatch', `The client service ${service.code} is for ${service.currency} alone.`, {
      param: 'currency',
      details: { expected: service.currency, given: currency },
    });
  }
  const amounts = input.amountsIn(currency);
  const { atMs, base, terms } = firstChange(service, input);
  const before = serviceVersionIn(base, currency);
  const after = serviceVersionIn({ ...base, terms }, currency);
  const quoted = (version: ServiceVersion, amountMinor: bigint): PreviewedQuote =>
    quoteOf(version, { type, currency, amountMinor, nowMs: atMs });
  return {
    serviceCode: service.code,
    currency,
    type,
    effectiveAtMs: atMs,
    base,
    isChange: !sameTerms(terms, base.terms),
    feeBearers: { before: before.feeBearer, after: after.feeBearer },
    quotes: amounts.map((amountMinor) => ({
      amountMinor,
      before: quoted(before, amountMinor),
      after: quoted(after, amountMinor),
    })),
    past: await chargedAgain(on, { serviceId: service.id, currency, asOfMs: service.asOfMs, version: after }),
  };
}

function quoteOf(
  version: ServiceVersion,
  use: {
    readonly type: ServiceTransactionType;
    readonly currency: string;
    readonly amountMinor: bigint;
    readonly nowMs: number;
  },
): PreviewedQuote {
  const { type, amountMinor } = use;
  const charges = chargesOf(version, amountMinor);
  const chargesMinor = charges.feeMinor + charges.taxMinor;
  const isAccounts = accountPays(version, type);
  return {
    charges,
    totalMinor: isAccounts === (type !== 'CREDIT') ? amountMinor + chargesMinor : amountMinor,
    netMinor: (type === 'CREDIT' ? amountMinor : -amountMinor) - (isAccounts ? chargesMinor : 0n),
    // What an account has used of its caps is its own; of none in particular nothing is.
    refusal: serviceRefusal(version, { ...use, used: () => 0n }),
  };
}
