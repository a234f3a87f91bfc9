import { AMOUNT_MAX, exponentOf, formatMajor, parseMajor } from '@/contracts/money';
import { Problem } from '@/server/kernel/problem';
import { roundedMinor, type ServiceTerms } from '@/server/ledger/core/service-terms';
import { storedRules } from '@/server/ledger/service-versions';

/**
 * A change of a service's rules, by what the request calls its fields. What is absent stays as it was; null takes a
 * least or greatest fee or a cap away. Amounts and percentages are decimal text with four decimals at the most.
 */
export interface TermsChange {
  readonly transaction_types?: ServiceTerms['transactionTypes'] | undefined;
  readonly is_active?: boolean | undefined;
  readonly has_transaction_fee?: boolean | undefined;
  readonly transaction_fee_type?: 'FIXED' | 'PERCENTAGE' | null | undefined;
  readonly transaction_fee?: string | null | undefined;
  readonly minimum_transaction_fee?: string | null | undefined;
  readonly maximum_transaction_fee?: string | null | undefined;
  readonly tax_on_fee_percentage?: string | undefined;
  readonly fee_bearer?: ServiceTerms['feeBearer'] | undefined;
  readonly refund_fees_on_reversal?: boolean | undefined;
  readonly minimum_transaction_amount?: string | undefined;
  readonly maximum_transaction_amount?: string | undefined;
  readonly daily_cap?: string | null | undefined;
  readonly monthly_cap?: string | null | undefined;
}

/** What a service has before anything is said. */
export const NO_TERMS: ServiceTerms = {
  transactionTypes: ['CREDIT', 'DEBIT', 'TRANSFER'],
  active: true,
  hasFee: false,
  fee: null,
  minimumFee: null,
  maximumFee: null,
  taxPartsPerMillion: 0n,
  feeBearer: 'client',
  refundFeesOnReversal: true,
  minimumAmount: '0',
  maximumAmount: '0',
  dailyCap: null,
  monthlyCap: null,
};

const DECIMALS = 4;
/** In the finest currency of ISO 4217 this is still an amount; a limit may be larger, since nothing is posted by it. */
const FEE_MAX = formatMajor(BigInt(AMOUNT_MAX), 'CLF');

/**
 * Terms with a change made, if they make sense together.
 * @param currency the only one of the service, or null
 * @throws Problem parameter_missing, parameter_invalid naming the field
 */
export function changedTerms(base: ServiceTerms, change: TermsChange, currency: string | null): ServiceTerms {
  const terms: ServiceTerms = {
    transactionTypes: inOrder(change.transaction_types ?? base.transactionTypes),
    active: change.is_active ?? base.active,
    hasFee: change.has_transaction_fee ?? base.hasFee,
    fee: changedFee(base, change),
    minimumFee: change.minimum_transaction_fee === undefined ? base.minimumFee : change.minimum_transaction_fee,
    maximumFee: change.maximum_transaction_fee === undefined ? base.maximumFee : change.maximum_transaction_fee,
    taxPartsPerMillion:
      change.tax_on_fee_percentage === undefined ? base.taxPartsPerMillion : millionths(change.tax_on_fee_percentage),
    feeBearer: change.fee_bearer ?? base.feeBearer,
    refundFeesOnReversal: change.refund_fees_on_reversal ?? base.refundFeesOnReversal,
    minimumAmount: change.minimum_transaction_amount ?? base.minimumAmount,
    maximumAmount: change.maximum_transaction_amount ?? base.maximumAmount,
    dailyCap: change.daily_cap === undefined ? base.dailyCap : change.daily_cap,
    monthlyCap: change.monthly_cap === undefined ? base.monthlyCap : change.monthly_cap,
  };
  requireOrder(terms, change);
  if (currency !== null) requireExact(terms, currency);
  return terms;
}

export function sameTerms(a: ServiceTerms, b: ServiceTerms): boolean {
  return JSON.stringify(storedRules(a)) === JSON.stringify(storedRules(b));
}

/** Type and amount together: 2 percent must not become 2 shillings by a change of the type alone. */
function changedFee(base: ServiceTerms, change: TermsChange): ServiceTerms['fee'] {
  const hasFee = change.has_transaction_fee ?? base.hasFee;
  const type = change.transaction_fee_type === undefined ? (base.fee?.type ?? null) : change.transaction_fee_type;
  const typeChanges = type !== (base.fee?.type ?? null);
  if (change.transaction_fee === undefined && !typeChanges) {
    if (hasFee && base.fee === null) missing('transaction_fee_type', 'it must be FIXED or PERCENTAGE');
    return base.fee;
  }
  const amount = change.transaction_fee ?? null;
  if (hasFee && type === null) missing('transaction_fee_type', 'it must be FIXED or PERCENTAGE');
  if (hasFee && amount === null) missing('transaction_fee', 'a service with a fee says how much');
  if (type === null || amount === null) return null;
  if (type === 'PERCENTAGE') {
    if (scaled(amount) > scaled('100')) invalid('transaction_fee', 'must be at most 100 where it is a PERCENTAGE');
    return { type, partsPerMillion: millionths(amount) };
  }
  requireFee('transaction_fee', amount);
  return { type, amount };
}

/** The field at fault is the one that was sent; of two the greater. */
function requireOrder(terms: ServiceTerms, change: TermsChange): void {
  if (terms.maximumAmount === '0') invalid('maximum_transaction_amount', 'must be more than 0');
  if (scaled(terms.maximumAmount) < scaled(terms.minimumAmount)) {
    if (change.maximum_transaction_amount !== undefined) {
      invalid('maximum_transaction_amount', `must not be less than the minimum, ${terms.minimumAmount}`);
    }
    invalid('minimum_transaction_amount', `must not be more than the maximum, ${terms.maximumAmount}`);
  }
  const { minimumFee, maximumFee } = terms;
  if (minimumFee !== null) requireFee('minimum_transaction_fee', minimumFee);
  if (maximumFee !== null) requireFee('maximum_transaction_fee', maximumFee);
  if (minimumFee !== null && maximumFee !== null && scaled(maximumFee) < scaled(minimumFee)) {
    if (change.maximum_transaction_fee !== undefined) {
      invalid('maximum_transaction_fee', `must not be less than the least fee, ${minimumFee}`);
    }
    invalid('minimum_transaction_fee', `must not be more than the greatest fee, ${maximumFee}`);
  }
}

/** In a service of one currency no amount is rounded, since none needs it. */
function requireExact(terms: ServiceTerms, currency: string): void {
  const amounts: readonly (readonly [param: string, text: string | null])[] = [
    ['transaction_fee', terms.fee?.type === 'FIXED' ? terms.fee.amount : null],
    ['minimum_transaction_amount', terms.minimumAmount],
    ['maximum_transaction_amount', terms.maximumAmount],
    ['minimum_transaction_fee', terms.minimumFee],
    ['maximum_transaction_fee', terms.maximumFee],
    ['daily_cap', terms.dailyCap],
    ['monthly_cap', terms.monthlyCap],
  ];
  for (const [param, text] of amounts) {
    const parsed = text === null ? null : parseMajor(text, currency);
    if (parsed === null || parsed.ok || parsed.problem !== 'too_fine') continue;
    const digits = exponentOf(currency);
    invalid(
      param,
      `is finer than the minor unit of ${currency}, which has ${digits === 0 ? 'no decimals' : `${digits} decimals`}`,
    );
  }
}

function requireFee(param: string, text: string): void {
  if (scaled(text) > scaled(FEE_MAX)) invalid(param, `must be at most ${FEE_MAX}`);
}

/** One order whatever order they were named in, so that naming them anew is no change. */
function inOrder(types: ServiceTerms['transactionTypes']): ServiceTerms['transactionTypes'] {
  return NO_TERMS.transactionTypes.filter((type) => types.includes(type));
}

/** Percent to parts of a million. */
function millionths(percent: string): bigint {
  return scaled(percent);
}

/** For comparing: no text here has more decimals. */
function scaled(text: string): bigint {
  return roundedMinor(text, DECIMALS, 'down');
}

function invalid(param: string, rule: string): never {
  throw new Problem('parameter_invalid', `\`${param}\` ${rule}.`, { param });
}

function missing(param: string, rule: string): never {
  throw new Problem('parameter_missing', `\`${param}\` is missing; ${rule}.`, { param });
}
