import type pg from 'pg';
import { int8Array, textArray } from '@/server/kernel/wire-arrays';
import { collectAccountIds, collectOperation } from './core/collect';
import { hasCaps, LedgerState, operationOf, referenceKey, usageKey, usagePeriods } from './core/state';
import type { Command, ServiceVersion, SystemAccountType } from './core/types';
import { pipelined } from './pipelined';
import { readJournals } from './read-journal';
import { type AccountDetail, type AccountRow, type HoldDetail, type LotDetail, toAccount, toHold, toLot } from './rows';

/** A command on its way through the batcher. */
export interface Attempt {
  readonly command: Command;
  /** True when an earlier attempt may have committed: its own effect is looked for. */
  readonly retried: boolean;
}

interface LoadRow extends AccountRow {
  what: 'account' | 'now' | 'lot' | 'hold' | 'earlier' | 'changed' | 'usage';
  version: string;
  detail: unknown;
}

export interface Loaded {
  readonly state: LedgerState;
  readonly databaseNowMs: number;
  /** Versions of the accounts as read: the fence that `ledger_append` checks. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Begins a batch: BEGIN, lock and read, in one trip. */
export function sendLoad(
  client: pg.ClientBase,
  attempts: readonly Attempt[],
  nowMs: number | null,
): Promise<pg.QueryResult[]> {
  const needs = needsOf(attempts, nowMs);
  const named = needs.holds.length > 0 || needs.holdReferences.length > 0 || needs.lots.length > 0;
  return pipelined(client, [
    { text: 'begin isolation level read committed' },
    loadQuery(needs),
    ...(named ? [loadNamedQuery(needs)] : []),
  ]);
}

function loadQuery({ accounts, systemTypes, references, own, usage }: Needs): pg.QueryConfig {
  return {
    name: 'ledger_load',
    text: 'select * from ledger_load($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
    values: [
      int8Array([...accounts.values()].map((a) => a.tenantId)),
      int8Array([...accounts.values()].map((a) => a.id)),
      textArray([...systemTypes]),
      int8Array(references.map((r) => r.tenantId)),
      int8Array(references.map((r) => r.accountId)),
      textArray(references.map((r) => r.operation)),
      textArray(references.map((r) => r.reference)),
      int8Array(own.map((o) => o.tenantId)),
      int8Array(own.map((o) => o.id)),
      int8Array(usage.map((u) => u.tenantId)),
      int8Array(usage.map((u) => u.serviceId)),
      int8Array(usage.map((u) => u.accountId)),
      textArray(usage.map((u) => u.period)),
    ],
  };
}

function loadNamedQuery({ holds, holdReferences, lots }: Needs): pg.QueryConfig {
  return {
    name: 'ledger_load_named',
    text: 'select * from ledger_load_named($1, $2, $3, $4, $5, $6, $7)',
    values: [
      int8Array(holds.map((h) => h.tenantId)),
      int8Array(holds.map((h) => h.id)),
      int8Array(holdReferences.map((r) => r.tenantId)),
      int8Array(holdReferences.map((r) => r.accountId)),
      textArray(holdReferences.map((r) => r.reference)),
      int8Array(lots.map((l) => l.tenantId)),
      int8Array(lots.map((l) => l.id)),
    ],
  };
}

interface Needs {
  /** By tenant and id: a stranger who names an account must not push its owner out. */
  readonly accounts: Map<string, { readonly tenantId: string; readonly id: string }>;
  readonly systemTypes: Set<SystemAccountType>;
  readonly references: { tenantId: string; accountId: string; operation: string; reference: string }[];
  readonly own: { tenantId: string; id: string }[];
  readonly holds: { tenantId: string; id: string }[];
  readonly holdReferences: { tenantId: string; accountId: string; reference: string }[];
  readonly lots: { tenantId: string; id: string }[];
  readonly usage: { tenantId: string; serviceId: string; accountId: string; period: string }[];
}

/** What the core may ask of the state for these commands. */
function needsOf(attempts: readonly Attempt[], nowMs: number | null): Needs {
  const needs: Needs = {
    accounts: new Map(),
    // Anything may expire first, so promotion expense is always at hand.
    systemTypes: new Set(['PROMOTION_EXPENSE']),
    references: [],
    own: [],
    holds: [],
    holdReferences: [],
    lots: [],
    usage: [],
  };
  for (const { command, retried } of attempts) {
    addNeeds(needs, command, nowMs);
    if (retried) {
      needs.own.push({ tenantId: command.tenantId, id: command.id });
      if (command.kind === 'hold') needs.holds.push({ tenantId: command.tenantId, id: command.id });
    }
  }
  return needs;
}

function addNeeds(needs: Needs, command: Command, nowMs: number | null): void {
  const { tenantId } = command;
  const account = (id: string): void => {
    needs.accounts.set(`${tenantId}|${id}`, { tenantId, id });
  };
  const reference = (accountId: string, operation: string, text: string): void => {
    needs.references.push({ tenantId, accountId, operation, reference: text });
  };
  const addPaymentNeeds = (): void => {
    if (command.kind !== 'collect' && command.kind !== 'clawback' && command.kind !== 'refund') return;
    for (const id of collectAccountIds(command)) {
      account(id);
      reference(id, collectOperation(command), command.reference);
    }
  };
  switch (command.kind) {
    case 'debit':
      account(command.accountId);
      needs.systemTypes.add(command.to);
      if (command.reference !== null) reference(command.accountId, operationOf(command), command.reference);
      addServiceNeeds(needs, tenantId, command.service, command.accountId, nowMs);
      return;
    case 'credit':
      account(command.accountId);
      needs.systemTypes.add(command.from);
      if (command.reference !== null) reference(command.accountId, operationOf(command), command.reference);
      addServiceNeeds(needs, tenantId, command.service, command.accountId, nowMs);
      return;
    case 'transfer':
      account(command.sourceAccountId);
      account(command.destinationAccountId);
      if (command.reference !== null) reference(command.sourceAccountId, 'transfer', command.reference);
      addServiceNeeds(needs, tenantId, command.service, command.sourceAccountId, nowMs);
      return;
    case 'collect':
      account(command.clearingAccountId);
      addPaymentNeeds();
      needs.systemTypes.add('AVAILABLE_COLLECTIONS');
      addServiceNeeds(needs, tenantId, command.service, command.accountId, nowMs);
      return;
    case 'clawback':
      account(command.clearingAccountId);
      addPaymentNeeds();
      needs.systemTypes.add('AVAILABLE_COLLECTIONS');
      return;
    case 'refund':
      account(command.counterAccountId);
      addPaymentNeeds();
      return;
    case 'reverse': {
      const { journal, entries, lotUses } = command.original;
      for (const entry of entries) account(entry.accountId);
      reference(journal.accountId, 'reversal', journal.id);
      for (const use of lotUses) needs.lots.push({ tenantId, id: use.lotId });
      return;
    }
    case 'hold':
      account(command.accountId);
      if (command.reference !== null) {
        needs.holdReferences.push({ tenantId, accountId: command.accountId, reference: command.reference });
      }
      return;
    case 'capture':
      account(command.accountId);
      needs.systemTypes.add('AVAILABLE_COLLECTIONS');
      needs.holds.push({ tenantId, id: command.holdId });
      reference(command.accountId, 'capture', command.holdId);
      return;
    case 'void':
      account(command.accountId);
      needs.holds.push({ tenantId, id: command.holdId });
      return;
    case 'change_account':
      account(command.accountId);
      if (command.status === 'closed') needs.systemTypes.add('REFUNDS_DUE');
      return;
    case 'sweep':
      account(command.accountId);
  }
}

function addServiceNeeds(
  needs: Needs,
  tenantId: string,
  service: ServiceVersion | null,
  accountId: string,
  nowMs: number | null,
): void {
  if (service === null) return;
  needs.systemTypes.add('COMMISSION_ACCOUNT');
  needs.systemTypes.add('COMMISSION_TAX_ACCOUNT');
  if (!hasCaps(service)) return;
  // The batch's own time is known only under the lock: midnight may pass meanwhile, so the next day is read too.
  const guessMs = nowMs ?? Date.now();
  const periods = new Set([guessMs, guessMs + 60_000].flatMap((ms) => Object.values(usagePeriods(ms))));
  for (const period of periods) needs.usage.push({ tenantId, serviceId: service.serviceId, accountId, period });
}

/** Builds the state from the answers of the load message; reads earlier journals in full where there are any. */
export async function toState(client: pg.ClientBase, results: readonly pg.QueryResult[]): Promise<Loaded> {
  const state = new LedgerState();
  const versions = new Map<string, number>();
  const earlier: { tenantId: string; id: string; key: string | null }[] = [];
  let databaseNowMs = 0;
  for (const row of (results[1]?.rows ?? []) as LoadRow[]) {
    switch (row.what) {
      case 'account': {
        const account = toAccount(row, row.detail as AccountDetail | null);
        state.addAccount(account);
        versions.set(account.id, Number(row.version));
        break;
      }
      case 'now':
        databaseNowMs = Number(row.sequence);
        break;
      case 'lot':
        state.addLot(toLot(row.id, row.detail as LotDetail));
        break;
      case 'hold':
        state.addHold(toHold(row.id, row.detail as HoldDetail));
        break;
      case 'changed':
        state.ownChanges.add(row.id);
        break;
      case 'usage': {
        const detail = row.detail as { account: string; period: string };
        state.usage.set(usageKey(row.id, detail.account, detail.period), BigInt(row.balance_minor));
        break;
      }
      case 'earlier': {
        const detail = row.detail as { account: string; operation: string; reference: string } | null;
        const key = detail === null ? null : referenceKey(detail.account, detail.operation, detail.reference);
        earlier.push({ tenantId: row.tenant_id, id: row.id, key });
      }
    }
  }
  for (const row of (results[2]?.rows ?? []) as LoadRow[]) {
    if (row.what === 'lot') state.addLot(toLot(row.id, row.detail as LotDetail));
    else state.addHold(toHold(row.id, row.detail as HoldDetail));
  }
  if (earlier.length > 0) {
    const journals = await readJournals(client, earlier);
    for (const { id, key } of earlier) {
      const posted = journals.get(id);
      if (posted === undefined) throw new Error(`Journal ${id} was there and is gone.`);
      if (key === null) state.own.set(id, posted);
      else state.earlier.set(key, posted);
    }
  }
  return { state, databaseNowMs, versions };
}
