import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { requireUrl } from '@/server/webhooks/require-url';

export const PHONE_POLICIES = ['locked', 'otp', 'off'] as const;
/**
 * How people are kept from prompts they did not ask for (spec decision 21). `locked`: the phone is the customer's
 * registered one. `otp`: its owner has read a code from it. `off`: test books alone.
 */
export type PhonePolicy = (typeof PHONE_POLICIES)[number];

export interface CollectionPolicy {
  readonly phonePolicy: PhonePolicy;
  /** Whose rules and fee collections are under; null charges nothing. */
  readonly serviceCode: string | null;
  /** Where the legacy callback goes; null for nowhere, unless the request names a URL. */
  readonly callbackUrl: string | null;
  readonly promptsPerPhoneHour: number;
  readonly promptsPerPhoneDay: number;
  readonly promptsPerDay: number;
  readonly livemode: boolean;
}

const LIMITS = { promptsPerPhoneHour: 10, promptsPerPhoneDay: 30, promptsPerDay: 100_000 } as const;

interface Row {
  phone_policy: PhonePolicy;
  client_service_code: string | null;
  callback_url: string | null;
  prompts_per_phone_hour: number;
  prompts_per_phone_day: number;
  prompts_per_day: number;
}

/** Live books are locked until somebody says otherwise; on test books a first request works as it is. */
export async function readCollectionPolicy(
  ctx: Context,
  { db = ctx.db.pool, lock = false }: { readonly db?: Queryable; readonly lock?: boolean } = {},
): Promise<CollectionPolicy> {
  const { rows } = await db.query<Row>(
    `select phone_policy, client_service_code, callback_url, prompts_per_phone_hour, prompts_per_phone_day, prompts_per_day
     from collection_policies where tenant_id = $1 ${lock ? 'for update' : ''}`,
    [ctx.principal.tenantId],
  );
  const livemode = ctx.principal.mode === 'live';
  const row = rows[0];
  if (row === undefined) {
    return { phonePolicy: livemode ? 'locked' : 'off', serviceCode: null, callbackUrl: null, ...LIMITS, livemode };
  }
  return {
    phonePolicy: row.phone_policy,
    serviceCode: row.client_service_code,
    callbackUrl: row.callback_url,
    promptsPerPhoneHour: row.prompts_per_phone_hour,
    promptsPerPhoneDay: row.prompts_per_phone_day,
    promptsPerDay: row.prompts_per_day,
    livemode,
  };
}

/** Undefined stays as it is; null empties. */
export interface UpdateCollectionPolicyInput {
  readonly phonePolicy?: PhonePolicy | undefined;
  readonly serviceCode?: string | null | undefined;
  readonly callbackUrl?: string | null | undefined;
  readonly promptsPerPhoneHour?: number | undefined;
  readonly promptsPerPhoneDay?: number | undefined;
  readonly promptsPerDay?: number | undefined;
}

/** @throws Problem parameter_invalid, resource_missing for a service that is not there */
export async function updateCollectionPolicy(
  ctx: Context,
  input: UpdateCollectionPolicyInput,
): Promise<CollectionPolicy> {
  if (input.phonePolicy === 'off' && ctx.principal.mode === 'live') {
    throw new Problem(
      'parameter_invalid',
      '`phone_policy` may be off on test books alone: people must not be prompted unasked.',
      {
        param: 'phone_policy',
      },
    );
  }
  if (input.serviceCode !== undefined && input.serviceCode !== null) await requireService(ctx, input.serviceCode);
  const callbackUrl =
    typeof input.callbackUrl === 'string' ? requireUrl(ctx, input.callbackUrl, 'callback_url') : input.callbackUrl;
  return inTransaction(ctx, async (tx) => {
    const { tenantId } = ctx.principal;
    // Guarantee: of two first changes at once the second waits here, and changes what the first left.
    await tx.query('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', ['collection_policy', tenantId]);
    const before = await readCollectionPolicy(ctx, { db: tx, lock: true });
    const after: CollectionPolicy = {
      ...before,
      phonePolicy: input.phonePolicy ?? before.phonePolicy,
      serviceCode: input.serviceCode === undefined ? before.serviceCode : input.serviceCode,
      callbackUrl: callbackUrl === undefined ? before.callbackUrl : callbackUrl,
      promptsPerPhoneHour: input.promptsPerPhoneHour ?? before.promptsPerPhoneHour,
      promptsPerPhoneDay: input.promptsPerPhoneDay ?? before.promptsPerPhoneDay,
      promptsPerDay: input.promptsPerDay ?? before.promptsPerDay,
    };
    await tx.query(
      `insert into collection_policies (tenant_id, phone_policy, client_service_code, callback_url,
         prompts_per_phone_hour, prompts_per_phone_day, prompts_per_day, updated_at)
       values ($1, $3, $4, $5, $6, $7, $8, ${sqlNow(2)})
       on conflict (tenant_id) do update set phone_policy = excluded.phone_policy,
         client_service_code = excluded.client_service_code, callback_url = excluded.callback_url,
         prompts_per_phone_hour = excluded.prompts_per_phone_hour, prompts_per_phone_day = excluded.prompts_per_phone_day,
         prompts_per_day = excluded.prompts_per_day, updated_at = excluded.updated_at`,
      [
        tenantId,
        ctx.clock.fixedMs(),
        after.phonePolicy,
        after.serviceCode,
        after.callbackUrl,
        after.promptsPerPhoneHour,
        after.promptsPerPhoneDay,
        after.promptsPerDay,
      ],
    );
    await recordChange(ctx, tx, {
      action: 'collection_policy.updated',
      objectId: tenantId,
      before: JSON.stringify(factsOf(before)),
      after: JSON.stringify(factsOf(after)),
    });
    return after;
  });
}

async function requireService(ctx: Context, code: string): Promise<void> {
  const { rowCount } = await ctx.db.pool.query('select from client_services where tenant_id = $1 and code = $2', [
    ctx.principal.tenantId,
    code,
  ]);
  if (rowCount === 0) {
    throw new Problem('resource_missing', `There is no client service ${code.slice(0, 64)}.`, {
      param: 'client_service_code',
    });
  }
}

function factsOf(policy: CollectionPolicy) {
  return {
    phone_policy: policy.phonePolicy,
    client_service_code: policy.serviceCode,
    callback_url: policy.callbackUrl,
    prompts_per_phone_hour: policy.promptsPerPhoneHour,
    prompts_per_phone_day: policy.promptsPerPhoneDay,
    prompts_per_day: policy.promptsPerDay,
  };
}
