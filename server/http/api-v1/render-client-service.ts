import type {
  ClientServiceObject,
  ClientServicePreviewObject,
  ClientServiceQuoteObject,
  ClientServiceVersionObject,
} from '@/contracts/client-services';
import { formatMajor4 } from '@/contracts/money';
import type { Preview, PreviewedQuote } from '@/server/client-services/preview-change';
import type { Quote } from '@/server/client-services/quote-service';
import type { ServiceView, WrittenVersion } from '@/server/client-services/read';
import type { ServiceTerms } from '@/server/ledger/core/service-terms';
import { accountWords, problemOf } from '@/server/wallets/refusal';

/** A service's refusal names no account. */
const NO_ACCOUNTS = accountWords(new Map());

export function renderService(service: ServiceView): ClientServiceObject {
  const { inForce } = service;
  return {
    client_service_id: service.id,
    client_service_code: service.code,
    client_code: service.books.clientCode,
    client_service_name: service.name,
    service_code: service.serviceCode,
    ...renderTerms(inForce.terms),
    currency: service.currency,
    version_id: inForce.id,
    version_number: inForce.number,
    effective_at: renderTime(inForce.effectiveAtMs),
    scheduled_versions: service.scheduled.map((version) => ({
      version_id: version.id,
      version_number: version.number,
      effective_at: renderTime(version.effectiveAtMs),
    })),
    created_at: renderTime(service.createdAtMs),
    updated_at: renderTime(service.updatedAtMs),
  };
}

export function renderVersion(service: ServiceView, version: WrittenVersion): ClientServiceVersionObject {
  return {
    object: 'client_service_version',
    version_id: version.id,
    version_number: version.number,
    client_service_code: service.code,
    ...renderTerms(version.terms),
    is_in_force: version.id === service.inForce.id && version.effectiveAtMs <= service.asOfMs,
    effective_at: renderTime(version.effectiveAtMs),
    created_at: renderTime(version.createdAtMs),
    created_by: version.actor,
    created_by_name: version.actorName,
  };
}

export function renderQuote(quote: Quote): ClientServiceQuoteObject {
  const money = (minor: bigint): string => formatMajor4(minor, quote.currency);
  const { feeMinor, taxMinor } = quote.charges;
  const problem = quote.refusal === null ? null : problemOf(quote.refusal, NO_ACCOUNTS);
  return {
    object: 'client_service_quote',
    client_service_code: quote.serviceCode,
    version_id: quote.version.id,
    transaction_type: quote.type,
    account_number: quote.accountNumber,
    currency: quote.currency,
    transaction_amount: money(quote.amountMinor),
    transaction_fee: money(feeMinor),
    tax_on_fee: money(taxMinor),
    total_charges: money(feeMinor + taxMinor),
    fee_bearer: quote.version.feeBearer,
    total_amount: money(quote.totalMinor),
    net_amount: money(quote.netMinor),
    is_allowed: problem === null,
    refusal: problem === null ? null : { code: problem.code, message: problem.message },
  };
}

export function renderPreview(preview: Preview): ClientServicePreviewObject {
  const money = (minor: bigint): string => formatMajor4(minor, preview.currency);
  const cost = ({ charges, totalMinor, netMinor, refusal }: PreviewedQuote) => {
    const problem = refusal === null ? null : problemOf(refusal, NO_ACCOUNTS);
    return {
      transaction_fee: money(charges.feeMinor),
      tax_on_fee: money(charges.taxMinor),
      total_charges: money(charges.feeMinor + charges.taxMinor),
      total_amount: money(totalMinor),
      net_amount: money(netMinor),
      refusal: problem === null ? null : { code: problem.code, message: problem.message },
    };
  };
  const { past } = preview;
  return {
    object: 'client_service_preview',
    client_service_code: preview.serviceCode,
    base_version_number: preview.base.number,
    effective_at: renderTime(preview.effectiveAtMs),
    is_change: preview.isChange,
    currency: preview.currency,
    transaction_type: preview.type,
    fee_bearer_before: preview.feeBearers.before,
    fee_bearer_after: preview.feeBearers.after,
    quotes: preview.quotes.map(({ amountMinor, before, after }) => ({
      transaction_amount: money(amountMinor),
      before: cost(before),
      after: cost(after),
    })),
    last_30_days:
      past === null
        ? null
        : {
            from: renderTime(past.fromMs),
            to: renderTime(past.toMs),
            transactions: past.count,
            fees_charged: money(past.charged.feeMinor),
            tax_charged: money(past.charged.taxMinor),
            fees_then: money(past.wouldBe.feeMinor),
            tax_then: money(past.wouldBe.taxMinor),
            dearer: past.dearer,
            cheaper: past.cheaper,
            at_minimum_fee: past.atLeastFee,
            at_maximum_fee: past.atGreatestFee,
            outside_limits: past.outsideLimits,
          },
  };
}

type Terms = Pick<
  ClientServiceObject,
  | 'has_transaction_fee'
  | 'transaction_fee_type'
  | 'transaction_fee'
  | 'minimum_transaction_amount'
  | 'maximum_transaction_amount'
  | 'is_active'
  | 'transaction_types'
  | 'fee_bearer'
  | 'minimum_transaction_fee'
  | 'maximum_transaction_fee'
  | 'tax_on_fee_percentage'
  | 'daily_cap'
  | 'monthly_cap'
  | 'refund_fees_on_reversal'
>;

/** As JSON numbers, which the document shows: what was let in (`contracts/client-services.ts`) is exact in one. */
function renderTerms(terms: ServiceTerms): Terms {
  const { fee } = terms;
  return {
    has_transaction_fee: terms.hasFee,
    transaction_fee_type: fee?.type ?? null,
    transaction_fee: fee === null ? 0 : fee.type === 'FIXED' ? Number(fee.amount) : percent(fee.partsPerMillion),
    minimum_transaction_amount: Number(terms.minimumAmount),
    maximum_transaction_amount: Number(terms.maximumAmount),
    is_active: terms.active ? 1 : 0,
    transaction_types: [...terms.transactionTypes],
    fee_bearer: terms.feeBearer,
    minimum_transaction_fee: ifSet(terms.minimumFee),
    maximum_transaction_fee: ifSet(terms.maximumFee),
    tax_on_fee_percentage: percent(terms.taxPartsPerMillion),
    daily_cap: ifSet(terms.dailyCap),
    monthly_cap: ifSet(terms.monthlyCap),
    refund_fees_on_reversal: terms.refundFeesOnReversal,
  };
}

/** At most a million, so the quotient is the double nearest to the decimal, and prints as it. */
function percent(partsPerMillion: bigint): number {
  return Number(partsPerMillion) / 10_000;
}

function ifSet(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function renderTime(ms: number): string {
  return new Date(ms).toISOString();
}
