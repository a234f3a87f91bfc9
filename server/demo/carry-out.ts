import { formatEntryId, formatId } from '@/contracts/ids';
import { formatMajor } from '@/contracts/money';
import { WEBHOOK_API_VERSION } from '@/contracts/webhook-endpoint';
import { createApiKey } from '@/server/api-keys/create-api-key';
import { rejectApproval } from '@/server/approvals/reject-approval';
import { requestApproval } from '@/server/approvals/request-approval';
import { SecondPersonNeeded } from '@/server/approvals/second-person';
import { setPolicy } from '@/server/approvals/set-policy';
import { createRule } from '@/server/auto-top-ups/create-rule';
import { savePaymentMethod } from '@/server/auto-top-ups/save-payment-method';
import { createService } from '@/server/client-services/create-service';
import { updateService } from '@/server/client-services/update-service';
import { createCustomer } from '@/server/customers/create-customer';
import { captureHold } from '@/server/holds/capture-hold';
import { createHold } from '@/server/holds/create-hold';
import { readHoldByReference } from '@/server/holds/read';
import { voidHold } from '@/server/holds/void-hold';
import type { Context } from '@/server/kernel/context';
import { initiatePayment } from '@/server/payments/initiate';
import { observe } from '@/server/payments/observe';
import type { Payment } from '@/server/payments/payment-row';
import { updateCollectionPolicy } from '@/server/payments/policy';
import { loadPayment, readPayment } from '@/server/payments/read';
import { jobMover } from '@/server/payments/services';
import { createImport } from '@/server/promotions/create-import';
import { createPromotion } from '@/server/promotions/create-promotion';
import { issueImport } from '@/server/promotions/issue-import';
import { runImports } from '@/server/promotions/run-imports';
import { importStatement } from '@/server/reconciliation/import-statement';
import { createRefund } from '@/server/refunds/create-refund';
import { createUser } from '@/server/staff/create-user';
import { setCheckoutSettings } from '@/server/top-ups/checkout-settings';
import { createTopUp } from '@/server/top-ups/create-top-up';
import { addNote } from '@/server/wallets/add-note';
import { closeWallet } from '@/server/wallets/close-wallet';
import { creditWallet } from '@/server/wallets/credit-wallet';
import { debitUnderService } from '@/server/wallets/debit-under-service';
import { freezeWallet } from '@/server/wallets/freeze-wallet';
import { openWallet } from '@/server/wallets/open-wallet';
import { reverseWalletTransaction } from '@/server/wallets/reverse-wallet-transaction';
import { transferBetweenWallets } from '@/server/wallets/transfer-between-wallets';
import { unfreezeWallet } from '@/server/wallets/unfreeze-wallet';
import { updateWallet } from '@/server/wallets/update-wallet';
import { createEndpoint } from '@/server/webhooks/create-endpoint';
import type { Act, ActOf } from './acts';
import { BUSINESSES } from './businesses';
import { deliver, passNight, runAutoTopUps } from './by-itself';
import { newsOf } from './scripted-providers';
import { booksOf, contextOf, enter, type Stage, serviceOf, servicesAt, walletOf } from './stage';

/** What a request by hand would have been, for the approval that it may need. */
interface AsRequest {
  readonly operationId: string;
  readonly scope: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Does one act of the story, through the verb that anybody else would go through. */
export async function carryOut(stage: Stage, act: Act): Promise<void> {
  switch (act.kind) {
    case 'user':
      return makeUser(stage, act);
    case 'api_key':
      return makeKey(stage, act);
    case 'service':
      return makeService(stage, act);
    case 'service_change':
      return changeService(stage, act);
    case 'collection_policy':
      return setCollectionPolicy(stage, act);
    case 'checkout_settings':
      await setCheckoutSettings(contextOf(stage, act), {
        returnHosts: ['example.com'],
        displayName: act.name,
        promptName: act.name.toUpperCase(),
        supportPhone: act.supportPhone,
        brandColour: null,
      });
      return;
    case 'customer':
      await createCustomer(contextOf(stage, act), {
        id: act.customer,
        name: act.name,
        email: act.email,
        phone: act.phone,
        metadata: JSON.stringify(act.metadata),
      });
      return;
    case 'wallet':
      return makeWallet(stage, act);
    case 'low_balance':
      await updateWallet(contextOf(stage, act), {
        walletId: await walletOf(stage, act.business, act.customer),
        metadata: undefined,
        lowBalanceMinor: act.amountMinor,
      });
      return;
    case 'payment':
      return askForPayment(stage, act);
    case 'payment_news':
      return hearOfPayment(stage, act);
    case 'debit':
      return debit(stage, act);
    case 'hold':
      await createHold(contextOf(stage, act), {
        walletId: await walletOf(stage, act.business, act.customer),
        amountMinor: act.amountMinor,
        currency: null,
        description: act.description,
        reference: act.reference,
        metadata: null,
        expiresAtMs: act.expiresAtMs,
      });
      return;
    case 'capture':
    case 'void':
      return endHold(stage, act);
    case 'transfer':
      await transferBetweenWallets(contextOf(stage, act), {
        sourceWalletId: await walletOf(stage, act.business, act.customer),
        destinationWalletId: await walletOf(stage, act.business, act.to),
        amountMinor: act.amountMinor,
        description: act.description,
        reference: act.reference,
        metadata: null,
      });
      return;
    case 'credit':
      return credit(stage, act);
    case 'promotion':
      await createPromotion(contextOf(stage, act), {
        code: act.code,
        name: act.name,
        currency: act.currency,
        amountMinor: act.amountMinor,
        expiresAtMs: act.expiresAtMs,
        priority: 10,
        budgetMinor: act.budgetMinor,
      });
      return;
    case 'promotion_import':
      return importPromotion(stage, act);
    case 'promotion_issue':
      return issuePromotion(stage, act);
    case 'promotions_run':
      await runImports(servicesAt(stage, act));
      return;
    case 'reversal':
      return reverse(stage, act);
    case 'freeze':
    case 'unfreeze':
    case 'close':
      return changeStatus(stage, act);
    case 'note':
      await addNote(contextOf(stage, act), {
        walletId: await walletOf(stage, act.business, act.customer),
        body: act.body,
      });
      return;
    case 'refund':
      return refund(stage, act);
    case 'auto_top_up':
      return makeRule(stage, act);
    case 'auto_top_ups_run':
      return runAutoTopUps(stage, act);
    case 'top_up_link':
      await createTopUp(contextOf(stage, act), {
        walletId: await walletOf(stage, act.business, act.customer),
        amountMinor: act.amountMinor,
        redirectUrl: 'https://example.com/thanks',
        cancelUrl: null,
        expiresAtMs: act.atMs + 2 * 86_400_000,
        metadata: null,
      });
      return;
    case 'webhook':
      await createEndpoint(contextOf(stage, act), {
        url: act.url,
        eventTypes: act.events,
        description: act.description,
        apiVersion: WEBHOOK_API_VERSION,
      });
      return;
    case 'deliveries':
      return deliver(stage, act);
    case 'approval_policy':
      await setPolicy(contextOf(stage, act), { rules: act.rules, reason: act.reason });
      return;
    case 'rejection':
      return reject(stage, act);
    case 'statement':
      return takeStatement(stage, act);
    case 'night':
    case 'seal':
      return passNight(stage, act);
  }
}

async function makeUser(stage: Stage, act: ActOf<'user'>): Promise<void> {
  const ctx = contextOf(stage, act, { onOwnBooks: act.of === 'operator' });
  const { email, name, role } = act;
  const { rows } = await stage.db.pool.query<{ id: string }>('select id from users where email = $1', [email]);
  const id =
    rows[0]?.id ?? (await createUser(ctx, { email, name, kind: 'staff', role, password: stage.password })).user.id;
  enter(stage, actorOf(act), { kind: 'login', id, role });
}

/** The operator’s people go by their own names in the story, a business’s by their roles. */
function actorOf({ of, key, business, role }: ActOf<'user'>): string {
  return of === 'operator' ? key.slice(key.indexOf(':') + 1) : `${business}:${role}`;
}

async function makeKey(stage: Stage, act: ActOf<'api_key'>): Promise<void> {
  const { rows } = await stage.db.pool.query<{ id: string }>(
    'select id from api_keys where tenant_id = $1 and name = $2 order by id limit 1',
    [booksOf(stage, act.business).tenantId, act.name],
  );
  const { name, scopes } = act;
  const id = rows[0]?.id ?? (await createApiKey(contextOf(stage, act), { name, scopes, expiresAtMs: null })).key.id;
  const keys = BUSINESSES.find((one) => one.id === act.business)?.keys;
  const actor = keys?.desk === name ? 'desk' : 'till';
  enter(stage, `${act.business}:${actor}`, { kind: 'api_key', id, role: null, scopes });
}

async function makeService(stage: Stage, act: ActOf<'service'>): Promise<void> {
  const { clientCode } = booksOf(stage, act.business);
  const { name, serviceCode, currency, terms } = act;
  const ctx = contextOf(stage, act, { onOwnBooks: true });
  await createService(ctx, { clientCode, name, serviceCode, currency, terms, effectiveAtMs: null });
}

async function changeService(stage: Stage, act: ActOf<'service_change'>): Promise<void> {
  const code = await serviceOf(stage, act.business, act.name);
  const { terms, effectiveAtMs, reason } = act;
  const effectiveAt = effectiveAtMs === null ? {} : { effective_at: new Date(effectiveAtMs).toISOString() };
  const percent = terms.transaction_fee;
  const body = { ...(typeof percent === 'string' && { transaction_fee: Number(percent) }), ...effectiveAt, reason };
  const ctx = contextOf(stage, act);
  const request = {
    operationId: 'updateClientService',
    scope: 'services:write',
    params: { client_service_code: code },
    body,
  };
  await orAsk(ctx, request, () => updateService(ctx, { service: code, terms, effectiveAtMs, reason }));
}

async function setCollectionPolicy(stage: Stage, act: ActOf<'collection_policy'>): Promise<void> {
  await updateCollectionPolicy(contextOf(stage, act), {
    phonePolicy: 'off',
    serviceCode: await serviceOf(stage, act.business, act.service),
    promptsPerPhoneHour: 20,
    promptsPerPhoneDay: 60,
    promptsPerDay: 10_000,
  });
}

async function makeWallet(stage: Stage, act: ActOf<'wallet'>): Promise<void> {
  const { customer: customerId, currency } = act;
  const { wallet } = await openWallet(contextOf(stage, act), { customerId, currency, metadata: null });
  stage.wallets.set(`${act.business}|${customerId}`, wallet.id);
}

async function askForPayment(stage: Stage, act: ActOf<'payment'>): Promise<void> {
  const { customer, business, reference } = act;
  if (act.isUnanswered) stage.providers.unanswered.add(reference);
  await initiatePayment(contextOf(stage, act), {
    channel: act.channel,
    currency: act.currency,
    amountMinor: act.amountMinor,
    phone: act.phone,
    customerId: customer,
    walletId: customer === null ? null : await walletOf(stage, business, customer),
    topUpId: null,
    description: act.description,
    reference,
    metadata: null,
  });
}

async function hearOfPayment(
  stage: Stage,
  { atMs, business, reference, ending, receipt }: ActOf<'payment_news'>,
): Promise<void> {
  if (ending.kind === 'silent') return;
  const services = servicesAt(stage, { business, atMs });
  const { tenantId } = booksOf(stage, business);
  const payment = await paymentOf(stage, tenantId, reference);
  const provider = await stage.providers.directory().at({ tenantId, mode: 'test' }, payment.providerAccount);
  if (provider === null) throw new Error(`Nobody plays ${payment.providerAccount}.`);
  const mover = jobMover(services.ledger, 'status');
  await observe(services, payment, newsOf(payment, ending, receipt, atMs), provider, mover);
}

async function paymentOf(stage: Stage, tenantId: string, reference: string): Promise<Payment> {
  const { rows } = await stage.db.pool.query<{ id: string }>(
    'select id from payments where tenant_id = $1 and reference = $2',
    [tenantId, reference],
  );
  const payment = rows[0] === undefined ? null : await loadPayment(stage.db.pool, tenantId, rows[0].id);
  if (payment === null) throw new Error(`There is no payment ${reference}.`);
  return payment;
}

async function debit(stage: Stage, act: ActOf<'debit'>): Promise<void> {
  const { amountMinor, description, reference, metadata } = act;
  const code = await serviceOf(stage, act.business, act.service);
  const walletId = await walletOf(stage, act.business, act.customer);
  const text = metadata === null ? null : JSON.stringify(metadata);
  await debitUnderService(
    contextOf(stage, act),
    { walletId, amountMinor, description, reference, metadata: text },
    code,
  );
}

async function endHold(stage: Stage, act: ActOf<'capture' | 'void'>): Promise<void> {
  const ctx = contextOf(stage, act);
  const walletId = await walletOf(stage, act.business, act.customer);
  const hold = await readHoldByReference(ctx, walletId, act.reference);
  if (hold === null) throw new Error(`There is no hold ${act.reference}.`);
  if (act.kind === 'void') await voidHold(ctx, { holdId: hold.id });
  else await captureHold(ctx, { holdId: hold.id, amountMinor: act.amountMinor, description: null, metadata: null });
}

async function credit(stage: Stage, act: ActOf<'credit'>): Promise<void> {
  const ctx = contextOf(stage, act);
  const walletId = await walletOf(stage, act.business, act.customer);
  const { amountMinor, description, reference, expiresAtMs, promotion } = act;
  const metadata = promotion === null ? null : JSON.stringify({ promotion });
  const body = { amount: Number(amountMinor), description, reference };
  const request = {
    operationId: 'creditWallet',
    scope: 'wallets:write',
    params: { id: formatId('wallet', walletId) },
    body,
  };
  await orAsk(ctx, request, () =>
    creditWallet(ctx, {
      walletId,
      amountMinor,
      description,
      reference,
      metadata,
      expiresAtMs,
      priority: promotion === null ? 50 : 10,
    }),
  );
}

async function importPromotion(stage: Stage, act: ActOf<'promotion_import'>): Promise<void> {
  const rows = act.rows.map(({ customer, amount, currency, expiresAt }, index) => ({
    line: index + 2,
    cells: { customer_id: customer, amount, currency, expires_at: expiresAt },
  }));
  const { promotion, fileName, description } = act;
  await createImport(contextOf(stage, act), { promotion, fileName, description, priority: null, rows });
}

async function issuePromotion(stage: Stage, act: ActOf<'promotion_issue'>): Promise<void> {
  const { tenantId } = booksOf(stage, act.business);
  const { rows } = await stage.db.pool.query<{ id: string }>(
    'select id from promotion_imports where tenant_id = $1 and file_name = $2 order by id limit 1',
    [tenantId, act.fileName],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`There is no import of ${act.fileName}.`);
  const ctx = contextOf(stage, act);
  const request = {
    operationId: 'issuePromotionImport',
    scope: 'wallets:write',
    params: { id: formatId('promotionImport', id) },
  };
  await orAsk(ctx, request, () => issueImport(ctx, id));
}

async function reverse(stage: Stage, act: ActOf<'reversal'>): Promise<void> {
  const ctx = contextOf(stage, act);
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `select id from journals where tenant_id = $1 and account_id = $2 and operation = 'debit' and reference = $3`,
    [booksOf(stage, act.business).tenantId, await walletOf(stage, act.business, act.customer), act.reference],
  );
  const journalId = rows[0]?.id;
  if (journalId === undefined) throw new Error(`There is no debit ${act.reference}.`);
  const { reason } = act;
  const params = { id: formatEntryId(journalId, 1) };
  const request = { operationId: 'reverseTransaction', scope: 'reversals:write', params, body: { reason } };
  await orAsk(ctx, request, () =>
    reverseWalletTransaction(ctx, { id: { journalId, leg: 1 }, reason, description: null, metadata: null }),
  );
}

async function changeStatus(stage: Stage, act: ActOf<'freeze' | 'unfreeze' | 'close'>): Promise<void> {
  const input = { walletId: await walletOf(stage, act.business, act.customer), reason: act.reason };
  const ctx = contextOf(stage, act);
  if (act.kind === 'freeze') await freezeWallet(ctx, input);
  else if (act.kind === 'unfreeze') await unfreezeWallet(ctx, input);
  else await closeWallet(ctx, input);
}

async function refund(stage: Stage, act: ActOf<'refund'>): Promise<void> {
  const ctx = contextOf(stage, act);
  const walletId = await walletOf(stage, act.business, act.customer);
  const payment = act.payment === null ? null : (await readPayment(ctx, act.payment)).publicId;
  const { amountMinor, reason, reference } = act;
  const body = {
    ...(payment === null ? { wallet_id: formatId('wallet', walletId) } : { payment }),
    ...(amountMinor !== null && { amount: Number(amountMinor) }),
    method: 'recorded',
    reason,
    reference,
  };
  await orAsk(ctx, { operationId: 'createRefund', scope: 'payments:write', body }, () =>
    createRefund(ctx, {
      subject: payment === null ? { kind: 'wallet', walletId } : { kind: 'payment', payment },
      amountMinor,
      method: 'recorded',
      destination: null,
      reason,
      reference,
    }),
  );
}

async function makeRule(stage: Stage, act: ActOf<'auto_top_up'>): Promise<void> {
  const ctx = contextOf(stage, act);
  const { method } = await savePaymentMethod(ctx, {
    type: 'mobile_money',
    customerId: act.customer,
    channel: act.channel,
    phone: act.phone,
    otpToken: null,
    consent: { statement: 'Top my wallet up from this number whenever it runs low.', givenAtMs: null },
  });
  await createRule(ctx, await walletOf(stage, act.business, act.customer), {
    thresholdMinor: act.thresholdMinor,
    amountMinor: act.amountMinor,
    targetMinor: null,
    methodIds: [method.id],
    cooldownSeconds: 3_600,
    dailyCountMax: 2,
    monthlyCountMax: 12,
    dailyAmountMaxMinor: null,
    monthlyAmountMaxMinor: act.monthlyMaxMinor,
    failuresMax: 3,
  });
}

async function reject(stage: Stage, act: ActOf<'rejection'>): Promise<void> {
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `select id from approvals where tenant_id = $1 and status = 'pending' and request::json #>> '{body,reference}' = $2`,
    [booksOf(stage, act.business).tenantId, act.of],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`Nothing waits under ${act.of}.`);
  await rejectApproval(contextOf(stage, act), { id, reason: act.reason });
}

async function takeStatement(stage: Stage, act: ActOf<'statement'>): Promise<void> {
  const { provider, fileName, currency, day, rows } = act;
  const header = 'receipt,reference,amount,currency,status,date,type,payer';
  const lines = rows.map(({ receipt, reference, amountMinor, atMs, phone }) =>
    [
      receipt,
      reference,
      formatMajor(amountMinor, currency),
      currency,
      'Completed',
      new Date(atMs).toISOString(),
      'Payment',
      phone,
    ].join(','),
  );
  const timeZone = BUSINESSES.find((one) => one.id === act.business)?.timeZone ?? 'UTC';
  await importStatement(contextOf(stage, act, { onOwnBooks: true }), {
    provider,
    format: 'generic',
    providerAccount: null,
    fileName,
    content: `${[header, ...lines].join('\n')}\n`,
    currency,
    timeZone,
    columns: {},
    firstDay: day,
    lastDay: day,
  });
}

/** Where a second person is needed the request waits for one, as it does when it comes over the API. */
async function orAsk(
  ctx: Context,
  { operationId, scope, params = {}, body }: AsRequest,
  verb: () => Promise<unknown>,
): Promise<void> {
  try {
    await verb();
  } catch (error) {
    if (!(error instanceof SecondPersonNeeded)) throw error;
    await requestApproval({ ...ctx, principal: error.principal }, error, {
      operationId,
      scope,
      operatorOnly: false,
      isSecret: false,
      input: { params, query: {}, body },
    });
  }
}
