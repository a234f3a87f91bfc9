import { formatEntryId, formatId } from '@/contracts/ids';
import type { JournalObject, JournalProofObject, JournalSummaryObject } from '@/contracts/journals';
import { actorOf } from '@/server/audit/names';
import { renderParty } from '@/server/journals/party';
import type { JournalProof } from '@/server/journals/prove-journal';
import type { FeeRules, JournalDetail } from '@/server/journals/read-journal';
import type { JournalSummary } from '@/server/journals/summary';
import type { Trail, TrailActor, TrailRequest } from '@/server/journals/trail';
import type { Journal } from '@/server/ledger/core/types';
import { partOf } from '@/server/transactions/transaction-record';
import { renderTime } from './render-time';

const exact = (ms: number): string => new Date(ms).toISOString();
const journalId = (id: string | null): string | null => (id === null ? null : formatId('journal', id));

export function renderJournalSummary(summary: JournalSummary): JournalSummaryObject {
  return {
    id: formatId('journal', summary.id),
    object: 'journal',
    client_code: summary.clientCode,
    kind: summary.kind,
    operation: summary.operation,
    amount: Number(summary.amountMinor),
    fee: Number(summary.feeMinor),
    tax: Number(summary.taxMinor),
    currency: summary.currency,
    account: renderParty(summary.account),
    counter_account: renderParty(summary.counterAccount),
    channel: summary.channel,
    payment_id: summary.paymentId,
    description: summary.description,
    reference: summary.reference,
    reversal_of: journalId(summary.reversalOf),
    reversed_by: journalId(summary.reversedBy),
    business_date: renderTime(summary.businessAtMs),
    posted_at: exact(summary.postedAtMs),
    livemode: summary.livemode,
  };
}

export function renderJournal(detail: JournalDetail): JournalObject {
  const { posted, parties, trail, reversal } = detail;
  const { journal, entries, lotUses } = posted;
  const party = (id: string) => renderParty(must(parties.get(id)));
  return {
    ...renderJournalSummary(detail.summary),
    fingerprint: journal.fingerprint,
    metadata: journal.metadata === null ? {} : (JSON.parse(journal.metadata) as Record<string, unknown>),
    legs: entries.map((entry) => ({
      id: formatEntryId(journal.id, entry.leg),
      leg: entry.leg,
      part: partOf(journal, entry.leg).toLowerCase() as 'principal' | 'fee' | 'tax',
      account: party(entry.accountId),
      side: entry.amountMinor < 0n ? 'debit' : 'credit',
      amount: Math.abs(Number(entry.amountMinor)),
      sequence: entry.sequence,
      balance_before: Number(entry.balanceAfterMinor - entry.amountMinor),
      balance_after: Number(entry.balanceAfterMinor),
      previous_journal_id: journalId(detail.neighbours.get(entry.accountId)?.previousId ?? null),
      next_journal_id: journalId(detail.neighbours.get(entry.accountId)?.nextId ?? null),
      lots: lotUses
        .filter((use) => use.accountId === entry.accountId && use.sequence === entry.sequence)
        .map((use) => ({
          id: formatId('lot', use.lotId),
          use: use.use,
          amount: Number(use.amountMinor),
          expires_at: timeOf(detail.lotExpiries.get(use.lotId) ?? null),
        })),
    })),
    total: entries.reduce((sum, { amountMinor }) => sum + Math.max(0, Number(amountMinor)), 0),
    fee_rules: detail.feeRules === null ? null : feeRules(detail.feeRules, journal),
    origin: { actor: renderActor(trail.poster), request: renderRequest(trail.postedIn) },
    trail: renderTrail(trail, journal),
    reversal: {
      possible: reversal.refusal === null,
      refusal: reversal.refusal,
      returns_fees: reversal.returnsFees,
      accounts: reversal.accounts.map(({ accountId, nowMinor, afterMinor }) => ({
        account: party(accountId),
        balance_now: Number(nowMinor),
        balance_after: Number(afterMinor),
      })),
      event: 'reversal.created',
    },
    sealed: detail.isSealed,
  };
}

function feeRules(
  { serviceCode, serviceName, number, version }: FeeRules,
  journal: Journal,
): JournalObject['fee_rules'] {
  const whole = (minor: bigint | null): number | null => (minor === null ? null : Number(minor));
  return {
    service_code: serviceCode,
    service_name: serviceName,
    version: number,
    bearer: version.feeBearer,
    type: version.fee.type,
    base: Number(journal.amountMinor),
    rate_ppm: version.fee.type === 'PERCENTAGE' ? Number(version.fee.partsPerMillion) : null,
    fixed: version.fee.type === 'FIXED' ? Number(version.fee.amountMinor) : null,
    minimum: whole(version.minimumFeeMinor),
    maximum: whole(version.maximumFeeMinor),
    amount: Number(journal.feeMinor),
    tax_rate_ppm: Number(version.taxPartsPerMillion),
    tax: Number(journal.taxMinor),
    returns_on_reversal: version.refundFeesOnReversal,
  };
}

function renderActor({ actor, name, hint }: TrailActor): JournalObject['origin']['actor'] {
  return { ...actorOf(actor), name, hint };
}

function renderRequest(request: TrailRequest | null): JournalObject['origin']['request'] {
  if (request === null) return null;
  const { id, method, path, status, address, atMs, actor } = request;
  return { id, method, path, status, address, at: atMs === null ? null : exact(atMs), actor: renderActor(actor) };
}

function renderTrail(trail: Trail, journal: Journal): JournalObject['trail'] {
  const { request, topUp, payment, observation } = trail;
  return {
    request: renderRequest(request),
    topup: topUp === null ? null : { id: formatId('topup', topUp.id), status: topUp.status, at: exact(topUp.atMs) },
    payment:
      payment === null
        ? null
        : {
            id: payment.id,
            reference: payment.reference,
            status: payment.status,
            channel: payment.channel,
            provider: payment.provider,
            phone: payment.phone === null ? null : maskedPhone(payment.phone),
            at: exact(payment.atMs),
          },
    observation:
      observation === null
        ? null
        : {
            source: observation.source,
            outcome: observation.outcome,
            provider_code: observation.providerCode,
            receipt: observation.receipt,
            raw: observation.raw,
            at: exact(observation.atMs),
          },
    journal: { at: exact(journal.postedAtMs) },
    deliveries: trail.deliveries.map((delivery) => ({
      id: formatId('delivery', delivery.id),
      event_id: delivery.eventId === null ? null : formatId('event', delivery.eventId),
      type: delivery.type,
      is_callback: delivery.isCallback,
      url: delivery.url,
      status: delivery.status,
      attempts: delivery.attempts,
      http_status: delivery.httpStatus,
      duration_ms: delivery.durationMs,
      at: exact(delivery.atMs),
    })),
  };
}

/** `23324•••••38`: enough to recognise, not to call. */
function maskedPhone(phone: string): string {
  return phone.length <= 7 ? phone : `${phone.slice(0, 5)}${'•'.repeat(phone.length - 7)}${phone.slice(-2)}`;
}

export function renderJournalProof(proof: JournalProof): JournalProofObject {
  const { seal } = proof;
  return {
    object: 'journal_proof',
    journal_id: formatId('journal', proof.journalId),
    verified: proof.faults.length === 0,
    verified_at: exact(proof.verifiedAtMs),
    sum: Number(proof.sumMinor),
    journal_content: proof.content,
    journal_digest: proof.digest,
    entries: proof.entries.map(({ entry, party, previousHash, recomputed, content, seal: head }) => ({
      leg: entry.leg,
      account: renderParty(party),
      sequence: entry.sequence,
      previous_hash: previousHash,
      hash: entry.hash,
      recomputed,
      content,
      matches: recomputed === entry.hash,
      seal:
        head === null
          ? null
          : { head_sequence: head.headSequence, head_hash: head.headHash, links: head.links, chain: head.chain },
    })),
    seal:
      seal === null
        ? null
        : {
            id: formatId('seal', seal.seal.sealId),
            number: seal.number,
            sealed_at: exact(seal.seal.sealedAtMs),
            accounts: seal.seal.heads.length,
            algorithm: 'Ed25519',
            key_id: seal.seal.keyId,
            public_key: seal.publicKeyPem,
            previous_digest: seal.seal.previousDigest,
            digest: seal.seal.digest,
            signature: seal.seal.signature,
            valid: seal.fault === null,
          },
    faults: [...proof.faults],
    livemode: proof.livemode,
  };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : exact(ms);
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A journal names an account that was not read.');
  return value;
}
