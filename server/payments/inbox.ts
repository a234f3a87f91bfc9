import { createHash } from 'node:crypto';
import { loggableError } from '@/server/kernel/log';
import { sqlNow } from '@/server/kernel/sql-time';
import { maskText } from '@/server/providers/mask';
import { type Callback, type CallbackRequest, PROVIDER_NAMES, type Provider } from '@/server/providers/provider';
import { hearOfRefund } from '@/server/refunds/hear';
import { providerOf } from './attempt';
import { tokenHash } from './ids';
import { currentMs, observe } from './observe';
import { PAYMENT_COLUMNS, PAYMENTS, type Payment, type PaymentRow, toPayment } from './payment-row';
import { askProvider } from './poll';
import { paymentPorts } from './ports';
import { nextInboxTryAt } from './schedule';
import { jobMover, type PaymentServices } from './services';

export interface ReceivedCallback {
  readonly provider: string;
  /** The last segment of the path. */
  readonly token: string;
  readonly request: CallbackRequest;
  readonly address: string | null;
}

export interface CallbackAnswer {
  readonly status: 200 | 401 | 404;
  readonly body: Readonly<Record<string, string | number>> | null;
  /** The message that was kept, leased to whoever took it in (`processKept`); null for one that was there before. */
  readonly kept: KeptMessage | null;
}

/** A message in the inbox, and what it was read as on the way in. */
export interface KeptMessage {
  readonly id: string;
  readonly row: MessageRow;
  readonly reading: Reading;
}

/** How long the process that took a message in has before the job looks for it. */
const KICK_SECONDS = 20;
const LEASE_SECONDS = 120;
const AT_ONCE = 20;
const TRIES_MAX = 20;

/**
 * Keeps what came in on a callback URL, before anything is made of it, and says what to answer. Nothing is believed here and
 * no provider is called: `processInbox` does that.
 * Guarantee: the unique index on provider, URL and payload keeps one row of however many copies.
 */
export async function receiveCallback(services: PaymentServices, received: ReceivedCallback): Promise<CallbackAnswer> {
  const { provider: name, token, request } = received;
  if (!(PROVIDER_NAMES as readonly string[]).includes(name)) return { status: 404, body: null, kept: null };
  const body = Buffer.from(request.rawBody);
  const payload = createHash('sha256').update(request.method).update('\n').update(body).digest();
  const id = services.ledger.nextId();
  const { rowCount } = await services.db.pool.query({
    name: 'keep_callback',
    text: `insert into provider_inbox (id, provider, token_hash, payload_hash, method, path, headers, body, address,
       received_at, next_try_at, lease_until, tries)
     values ($2, $3, $4, $5, $6, $7, $8, $9, $10, ${sqlNow(1)}, ${sqlNow(1)} + interval '${KICK_SECONDS} seconds',
       ${sqlNow(1)} + interval '${LEASE_SECONDS} seconds', 1)
     on conflict (provider, token_hash, payload_hash) do nothing`,
    values: [
      services.clock.fixedMs(),
      id,
      name,
      tokenHash(token),
      payload,
      request.method,
      pathWithoutToken(request.path, token),
      JSON.stringify(request.headers).replaceAll('\0', ''),
      body,
      received.address,
    ],
  });
  const reading = await read(services, { provider: name, tokenHash: tokenHash(token), request });
  const { callback } = reading;
  const kept = rowCount === 1 ? { id, row: { id, provider: name, body, tries: 1 }, reading } : null;
  if (callback === null) return { status: 200, body: null, kept };
  if (callback.kind === 'forged') return { status: 401, body: null, kept };
  return { status: 200, body: callback.acknowledgement, kept };
}

/** The token is a secret: what is kept has its place only. */
function pathWithoutToken(path: string, token: string): string {
  return path.replaceAll(token, '…').replaceAll('\0', '').slice(0, 2_048);
}

interface Reading {
  readonly payment: Payment | null;
  readonly provider: Provider | null;
  /** Null where no adapter of the name is configured. */
  readonly callback: Callback | null;
}

/** Whose message it is, by its URL; or, where the provider signs what it sends to one URL for all, by what it says. */
async function read(
  services: PaymentServices,
  message: { readonly provider: string; readonly tokenHash: Buffer; readonly request: CallbackRequest },
): Promise<Reading> {
  const byToken = await paymentOfToken(services, message.tokenHash);
  if (byToken !== null && byToken.provider === message.provider) {
    const provider = await providerOf(services, byToken);
    return { payment: byToken, provider, callback: provider?.parseCallback(message.request) ?? null };
  }
  const name = PROVIDER_NAMES.find((one) => one === message.provider);
  const candidates = name === undefined ? [] : paymentPorts(services.db).providers.deploymentNamed(name);
  let refused: Reading | null = null;
  for (const provider of candidates) {
    const callback = provider.parseCallback(message.request);
    const reading = { payment: null, provider, callback };
    if (callback.kind === 'observation' && provider.capabilities.callbackTrust === 'signed') {
      const payment = await paymentOfReference(services, callback);
      if (payment !== null) return { payment, provider: (await providerOf(services, payment)) ?? provider, callback };
    }
    refused = refused === null || callback.kind !== 'forged' ? reading : refused;
  }
  return refused ?? { payment: null, provider: null, callback: null };
}

async function paymentOfToken(services: PaymentServices, hash: Buffer): Promise<Payment | null> {
  const { rows } = await services.db.pool.query<PaymentRow>({
    name: 'payment_of_token',
    text: `select ${PAYMENT_COLUMNS} from payment_callback_tokens k
     join payments p on p.tenant_id = k.tenant_id and p.id = k.payment_id
     join tenants t on t.id = p.tenant_id
     where k.token_hash = $1`,
    values: [hash],
  });
  return rows[0] === undefined ? null : toPayment(rows[0]);
}

async function paymentOfReference(
  services: PaymentServices,
  { reference }: { readonly reference: string | null },
): Promise<Payment | null> {
  if (reference === null || !/^[0-9a-f-]{36}$/.test(reference)) return null;
  const { rows } = await services.db.pool.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} from ${PAYMENTS} where p.attempt_reference = $1`,
    [reference],
  );
  return rows[0] === undefined ? null : toPayment(rows[0]);
}

/** What was not looked at by the process that took it in. @returns how many were */
export async function processInbox(services: PaymentServices, roundsMax = 50): Promise<number> {
  let processed = 0;
  for (let round = 0; round < roundsMax; round++) {
    const { rows } = await services.db.pool.query<{ id: string }>(
      `select id from provider_inbox
       where status = 'new' and next_try_at <= ${sqlNow(1)} and (lease_until is null or lease_until <= ${sqlNow(1)})
       order by next_try_at limit ${AT_ONCE}`,
      [services.clock.fixedMs()],
    );
    if (rows.length === 0) break;
    await Promise.all(rows.map(({ id }) => processMessage(services, id)));
    processed += rows.length;
  }
  return processed;
}

/** What is needed of a message once it has been read. */
interface MessageRow {
  readonly id: string;
  readonly provider: string;
  readonly body: Buffer;
  readonly tries: number;
}

interface InboxRow extends MessageRow {
  readonly token_hash: Buffer;
  readonly method: string;
  readonly path: string;
  readonly headers: string;
}

/** Looks at one message, once: leased, and again later where the database or a provider was away. */
export async function processMessage(services: PaymentServices, id: string): Promise<void> {
  const { rows } = await services.db.pool.query<InboxRow>(
    `update provider_inbox set lease_until = ${sqlNow(1)} + interval '${LEASE_SECONDS} seconds', tries = tries + 1
     where id = $2 and status = 'new' and (lease_until is null or lease_until <= ${sqlNow(1)})
     returning id, provider, token_hash, method, path, headers, body, tries`,
    [services.clock.fixedMs(), id],
  );
  const row = rows[0];
  if (row === undefined) return;
  await work(services, row, async () => {
    const request: CallbackRequest = {
      method: row.method,
      path: row.path,
      headers: JSON.parse(row.headers) as Record<string, string>,
      rawBody: row.body,
    };
    return read(services, { provider: row.provider, tokenHash: row.token_hash, request });
  });
}

/** The same by whom it was taken in, whose lease begins with it. */
export async function processKept(services: PaymentServices, { row, reading }: KeptMessage): Promise<void> {
  await work(services, row, async () => reading);
}

async function work(services: PaymentServices, row: MessageRow, reading: () => Promise<Reading>): Promise<void> {
  const { id } = row;
  try {
    await finish(services, row, await consider(services, await reading()));
  } catch (error) {
    const { log } = paymentPorts(services.db);
    log.error({ inboxId: id, error: loggableError(error) }, 'callback not processed');
    const next = row.tries >= TRIES_MAX ? null : nextInboxTryAt(row.tries, await currentMs(services));
    await services.db.pool.query(
      `update provider_inbox set lease_until = null, next_try_at = to_timestamp($2::bigint / 1000.0) where id = $1`,
      [id, next],
    );
  }
}

interface Conclusion {
  readonly status: 'processed' | 'ignored' | 'unmatched' | 'forged';
  readonly note: string | null;
  readonly payment: Payment | null;
}

async function consider(services: PaymentServices, { payment, provider, callback }: Reading): Promise<Conclusion> {
  if (callback === null || provider === null)
    return { status: 'unmatched', note: 'no adapter is configured for it', payment };
  if (callback.kind === 'forged') return { status: 'forged', note: callback.reason, payment };
  if (callback.kind === 'ignore') return { status: 'ignored', note: callback.reason, payment };
  if (callback.subject !== 'payment') {
    const asked = await hearOfRefund(services, provider.name, callback);
    if (asked === 0) return { status: 'unmatched', note: `of no ${callback.subject} here`, payment };
    return { status: 'processed', note: `about a ${callback.subject}: the provider was asked`, payment };
  }
  if (payment === null) return { status: 'unmatched', note: 'of no payment here', payment };
  // A URL's secret leads to one attempt: a message that names another was not sent for it.
  if (callback.reference !== null && callback.reference !== payment.attemptReference)
    return { status: 'forged', note: 'names another attempt than its URL', payment };
  const mover = jobMover(services.ledger, 'callback');
  const { mustAsk } = await observe(services, payment, callback.observation, provider, mover);
  if (mustAsk) await askProvider(services, payment, provider, mover);
  return { status: 'processed', note: mustAsk ? 'the provider was asked' : null, payment };
}

/** What is kept for good has no secrets in it; its hash still tells a repetition. */
async function finish(
  services: PaymentServices,
  row: MessageRow,
  { status, note, payment }: Conclusion,
): Promise<void> {
  const { log } = paymentPorts(services.db);
  if (status === 'forged') log.warn({ inboxId: row.id, provider: row.provider, note }, 'forged callback');
  await services.db.pool.query({
    name: 'finish_callback',
    text: `update provider_inbox set status = $3, note = $4, tenant_id = $5, payment_id = $6, body = $7, headers = '{}',
       lease_until = null, next_try_at = null, processed_at = ${sqlNow(1)}
     where id = $2`,
    values: [
      services.clock.fixedMs(),
      row.id,
      status,
      note,
      payment?.tenantId ?? null,
      payment?.id ?? null,
      Buffer.from(maskText(row.body.toString('utf8'), [])),
    ],
  });
}
