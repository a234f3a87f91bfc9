import { isEventType } from '@/contracts/events';
import { formatId } from '@/contracts/ids';
import { readService } from '@/server/client-services/read';
import { readClient } from '@/server/clients/read';
import { readHold } from '@/server/holds/read';
import { renderClient } from '@/server/http/api-v1/render-client';
import { renderService } from '@/server/http/api-v1/render-client-service';
import { renderTransaction as renderAccountTransaction } from '@/server/http/api-v1/render-transaction';
import type { Context } from '@/server/kernel/context';
import type { PostedJournal } from '@/server/ledger/core/types';
import { readJournals } from '@/server/ledger/read-journal';
import { readTransactionRecord } from '@/server/transactions/read-transactions';
import { viewOfPosted } from '@/server/wallets/transaction-view';
import type { EventParts, RenderEvent } from '@/server/webhooks/event-body';
import { readEndpoint } from '@/server/webhooks/read-endpoints';
import type { EventRow } from '@/server/webhooks/read-events';
import { readWalletAsOf } from '@/server/webhooks/wallet-as-of';
import { renderHold } from './render-hold';
import { renderExactTime } from './render-time';
import { renderTransaction, renderTransfer } from './render-transaction';
import { renderWallet } from './render-wallet';
import { renderEndpoint } from './render-webhook';

type Data = Record<string, unknown>;

/**
 * The JSON text of an event: what the API would have shown of its object at that moment, in one envelope. It may be made
 * later than it happened, so everything in it is of then, as far as the books can tell; of a client's profile and a
 * service's rules they cannot, and those are of when it is made.
 */
export const renderEvent: RenderEvent = async (parts, event) => {
  const data = await dataOf(contextOf(parts, event), event);
  return JSON.stringify({
    id: formatId('event', event.id),
    type: event.type,
    timestamp: new Date(event.createdAtMs).toISOString(),
    livemode: event.mode === 'live',
    data,
  });
};

/** Nobody's request: the event's own client looks at its own books. */
function contextOf({ db, ledger, clock }: Omit<EventParts, 'renderEvent'>, event: EventRow): Context {
  return {
    principal: {
      kind: 'nobody',
      tenantId: event.tenantId,
      clientId: event.clientId,
      mode: event.mode,
      credentialId: '',
      actor: 'job:webhooks',
      scopes: [],
      role: null,
      isOperator: false,
      actsOnClient: false,
    },
    requestId: 'job:webhooks',
    address: null,
    clock,
    db,
    ledger,
    answer: null,
  };
}

async function dataOf(ctx: Context, event: EventRow): Promise<Data> {
  const payload = event.payload === null ? {} : (JSON.parse(event.payload) as Data);
  // Whoever recorded it knew the object as it was then.
  if (payload['data'] !== undefined) return withSequence(payload['data'] as Data, event);
  if (!isEventType(event.type)) throw new Error(`The catalogue has no event ${event.type}.`);
  const [subject] = event.type.split('.', 1);
  switch (subject) {
    case 'wallet':
      return withSequence(
        await (MOVEMENTS.has(event.type) ? movement(ctx, event) : wallet(ctx, event, payload)),
        event,
      );
    case 'hold':
      return withSequence(await hold(ctx, payload), event);
    case 'transfer':
      return withSequence(await transfer(ctx, event), event);
    case 'reversal':
      return withSequence(await reversal(ctx, event), event);
    case 'client':
      return { ...renderClient(await readClient(ctx, event.clientId)) };
    case 'service':
      return { ...renderService(await readService(ctx, String(payload['service_code']))) };
    case 'webhook_endpoint':
      return { ...renderEndpoint(await readEndpoint(ctx, String(payload['endpoint_id']))), ...statusOf(payload) };
    default:
      throw new Error(`The event ${event.type} must carry its data.`);
  }
}

/** Of a wallet alone: what moved is the object. */
const MOVEMENTS: ReadonlySet<string> = new Set(['wallet.credited', 'wallet.debited', 'wallet.credit_expired']);

function withSequence(data: Data, { sequence }: EventRow): Data {
  return sequence === null ? data : { ...data, sequence };
}

function statusOf(payload: Data): Data {
  return typeof payload['status'] === 'string' ? { status: payload['status'] } : {};
}

async function wallet(ctx: Context, event: EventRow, payload: Data): Promise<Data> {
  const at = { walletId: event.accountId as string, sequence: event.sequence ?? 0, atMs: event.createdAtMs };
  const view = await readWalletAsOf(ctx, at, {
    status: statusThen(event, payload),
    metadata: payload['metadata'] === undefined ? null : JSON.stringify(payload['metadata']),
    minimumBalanceMinor: minorIn(payload, 'minimum_balance_minor'),
    heldMinor: minorIn(payload, 'held_minor'),
    lowBalanceMinor: payload['low_balance_minor'] === undefined ? undefined : minorIn(payload, 'low_balance_minor'),
  });
  return { ...renderWallet(view), ...expiringCredit(payload) };
}

function minorIn(payload: Data, field: string): bigint | null {
  const text = payload[field];
  return typeof text === 'string' ? BigInt(text) : null;
}

/** What `wallet.credit_expiring` speaks of: the lot as it was when that was told. */
function expiringCredit({ expiring }: Data): Data {
  if (expiring === undefined) return {};
  const { lot_id: lotId, amount_minor: amountMinor, expires_at_ms: expiresAtMs } = expiring as Data;
  return {
    expiring_credit: {
      lot_id: formatId('lot', String(lotId)),
      amount: Number(amountMinor),
      expires_at: renderExactTime(Number(expiresAtMs)),
    },
  };
}

/** A closing that posts something has no payload; an opening says everything but the status. */
function statusThen({ type }: EventRow, payload: Data): string | null {
  if (typeof payload['status'] === 'string') return payload['status'];
  if (type === 'wallet.closed') return 'closed';
  return type === 'wallet.created' ? 'active' : null;
}

async function hold(ctx: Context, payload: Data): Promise<Data> {
  const view = await readHold(ctx, String(payload['hold_id']));
  const capturedMinor = BigInt(String(payload['captured_minor']));
  return { ...renderHold({ ...view, capturedMinor, status: payload['status'] as typeof view.status }) };
}

async function movement(ctx: Context, event: EventRow): Promise<Data> {
  const posted = await journalOf(ctx, event);
  return { ...renderTransaction(viewOfPosted(posted, event.mode === 'live', legOn(posted, event))) };
}

async function transfer(ctx: Context, event: EventRow): Promise<Data> {
  const posted = await journalOf(ctx, event);
  if (!(await isBetweenWallets(ctx, posted))) return accountTransaction(ctx, posted, legOn(posted, event) ?? 1);
  const livemode = event.mode === 'live';
  return {
    ...renderTransfer({
      source: viewOfPosted(posted, livemode, 1),
      destination: viewOfPosted(posted, livemode, 2),
    } as Parameters<typeof renderTransfer>[0]),
  };
}

async function reversal(ctx: Context, event: EventRow): Promise<Data> {
  const posted = await journalOf(ctx, event);
  const leg = legOn(posted, event) ?? 1;
  const types = await accountTypes(ctx, posted);
  const isWallet = types.get(posted.entries[leg - 1]?.accountId ?? '') === 'CUSTOMER_WALLET';
  if (!isWallet) return accountTransaction(ctx, posted, leg);
  return { ...renderTransaction(viewOfPosted(posted, event.mode === 'live', leg)) };
}

/** Without whether it was reversed since. */
async function accountTransaction(ctx: Context, { journal }: PostedJournal, leg: number): Promise<Data> {
  const { reversedBy: _, ...record } = await readTransactionRecord(ctx, { journalId: journal.id, leg });
  return { ...renderAccountTransaction(record) };
}

async function journalOf(ctx: Context, { tenantId, id, journalId }: EventRow): Promise<PostedJournal> {
  const [posted] = (await readJournals(ctx.db.pool, [{ tenantId, id: journalId ?? id }])).values();
  if (posted === undefined) throw new Error(`The event ${id} has no journal.`);
  return posted;
}

/** The leg that the event is of: its account at its sequence. */
function legOn(posted: PostedJournal, { accountId, sequence }: EventRow): number | undefined {
  return posted.entries.find((entry) => entry.accountId === accountId && entry.sequence === sequence)?.leg;
}

async function isBetweenWallets(ctx: Context, posted: PostedJournal): Promise<boolean> {
  const types = await accountTypes(ctx, posted);
  return posted.entries.slice(0, 2).every(({ accountId }) => types.get(accountId) === 'CUSTOMER_WALLET');
}

async function accountTypes(ctx: Context, posted: PostedJournal): Promise<Map<string, string>> {
  const { rows } = await ctx.db.pool.query<{ id: string; type: string }>(
    'select id, type from accounts where tenant_id = $1 and id = any ($2::bigint[])',
    [ctx.principal.tenantId, posted.entries.map((entry) => entry.accountId)],
  );
  return new Map(rows.map((row) => [row.id, row.type]));
}
