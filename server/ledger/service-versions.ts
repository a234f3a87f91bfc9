import type pg from 'pg';
import type { ServiceTerms, StoredServiceVersion } from './core/service-terms';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** The rules of a version as stored: amounts as decimal text in major units, since JSON numbers are floats. */
export interface StoredRules {
  readonly transaction_types: ServiceTerms['transactionTypes'];
  readonly active: boolean;
  readonly has_fee: boolean;
  readonly fee:
    | { readonly type: 'FIXED'; readonly amount: string }
    | { readonly type: 'PERCENTAGE'; readonly parts_per_million: string }
    | null;
  readonly minimum_fee: string | null;
  readonly maximum_fee: string | null;
  readonly tax_parts_per_million: string;
  readonly fee_bearer: ServiceTerms['feeBearer'];
  readonly refund_fees_on_reversal: boolean;
  readonly minimum_amount: string;
  readonly maximum_amount: string;
  readonly daily_cap: string | null;
  readonly monthly_cap: string | null;
}

export interface NewServiceVersion extends StoredServiceVersion {
  /** 1, 2, 3 … within its service: of two in force from one moment the later counts. */
  readonly number: number;
  readonly effectiveAtMs: number;
  readonly createdAtMs: number;
  readonly actor: string;
}

/**
 * Records a version of a service's rules. A change is a new version; journals name the one they were decided under.
 * Guarantee: the unique index on (service, number) lets one change build on a version.
 */
export async function recordServiceVersion(tx: Queryable, tenantId: string, version: NewServiceVersion): Promise<void> {
  await tx.query(
    `insert into service_versions (tenant_id, id, service_id, number, rules, effective_at, created_at, actor)
     values ($1, $2, $3, $4, $5, to_timestamp($6::bigint / 1000.0), to_timestamp($7::bigint / 1000.0), $8)`,
    [
      tenantId,
      version.id,
      version.serviceId,
      version.number,
      JSON.stringify(storedRules(version.terms)),
      version.effectiveAtMs,
      version.createdAtMs,
      version.actor,
    ],
  );
}

/** Every version by `tenant|id`. They are few: one a change of a client's rules. */
export async function readServiceVersions(db: Queryable): Promise<Map<string, StoredServiceVersion>> {
  const { rows } = await db.query<{ tenant_id: string; id: string; service_id: string; rules: StoredRules }>(
    'select tenant_id, id, service_id, rules from service_versions',
  );
  return new Map(
    rows.map((row) => [
      `${row.tenant_id}|${row.id}`,
      { id: row.id, serviceId: row.service_id, terms: toTerms(row.rules) },
    ]),
  );
}

export function storedRules(terms: ServiceTerms): StoredRules {
  const { fee } = terms;
  return {
    transaction_types: terms.transactionTypes,
    active: terms.active,
    has_fee: terms.hasFee,
    fee: fee?.type === 'PERCENTAGE' ? { type: fee.type, parts_per_million: String(fee.partsPerMillion) } : fee,
    minimum_fee: terms.minimumFee,
    maximum_fee: terms.maximumFee,
    tax_parts_per_million: String(terms.taxPartsPerMillion),
    fee_bearer: terms.feeBearer,
    refund_fees_on_reversal: terms.refundFeesOnReversal,
    minimum_amount: terms.minimumAmount,
    maximum_amount: terms.maximumAmount,
    daily_cap: terms.dailyCap,
    monthly_cap: terms.monthlyCap,
  };
}

export function toTerms(rules: StoredRules): ServiceTerms {
  const { fee } = rules;
  return {
    transactionTypes: rules.transaction_types,
    active: rules.active,
    hasFee: rules.has_fee,
    fee: fee?.type === 'PERCENTAGE' ? { type: fee.type, partsPerMillion: BigInt(fee.parts_per_million) } : fee,
    minimumFee: rules.minimum_fee,
    maximumFee: rules.maximum_fee,
    taxPartsPerMillion: BigInt(rules.tax_parts_per_million),
    feeBearer: rules.fee_bearer,
    refundFeesOnReversal: rules.refund_fees_on_reversal,
    minimumAmount: rules.minimum_amount,
    maximumAmount: rules.maximum_amount,
    dailyCap: rules.daily_cap,
    monthlyCap: rules.monthly_cap,
  };
}
