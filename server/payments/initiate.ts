import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { formatId } from '@/contracts/ids';
import { formatMinor } from '@/contracts/money';
import { recordChange } from '@/server/audit/record-change';
import { resolveService } from '@/server/client-services/service-book';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, sqlStateOf, type Transaction, transact } from '@/server/kernel/transaction';
import { type Charges, chargesOf } from '@/server/ledger/core/fees';
import { capsOf, serviceRefusal } from '@/server/ledger/core/service-rules';
import type { ServiceVersion } from '@/server/ledger/core/types';
import type { Route } from '@/server/providers/provider';
import { problemOf as problemOfRefusal } from '@/server/wallets/refusal';
import { requireAllowedAddress } from './allowed-addresses';
import { newPublicHex } from './ids';
import { spendToken } from './one-time-code';
import { type PayerRoute, payerPhone, requireRoute } from './payer-route';
import { chargedOf, netOf, PAYMENT_COLUMNS, PAYMENTS, type Payment, type PaymentRow, toPayment } from './payment-row';
import { type CollectionPolicy, readCollectionPolicy } from './policy';
import { paymentPorts } from './ports';
import { countPrompt } from './prompt-limits';
import { submitToProvider } from './submit';
import type { InitiatePaymentInput, PaymentView } from './types';

export interface Initiated {
  readonly payment: PaymentView;
  /** The reference was there before: this is how its payment stands. */
  readonly replayed: boolean;
}

/**
 * Asks a payer for money. The row is committed before the provider is called, outside any transaction, and the answer is
 * folded in after: a crash anywhere between leaves a payment that the poller sees to its end.
 * @throws Problem reference_conflict, address_not_allowed, channel_unsupported, provider_unavailable, prompt_limit_reached …
 */
export async function initiatePayment(ctx: Context, input: InitiatePaymentInput): Promise<Initiated> {
  const payment = await begin(ctx, input);
  if (payment.replayed) return answered(ctx, payment.payment, true);
  const origin = { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'initiation' as const };
  const submitted = await submitToProvider(ctx, payment.payment, origin, {
    savedMethodToken: input.savedMethodToken ?? null,
  });
  return answered(ctx, submitted, false);
}

/** Keeps the answer under the Idempotency-Key, where there is one: it is known only now. */
async function answered(ctx: Context, payment: Payment, replayed: boolean): Promise<Initiated> {
  const result = { payment, replayed };
  return ctx.answer === null ? result : inTransaction(ctx, async () => result);
}

interface Begun {
  readonly payment: Payment;
  readonly replayed: boolean;
}

async function begin(ctx: Context, input: InitiatePaymentInput): Promise<Begun> {
  const isApi = (input.initiatedBy ?? 'api') === 'api';
  if (isApi) await requireAllowedAddress(ctx);
  const route = requireRoute(
    { ...input, country: input.country ?? null },
    // A person has been asked about a prefix that lies; a program is refused.
    { isNetworkConfirmed: !isApi, isTestMode: ctx.principal.mode === 'test' },
  );
  const requestKey = input.reference === null ? (ctx.answer?.key ?? null) : null;
  const fingerprint = fingerprintOf(input, route);
  const earlier = await findEarlier(ctx, input.reference, requestKey);
  if (earlier !== null) return replayOf(earlier, fingerprint);

  const chosen = await chooseProvider(ctx, route);
  const policy = await readCollectionPolicy(ctx);
  const { service, charges } = await chargesFor(ctx, input, route, policy, chosen.route);
  await requireParties(ctx, input, route, policy, isApi);
  const id = ctx.ledger.nextId();
  const row = {
    id,
    publicHex: newPublicHex(id),
    reference: input.reference ?? randomBytes(10).toString('base64url').replace(/[-_]/g, 'x'),
    requestKey,
    fingerprint,
    route,
    charges,
    service,
    providerName: chosen.served.provider.name,
    providerAccount: chosen.served.account,
    promptMs: chosen.route.promptLifetimeMs,
  };
  try {
    const payment = await transact(ctx.db, (tx) => insert(ctx, tx, input, row, policy, isApi));
    return { payment, replayed: false };
  } catch (error) {
    // Of two at once with one reference the second meets the unique index, then the first's payment.
    if (sqlStateOf(error) !== '23505') throw error;
    const first = await findEarlier(ctx, input.reference, requestKey);
    if (first === null) throw error;
    return replayOf(first, fingerprint);
  }
}

function fingerprintOf(input: InitiatePaymentInput, { channel, country, phone }: PayerRoute): string {
  const parts = [channel, country, input.currency, String(input.amountMinor), phone, input.walletId, input.customerId];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function replayOf(payment: Payment, fingerprint: string): Begun {
  if (payment.fingerprint !== fingerprint) {
    throw new Problem(
      'reference_conflict',
      `The reference ${payment.reference} was used for another payment, of another amount, payer or channel.`,
      { param: 'metadata.clientReference', details: { payment_id: payment.publicId, reference: payment.reference } },
    );
  }
  return { payment, replayed: true };
}

const BY_REFERENCE = `select ${PAYMENT_COLUMNS} from ${PAYMENTS} where p.tenant_id = $1 and p.reference = $2`;
const BY_REQUEST = `select ${PAYMENT_COLUMNS} from ${PAYMENTS} where p.tenant_id = $1 and p.request_key = $2`;

async function findEarlier(ctx: Context, reference: string | null, requestKey: string | null): Promise<Payment | null> {
  if (reference === null && requestKey === null) return null;
  const { rows } = await ctx.db.pool.query<PaymentRow>({
    name: reference === null ? 'payment_of_request' : 'payment_of_reference',
    text: reference === null ? BY_REQUEST : BY_REFERENCE,
    values: [ctx.principal.tenantId, reference ?? requestKey],
  });
  return rows[0] === undefined ? null : toPayment(rows[0]);
}

/** @throws Problem channel_unsupported, provider_unavailable */
async function chooseProvider(ctx: Context, { channel, country, currency }: PayerRoute) {
  const { tenantId, mode } = ctx.principal;
  const chosen = await paymentPorts(ctx.db).providers.choose({ tenantId, mode }, { channel, country, currency });
  if (chosen === null) {
    throw new Problem('channel_unsupported', `${channel} in ${country} in ${currency} is not offered here.`, {
      param: 'provider',
      details: { country, currency },
    });
  }
  if (!chosen.served.provider.isAvailable()) throw providerDown(channel);
  return chosen;
}

export function providerDown(channel: string): Problem {
  return new Problem('provider_unavailable', `${channel} does not answer at the moment; nothing was sent.`, {
    param: 'provider',
    retryAfterSeconds: 30,
  });
}

/**
 * What the client's collection service charges, and whether it and the provider allow the amount. Only a quote: the
 * posting charges by the same version.
 */
async function chargesFor(
  ctx: Context,
  { amountMinor, currency, walletId }: InitiatePaymentInput,
  route: PayerRoute,
  { serviceCode }: CollectionPolicy,
  limits: Route,
): Promise<{ service: ServiceVersion | null; charges: Charges }> {
  const service = serviceCode === null ? null : (await resolveService(ctx, serviceCode, currency)).version;
  const charges = chargesOf(service, amountMinor);
  const chargesMinor = charges.feeMinor + charges.taxMinor;
  const bearer = service?.feeBearer ?? 'client';
  if (service !== null) await requireAllowed(ctx, service, amountMinor, currency, walletId);
  const charged = chargedOf(amountMinor, chargesMinor, bearer);
  const shown = (minor: bigint): string => formatMinor(minor, currency);
  if (charged < limits.leastMinor) {
    throw new Problem('amount_below_minimum', `The least that ${route.channel} takes is ${shown(limits.leastMinor)}.`, {
      param: 'amount',
      details: { minimum: Number(limits.leastMinor) },
    });
  }
  if (charged > limits.greatestMinor) {
    throw new Problem(
      'amount_above_maximum',
      `The most that ${route.channel} takes is ${shown(limits.greatestMinor)}.`,
      {
        param: 'amount',
        details: { maximum: Number(limits.greatestMinor) },
      },
    );
  }
  if (charged % limits.multipleOfMinor !== 0n) {
    throw new Problem(
      'parameter_invalid',
      `\`amount\` must come to a multiple of ${shown(limits.multipleOfMinor)} with its charges: ${route.channel} takes no less; this is ${shown(charged)}.`,
      { param: 'amount', details: { multiple_of: Number(limits.multipleOfMinor), charged: Number(charged) } },
    );
  }
  if (netOf(amountMinor, chargesMinor, bearer) <= 0n) {
    throw new Problem('amount_below_minimum', `The charges of ${shown(chargesMinor)} would leave nothing of it.`, {
      param: 'amount',
      details: { charges: Number(chargesMinor) },
    });
  }
  return { service, charges };
}

async function requireAllowed(
  ctx: Context,
  service: ServiceVersion,
  amountMinor: bigint,
  currency: string,
  walletId: string | null,
): Promise<void> {
  const nowMs = ctx.clock.fixedMs() ?? Date.now();
  const periods = capsOf(service, nowMs).map(([, period]) => period);
  const used = new Map<string, bigint>();
  if (periods.length > 0) {
    const accountId = walletId ?? (await collectionsOf(ctx, currency));
    const { rows } = await ctx.db.pool.query<{ period: string; amount_minor: string }>(
      `select period, amount_minor from service_usage
       where tenant_id = $1 and service_id = $2 and account_id = $3 and period = any ($4)`,
      [ctx.principal.tenantId, service.serviceId, accountId, periods],
    );
    for (const row of rows) used.set(row.period, BigInt(row.amount_minor));
  }
  const refusal = serviceRefusal(service, {
    type: 'CREDIT',
    currency,
    amountMinor,
    nowMs,
    used: (period) => used.get(period) ?? 0n,
  });
  if (refusal !== null) throw problemOfRefusal(refusal);
}

async function collectionsOf(ctx: Context, currency: string): Promise<string | null> {
  const { rows } = await ctx.db.pool.query<{ id: string }>(
    `select id from accounts
     where tenant_id = $1 and currency = $2 and type = 'AVAILABLE_COLLECTIONS' and is_system`,
    [ctx.principal.tenantId, currency],
  );
  return rows[0]?.id ?? null;
}

/** Customer, wallet and phone belong together, and the policy lets this phone be prompted. */
async function requireParties(
  ctx: Context,
  input: InitiatePaymentInput,
  route: PayerRoute,
  policy: CollectionPolicy,
  isApi: boolean,
): Promise<void> {
  const { tenantId } = ctx.principal;
  if (input.walletId !== null) {
    const { rows } = await ctx.db.pool.query<{ currency: string; customer_id: string | null; status: string }>(
      `select currency, customer_id, status from accounts
       where tenant_id = $1 and id = $2 and type = 'CUSTOMER_WALLET'`,
      [tenantId, input.walletId],
    );
    const wallet = rows[0];
    if (wallet === undefined || (input.customerId !== null && wallet.customer_id !== input.customerId)) {
      throw new Problem('resource_missing', 'There is no such wallet of this customer.', { param: 'walletId' });
    }
    if (wallet.status === 'closed' || wallet.status === 'inactive') {
      const code = wallet.status === 'closed' ? 'wallet_closed' : 'wallet_inactive';
      throw new Problem(code, `The wallet is ${wallet.status}: it takes no money.`, {
        param: 'walletId',
        details: { wallet_id: formatId('wallet', input.walletId), status: wallet.status },
      });
    }
    if (wallet.currency !== input.currency) {
      throw new Problem('currency_mismatch', `The wallet is in ${wallet.currency}, the request in ${input.currency}.`, {
        param: 'currency',
        details: { expected: wallet.currency, given: input.currency },
      });
    }
  }
  const registered = input.customerId === null ? undefined : await registeredPhone(ctx, input.customerId);
  if (!isApi || route.phone === null || policy.phonePolicy === 'off') return;
  if (policy.phonePolicy === 'otp') {
    if (input.otpToken !== null && input.otpToken !== undefined) return;
    throw new Problem('parameter_missing', '`otpToken` is missing: this client verifies phones by a code first.', {
      param: 'otpToken',
    });
  }
  if (registered === undefined) {
    throw new Problem('parameter_missing', '`customerId` is missing: only customers’ registered phones are prompted.', {
      param: 'customerId',
    });
  }
  if (registered === route.phone) return;
  throw new Problem('parameter_invalid', '`phone` must be the customer’s registered phone: this client’s is locked.', {
    param: 'phone',
  });
}

/** @throws Problem resource_missing for a customer who is not there */
async function registeredPhone(ctx: Context, customerId: string): Promise<string | null> {
  const { rows } = await ctx.db.pool.query<{ phone: string | null }>(
    'select phone from customers where tenant_id = $1 and id = $2',
    [ctx.principal.tenantId, customerId],
  );
  const customer = rows[0];
  if (customer === undefined)
    throw new Problem('resource_missing', 'There is no such customer.', { param: 'customerId' });
  if (customer.phone === null) return null;
  try {
    return payerPhone(customer.phone).digits;
  } catch {
    return null;
  }
}

interface NewPayment {
  readonly id: string;
  readonly publicHex: string;
  readonly reference: string;
  readonly requestKey: string | null;
  readonly fingerprint: string;
  readonly route: PayerRoute;
  readonly charges: Charges;
  readonly service: ServiceVersion | null;
  readonly providerName: string;
  readonly providerAccount: string;
  readonly promptMs: number;
}

/** The payment as it is before anybody is asked: `submitting`, since the very next thing is the call. */
async function insert(
  ctx: Context,
  tx: Transaction,
  input: InitiatePaymentInput,
  row: NewPayment,
  policy: CollectionPolicy,
  isApi: boolean,
): Promise<Payment> {
  const { tenantId, actor } = ctx.principal;
  const { route, charges, service } = row;
  const fixedMs = ctx.clock.fixedMs();
  if (isApi && policy.phonePolicy === 'otp' && route.phone !== null && typeof input.otpToken === 'string')
    await spendToken(ctx, tx, { token: input.otpToken, phone: route.phone });
  const { rows } = await tx.query<PaymentRow>({
    name: 'insert_payment',
    text: `with p as (
     insert into payments (tenant_id, id, public_hex, reference, fingerprint, request_key, state, channel, country,
       currency, amount_minor, fee_minor, tax_minor, fee_bearer, service_version_id, provider, provider_account,
       attempt_reference, phone, payer_name, payer_email, customer_id, wallet_id, top_up_id, description, metadata,
       return_url, callback_url, actor, request_id, created_at, updated_at, next_poll_at, prompt_expires_at)
     values ($1, $3, $4, $5, $6, $7, 'submitting', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
       $22, $23, $24, $25, $26, $27, $28, $29, $30, ${sqlNow(2)}, ${sqlNow(2)},
       ${sqlNow(2)} + interval '${STALE_AFTER_SECONDS} seconds', ${sqlNow(2)} + $31 * interval '1 millisecond')
     returning *
     ), line as (
       insert into payment_transitions (tenant_id, id, payment_id, from_state, to_state, cause, source, actor, created_at)
       values ($1, $32, $3, null, 'submitting', 'created', 'request', $29, ${sqlNow(2)})
     )
     select ${PAYMENT_COLUMNS} from p join tenants t on t.id = p.tenant_id`,
    values: [
      tenantId,
      fixedMs,
      row.id,
      row.publicHex,
      row.reference,
      row.fingerprint,
      row.requestKey,
      route.channel,
      route.country,
      route.currency,
      input.amountMinor,
      charges.feeMinor,
      charges.taxMinor,
      service?.feeBearer ?? 'client',
      service?.id ?? null,
      row.providerName,
      row.providerAccount,
      randomUUID(),
      route.phone,
      input.payer?.name ?? null,
      input.payer?.email ?? null,
      input.customerId,
      input.walletId,
      input.topUpId,
      input.description,
      input.metadata,
      input.returnUrl ?? null,
      input.callbackUrl ?? null,
      actor,
      ctx.requestId,
      row.promptMs,
      ctx.ledger.nextId(),
    ],
  });
  if (ctx.principal.kind === 'login') {
    // A program's payment has itself as its trail, which names key and request.
    await recordChange(ctx, tx, {
      action: 'payment.created',
      objectId: `pay_${row.publicHex}`,
      before: null,
      after: JSON.stringify({
        reference: row.reference,
        amount_minor: String(input.amountMinor),
        currency: route.currency,
        phone: route.phone,
      }),
    });
  }
  // Last: its rows are those that other payments wait for.
  await countPrompt(tx, { tenantId, phone: route.phone, policy, fixedMs });
  if (rows[0] === undefined) throw new Error('A payment that was inserted is there.');
  return toPayment(rows[0]);
}

/** By when the answer to the first call is in, or never will be: then the poller takes over. */
export const STALE_AFTER_SECONDS = 60;
