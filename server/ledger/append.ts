import type pg from 'pg';
import { hexColumn, int4Array, int4Column, int8Column, textColumn } from '@/server/kernel/wire-arrays';
import { plainQuery } from './append-plain';
import { changeRows } from './change-rows';
import { compareIds } from './core/lots';
import type { Account, Lot } from './core/types';
import type { Work } from './core/work';
import { pipelined } from './pipelined';

/** An answer to store with the batch. */
export interface AnswerRow {
  readonly tenant: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly status: number;
  readonly body: string;
  readonly journal: string | null;
}

const APPEND = `select ledger_append(${Array.from({ length: 42 }, (_, i) => `$${i + 1}`).join(', ')})`;

type Versions = ReadonlyMap<string, number>;

/** Ends a batch that holds its locks: append, verify, COMMIT, in one trip. A COMMIT behind a failed append rolls back. */
export async function sendAppend(
  client: pg.ClientBase,
  work: Work,
  versions: Versions,
  answers: readonly AnswerRow[],
): Promise<void> {
  if (work.isEmpty && answers.length === 0) {
    await client.query('commit');
    return;
  }
  await pipelined(client, [appendQuery(work, versions, answers), { text: 'commit' }]);
}

/** Append and verify as a transaction of its own: of accounts that are not as remembered nothing is written. */
export async function sendAppendAlone(
  client: pg.ClientBase,
  work: Work,
  versions: Versions,
  answers: readonly AnswerRow[],
): Promise<void> {
  await client.query(appendQuery(work, versions, answers));
}

function appendQuery(work: Work, versions: Versions, answers: readonly AnswerRow[]): pg.QueryConfig {
  const rest = restJson(work, versions, answers);
  const plain = rest === null ? plainQuery(work, versions) : null;
  return plain ?? { name: 'ledger_append', text: APPEND, values: appendValues(work, versions, rest) };
}

function appendValues(work: Work, versions: Versions, rest: string | null): (string | Buffer | null)[] {
  const journals = work.journals.map((posted) => posted.journal);
  const entries = work.journals.flatMap((posted) => posted.entries);
  // In the order every batch locks in.
  const accounts = [...work.accounts].sort((a, b) => compareIds(a.tenantId, b.tenantId) || compareIds(a.id, b.id));
  const eventTypes = new Map(work.events.map((event) => [event.journalId, event.type]));
  const lastLegs: number[] = [];
  for (const posted of work.journals) lastLegs.push((lastLegs.at(-1) ?? 0) + posted.entries.length);
  return [
    String(work.nowMs),
    int8Column(journals, (j) => j.tenantId),
    int8Column(journals, (j) => j.id),
    textColumn(journals, (j) => j.kind),
    int8Column(journals, (j) => j.accountId),
    textColumn(journals, (j) => j.operation),
    textColumn(journals, (j) => j.reference),
    textColumn(journals, (j) => j.fingerprint),
    textColumn(journals, (j) => j.currency),
    int8Column(journals, (j) => j.amountMinor),
    int8Column(journals, (j) => zeroAsNull(j.feeMinor)),
    int8Column(journals, (j) => zeroAsNull(j.taxMinor)),
    int8Column(journals, (j) => j.businessAtMs),
    textColumn(journals, (j) => j.description),
    textColumn(journals, (j) => j.metadata),
    int8Column(journals, (j) => j.serviceVersionId),
    int8Column(journals, (j) => j.reversalOf),
    int8Column(journals, (j) => j.holdId),
    textColumn(journals, (j) => j.origin.actor),
    textColumn(journals, (j) => j.origin.requestId),
    int4Array(lastLegs.map((_, i) => (i === 0 ? 1 : (lastLegs[i - 1] as number) + 1))),
    int4Array(lastLegs),
    textColumn(journals, (j) => eventTypes.get(j.id) ?? null),
    int8Column(entries, (e) => e.tenantId),
    int8Column(entries, (e) => e.accountId),
    int8Column(entries, (e) => e.sequence),
    int8Column(entries, (e) => e.journalId),
    int4Column(entries, (e) => e.leg),
    textColumn(entries, (e) => e.kind),
    int8Column(entries, (e) => e.amountMinor),
    int8Column(entries, (e) => e.balanceAfterMinor),
    hexColumn(entries, (e) => e.hash),
    int8Column(accounts, (a) => a.tenantId),
    int8Column(accounts, (a) => a.id),
    int8Column(accounts, (a) => versions.get(a.id) ?? null),
    textColumn(accounts, (a) => a.status),
    int8Column(accounts, (a) => a.balanceMinor),
    int8Column(accounts, (a) => zeroAsNull(a.heldMinor)),
    int4Column(accounts, (a) => work.state.openLots(a.id).length),
    int8Column(accounts, (a) => a.sequence),
    hexColumn(accounts, (a) => a.headHash),
    rest,
  ];
}

/** A column that is zero throughout is not sent at all; `ledger_append` reads null as zero there. */
function zeroAsNull(amount: bigint): bigint | null {
  return amount === 0n ? null : amount;
}

/** What most batches have none of, as JSON; null when there is nothing. */
function restJson(work: Work, versions: Versions, answers: readonly AnswerRow[]): string | null {
  const lotUses = work.journals.flatMap((posted) =>
    posted.lotUses.map((use, position) => ({ ...use, position, tenant: posted.journal.tenantId })),
  );
  const events = work.events.filter((event) => event.journalId === null);
  const nothing =
    lotUses.length +
      events.length +
      answers.length +
      work.lots.size +
      work.newLots.size +
      work.holds.size +
      work.newHolds.length +
      work.usage.size +
      work.notes.length +
      work.changes.length ===
    0;
  if (nothing) return null;
  const tenantOf = (accountId: string): string => (work.state.accounts.get(accountId) as Account).tenantId;
  const changes = changeRows(work, versions);
  const rest = {
    new_lots: [...work.newLots].map((lot) => ({
      ...lotRow(lot, tenantOf),
      account: lot.accountId,
      granted: lot.grantedMinor,
      priority: lot.priority,
      expires_ms: lot.expiresAtMs,
    })),
    lots: [...work.lots].map((lot) => lotRow(lot, tenantOf)),
    lot_uses: lotUses.map((use) => ({
      tenant: use.tenant,
      account: use.accountId,
      sequence: use.sequence,
      lot: use.lotId,
      position: use.position,
      use: use.use,
      amount: use.amountMinor,
    })),
    new_holds: work.newHolds.map(({ hold, command }) => ({
      tenant: command.tenantId,
      id: hold.id,
      account: hold.accountId,
      amount: hold.amountMinor,
      captured: hold.capturedMinor,
      status: hold.status,
      reference: hold.reference,
      fingerprint: hold.fingerprint,
      description: command.description,
      metadata: command.metadata,
      expires_ms: hold.expiresAtMs,
      actor: command.origin.actor,
      request: command.origin.requestId,
      pin_lots: hold.pins.map((pin) => pin.lotId ?? '0'),
      pin_amounts: hold.pins.map((pin) => pin.amountMinor),
    })),
    holds: [...work.holds]
      .filter((hold) => !work.newHolds.some((made) => made.hold === hold))
      .map((hold) => ({
        tenant: tenantOf(hold.accountId),
        id: hold.id,
        captured: hold.capturedMinor,
        status: hold.status,
      })),
    usage: [...work.usage.values()].map((u) => ({
      tenant: u.account.tenantId,
      service: u.service.serviceId,
      account: u.account.id,
      period: u.period,
      amount: u.amountMinor,
    })),
    events: events.map((e) => ({
      tenant: e.tenantId,
      id: e.id,
      type: e.type,
      account: e.accountId,
      sequence: e.sequence,
      payload: e.payload,
    })),
    audit: [...work.notes.map(noteRow), ...changes.audit],
    limits: changes.limits,
    profiles: changes.profiles,
    answers,
  };
  return JSON.stringify(rest, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function noteRow({ command, note }: Work['notes'][number]) {
  return {
    tenant: command.tenantId,
    id: command.id,
    actor: command.origin.actor,
    credential: command.origin.credential,
    address: command.origin.address,
    request: command.origin.requestId,
    action: note.action,
    object: note.objectId,
    reason: note.reason,
    before: note.before,
    after: note.after,
  };
}

function lotRow(lot: Lot, tenantOf: (accountId: string) => string) {
  return {
    tenant: tenantOf(lot.accountId),
    id: lot.id,
    remaining: lot.remainingMinor,
    held: lot.heldMinor,
    used: lot.usedMinor,
    expired: lot.expiredMinor,
    forfeited: lot.forfeitedMinor,
  };
}
