import { serviceVersionIn } from '@/server/ledger/core/service-terms';
import type { Journal, JournalKind, Outcome, PostedJournal, ServiceVersion } from '@/server/ledger/core/types';
import { readJournals } from '@/server/ledger/read-journal';
import { type StoredRules, toTerms } from '@/server/ledger/service-versions';
import { dueSql } from '@/server/refunds/due-sql';
import { paymentAccounts } from './books-accounts';
import type { Payment } from './payment-row';
import type { Posting } from './reduce';
import type { Mover, PaymentServices } from './services';

/** What the books hold for a payment after a posting: this one's, or that of an earlier try. */
export interface Posted {
  readonly journalId: string;
  readonly kind: JournalKind;
  readonly accountId: string;
}

/**
 * Moves a payment's money in the books. Safe to repeat: the books hold one effect per payment and operation, and what they
 * hold is the answer.
 * @throws LedgerBusy, OutcomeUnknown: the observation is looked at again later
 */
export async function postMoney(
  services: PaymentServices,
  payment: Payment,
  posting: Posting,
  mover: Mover,
): Promise<Posted> {
  if (posting.kind === 'claw_back') return clawBack(services, payment, mover);
  const isSuspended = posting.kind === 'suspend';
  const currency = isSuspended ? posting.currency : payment.currency;
  const accounts = await paymentAccounts(services, { ...payment, currency });
  const walletId = currency === payment.currency ? payment.walletId : null;
  const outcome = await services.ledger.submit({
    kind: 'collect',
    tenantId: payment.tenantId,
    id: services.ledger.nextId(),
    origin: mover,
    accountId: walletId ?? accounts.collectionsId,
    clearingAccountId: accounts.clearingId,
    dueAccountId: accounts.dueId,
    suspenseAccountId: accounts.suspenseId,
    operation: 'payment',
    into: isSuspended ? 'suspense' : 'account',
    amountMinor: isSuspended ? posting.amountMinor : payment.amountMinor,
    service: isSuspended ? null : await serviceOf(services, payment),
    reference: payment.publicId,
    description: payment.description,
    metadata: payment.metadata,
    businessAtMs: null,
  });
  return postedOf(outcome);
}

/** What the books hold for a payment's receipt, whatever its row says. */
export async function findJournal(services: PaymentServices, payment: Payment): Promise<string | null> {
  const accounts = await paymentAccounts(services, payment);
  const { rows } = await services.db.pool.query<{ id: string }>(
    `select id from journals where tenant_id = $1 and account_id = any ($2::bigint[]) and operation = 'payment'
       and reference = $3 and reference is not null`,
    [
      payment.tenantId,
      [payment.walletId ?? accounts.collectionsId, accounts.dueId, accounts.suspenseId],
      payment.publicId,
    ],
  );
  return rows[0]?.id ?? null;
}

/** The other way, of as much as was not refunded. Charges that the payer paid on top go back with it. */
async function clawBack(services: PaymentServices, payment: Payment, mover: Mover): Promise<Posted> {
  const { tenantId, journalId } = payment;
  if (journalId === null) throw new Error(`Payment ${payment.publicId} has no journal to take back.`);
  const original = (await readJournals(services.db.pool, [{ tenantId, id: journalId }])).get(journalId);
  if (original === undefined) throw new Error(`Journal ${journalId} of ${payment.publicId} is not in the books.`);
  const { journal } = original;
  const accounts = await paymentAccounts(services, { ...payment, currency: journal.currency });
  const paidOnTop = payment.feeBearer === 'customer' ? journal.feeMinor + journal.taxMinor : 0n;
  const amountMinor = journal.amountMinor - payment.refundedMinor;
  const outcome = await services.ledger.submit({
    kind: 'clawback',
    tenantId,
    id: services.ledger.nextId(),
    origin: mover,
    accountId: (await isStillDue(services, payment, journal, amountMinor)) ? journal.accountId : accounts.suspenseId,
    clearingAccountId: accounts.clearingId,
    suspenseAccountId: accounts.suspenseId,
    amountMinor,
    chargesMinor: paidOnTop,
    reference: payment.publicId,
    description: payment.description,
    metadata: null,
    businessAtMs: null,
  });
  return postedOf(outcome);
}

/**
 * What is owed to customers stands in one account: money that came for a closed wallet and was paid out since is not taken
 * from what is another's there.
 */
async function isStillDue(
  { db }: PaymentServices,
  { tenantId, walletId, publicId }: Payment,
  { kind, accountId }: Journal,
  amountMinor: bigint,
): Promise<boolean> {
  if (kind !== 'late_topup' || walletId === null) return true;
  const { rows } = await db.pool.query<{ due: string; is_taken: boolean }>(
    `select ${dueSql('a')} as due, exists (select from journals j where j.tenant_id = $1 and j.account_id = $3
       and j.operation = 'clawback' and j.reference = $4) as is_taken
     from accounts a where a.tenant_id = $1 and a.id = $2`,
    [tenantId, walletId, accountId, publicId],
  );
  const [row] = rows;
  // Taken by an earlier try: what the books hold is the answer again.
  return row === undefined || row.is_taken || BigInt(row.due) >= amountMinor;
}

export function postedOf(outcome: Outcome): Posted {
  if (!outcome.ok) throw new Error(`The books refused a payment's money: ${outcome.refusal.code}.`);
  const posted: PostedJournal | null = outcome.posted;
  if (posted === null) throw new Error('A payment that was posted has a journal.');
  const { id, kind, accountId } = posted.journal;
  return { journalId: id, kind, accountId };
}

/** The rules that the payment began under, whatever has become of the service since. */
export async function serviceOf(
  { db }: Pick<PaymentServices, 'db'>,
  { tenantId, serviceVersionId, currency }: Pick<Payment, 'tenantId' | 'serviceVersionId' | 'currency'>,
): Promise<ServiceVersion | null> {
  if (serviceVersionId === null) return null;
  const { rows } = await db.pool.query<{ service_id: string; rules: StoredRules }>(
    'select service_id, rules from service_versions where tenant_id = $1 and id = $2',
    [tenantId, serviceVersionId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`There is no service version ${serviceVersionId}.`);
  return serviceVersionIn({ id: serviceVersionId, serviceId: row.service_id, terms: toTerms(row.rules) }, currency);
}
