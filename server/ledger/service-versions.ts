import type pg from 'pg';
import type { ServiceVersion } from './core/types';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** The rules of a version as stored: amounts and ids as text, since JSON numbers are floats. */
interface StoredRules {
  service_id: string;
  transaction_types: ('CREDIT' | 'DEBIT' | 'TRANSFER')[];
  active: boolean;
  fee: { type: 'NONE' } | { type: 'FIXED'; amount_minor: string } | { type: 'PERCENTAGE'; parts_per_million: string };
  minimum_fee_minor: string | null;
  maximum_fee_minor: string | null;
  tax_parts_per_million: string;
  fee_bearer: 'client' | 'customer';
  refund_fees_on_reversal: boolean;
  minimum_amount_minor: string;
  maximum_amount_minor: string;
  daily_cap_minor: string | null;
  monthly_cap_minor: string | null;
}

/** Records a version of a service's rules. A change is a new version; journals name the one they were decided under. */
export async function recordServiceVersion(tx: Queryable, tenantId: string, version: ServiceVersion): Promise<void> {
  const { fee } = version;
  const rules: StoredRules = {
    service_id: version.serviceId,
    transaction_types: [...version.transactionTypes],
    active: version.active,
    fee:
      fee.type === 'NONE'
        ? { type: 'NONE' }
        : fee.type === 'FIXED'
          ? { type: 'FIXED', amount_minor: String(fee.amountMinor) }
          : { type: 'PERCENTAGE', parts_per_million: String(fee.partsPerMillion) },
    minimum_fee_minor: textOf(version.minimumFeeMinor),
    maximum_fee_minor: textOf(version.maximumFeeMinor),
    tax_parts_per_million: String(version.taxPartsPerMillion),
    fee_bearer: version.feeBearer,
    refund_fees_on_reversal: version.refundFeesOnReversal,
    minimum_amount_minor: String(version.minimumAmountMinor),
    maximum_amount_minor: String(version.maximumAmountMinor),
    daily_cap_minor: textOf(version.dailyCapMinor),
    monthly_cap_minor: textOf(version.monthlyCapMinor),
  };
  await tx.query('insert into service_versions (tenant_id, id, service_id, rules) values ($1, $2, $3, $4)', [
    tenantId,
    version.id,
    version.serviceId,
    JSON.stringify(rules),
  ]);
}

/** Every version by `tenant|id`. They are few: one a change of a client's rules. */
export async function readServiceVersions(db: Queryable): Promise<Map<string, ServiceVersion>> {
  const { rows } = await db.query<{ tenant_id: string; id: string; rules: StoredRules }>(
    'select tenant_id, id, rules from service_versions',
  );
  return new Map(rows.map((row) => [`${row.tenant_id}|${row.id}`, toServiceVersion(row.id, row.rules)]));
}

function toServiceVersion(id: string, rules: StoredRules): ServiceVersion {
  const { fee } = rules;
  return {
    id,
    serviceId: rules.service_id,
    transactionTypes: rules.transaction_types,
    active: rules.active,
    fee:
      fee.type === 'NONE'
        ? { type: 'NONE' }
        : fee.type === 'FIXED'
          ? { type: 'FIXED', amountMinor: BigInt(fee.amount_minor) }
          : { type: 'PERCENTAGE', partsPerMillion: BigInt(fee.parts_per_million) },
    minimumFeeMinor: minorOf(rules.minimum_fee_minor),
    maximumFeeMinor: minorOf(rules.maximum_fee_minor),
    taxPartsPerMillion: BigInt(rules.tax_parts_per_million),
    feeBearer: rules.fee_bearer,
    refundFeesOnReversal: rules.refund_fees_on_reversal,
    minimumAmountMinor: BigInt(rules.minimum_amount_minor),
    maximumAmountMinor: BigInt(rules.maximum_amount_minor),
    dailyCapMinor: minorOf(rules.daily_cap_minor),
    monthlyCapMinor: minorOf(rules.monthly_cap_minor),
  };
}

const textOf = (amount: bigint | null): string | null => (amount === null ? null : String(amount));
const minorOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
