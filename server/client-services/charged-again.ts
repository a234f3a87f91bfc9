import type { Context } from '@/server/kernel/context';
import { chargesOf } from '@/server/ledger/core/fees';
import type { ServiceVersion } from '@/server/ledger/core/types';
import { idAt } from '@/server/ledger/ids';

const DAY_MS = 86_400_000;
const DAYS = 30;
/** An id is made a little before its journal is posted. */
const ID_SLACK_MS = 3_600_000;
/** More than this is not charged again while somebody waits for it. */
const JOURNALS_MAX = 100_000;

/** What a period was charged, and what it would have been. */
export interface PastCharges {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly charged: { readonly feeMinor: bigint; readonly taxMinor: bigint };
  readonly wouldBe: { readonly feeMinor: bigint; readonly taxMinor: bigint };
  /** How many would have cost more, or less. */
  readonly dearer: number;
  readonly cheaper: number;
  /** How many would have met the least and the greatest fee. */
  readonly atLeastFee: number;
  readonly atGreatestFee: number;
  /** How many the new least and greatest amount would have refused; they are in the sums all the same. */
  readonly outsideLimits: number;
}

/**
 * The transactions of the last thirty days under a service in one currency, charged again on paper: what was posted is
 * counted as it was charged, reversals on neither side. Exact, or null where there are too many.
 */
export async function chargedAgain(
  { db, principal }: Context,
  asked: {
    readonly serviceId: string;
    readonly currency: string;
    readonly asOfMs: number;
    readonly version: ServiceVersion;
  },
): Promise<PastCharges | null> {
  const toMs = asked.asOfMs;
  const fromMs = toMs - DAYS * DAY_MS;
  // By the index on (tenant, version, id): the bound is met before anything is summed.
  const { rows } = await db.pool.query<{ amount: string; fee: string; tax: string; count: string }>(
    `with of_service as materialized (
       select j.amount_minor, j.fee_minor, j.tax_minor
       from service_versions v
       cross join lateral (
         select * from journals x
         where x.tenant_id = $1 and x.service_version_id = v.id and x.id >= $4
           and x.posted_at >= to_timestamp($5::double precision / 1000) and x.currency = $3 and x.kind <> 'reversal'
         limit ${JOURNALS_MAX + 1}
       ) j
       where v.tenant_id = $1 and v.service_id = $2
       limit ${JOURNALS_MAX + 1}
     )
     select amount_minor::text as amount, fee_minor::text as fee, tax_minor::text as tax, count(*)::text as count
     from of_service group by 1, 2, 3`,
    [principal.tenantId, asked.serviceId, asked.currency, idAt(fromMs - ID_SLACK_MS), fromMs],
  );
  const past = { fromMs, toMs, ...sumOf(rows, asked.version) };
  return past.count > JOURNALS_MAX ? null : past;
}

function sumOf(
  rows: readonly { amount: string; fee: string; tax: string; count: string }[],
  version: ServiceVersion,
): Omit<PastCharges, 'fromMs' | 'toMs'> {
  const charged = { feeMinor: 0n, taxMinor: 0n };
  const wouldBe = { feeMinor: 0n, taxMinor: 0n };
  const counts = { count: 0, dearer: 0, cheaper: 0, atLeastFee: 0, atGreatestFee: 0, outsideLimits: 0 };
  for (const row of rows) {
    const times = Number(row.count);
    const amountMinor = BigInt(row.amount);
    const was = { feeMinor: BigInt(row.fee), taxMinor: BigInt(row.tax) };
    const would = chargesOf(version, amountMinor);
    charged.feeMinor += was.feeMinor * BigInt(times);
    charged.taxMinor += was.taxMinor * BigInt(times);
    wouldBe.feeMinor += would.feeMinor * BigInt(times);
    wouldBe.taxMinor += would.taxMinor * BigInt(times);
    counts.count += times;
    const difference = would.feeMinor + would.taxMinor - was.feeMinor - was.taxMinor;
    if (difference > 0n) counts.dearer += times;
    if (difference < 0n) counts.cheaper += times;
    const hasFee = version.fee.type !== 'NONE';
    if (hasFee && would.feeMinor === version.minimumFeeMinor) counts.atLeastFee += times;
    if (hasFee && would.feeMinor === version.maximumFeeMinor) counts.atGreatestFee += times;
    if (amountMinor < version.minimumAmountMinor || amountMinor > version.maximumAmountMinor) {
      counts.outsideLimits += times;
    }
  }
  return { charged, wouldBe, ...counts };
}
