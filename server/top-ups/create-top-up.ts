import { TOP_UP_MINUTES_DEFAULT, TOP_UP_MINUTES_MAX, TOP_UP_MINUTES_MIN } from '@/contracts/top-ups';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { readWallet, type WalletView } from '@/server/wallets/read';
import { readCheckoutSettings } from './checkout-settings';
import { checkoutUrl, hashOfToken, makeCheckoutToken, makePaymentNumber, sealToken } from './checkout-token';
import { readTopUp, type TopUpView } from './read';
import { requireReturnUrl } from './return-url';
import { recordTopUpEvent } from './store';

export interface CreateTopUpInput {
  readonly walletId: string;
  readonly amountMinor: bigint;
  readonly redirectUrl: string;
  readonly cancelUrl: string | null;
  /** Null takes the default. */
  readonly expiresAtMs: number | null;
  /** JSON text. */
  readonly metadata: string | null;
}

export interface NewTopUp {
  readonly topUp: TopUpView;
  readonly checkoutUrl: string;
}

const MINUTE_MS = 60_000;
/** Of two numbers in 2^40 alike in one client's books one may happen, three in a row never. */
const NUMBER_TRIES_MAX = 3;

/**
 * Makes a checkout where a customer pays into a wallet. No money moves and no phone is prompted until the customer asks.
 * @throws Problem resource_missing, wallet_closed, wallet_inactive, parameter_invalid naming a URL or the time
 */
export function createTopUp(ctx: Context, input: CreateTopUpInput): Promise<NewTopUp> {
  return inTransaction(ctx, async (tx) => {
    const wallet = await readWallet(ctx, input.walletId, tx);
    requireMoneyIn(wallet);
    const { returnHosts: hosts } = await readCheckoutSettings(ctx, { tx });
    const allowed = { mode: ctx.principal.mode, hosts };
    requireReturnUrl(input.redirectUrl, 'redirect_url', allowed);
    if (input.cancelUrl !== null) requireReturnUrl(input.cancelUrl, 'cancel_url', allowed);
    const expiresAtMs = expiryOf(input.expiresAtMs, wallet.asOfMs);
    const id = ctx.ledger.nextId();
    const token = makeCheckoutToken();
    await insert(ctx, tx, { id, token, expiresAtMs, currency: wallet.currency, input });
    const topUp = await readTopUp(ctx, id, { tx });
    await recordTopUpEvent(ctx, tx, 'topup.created', topUp);
    // Links made by a person matter to who looks later; a program's are its own, and an event each.
    if (ctx.principal.kind === 'login') {
      const after = JSON.stringify({
        wallet_id: input.walletId,
        amount_minor: String(input.amountMinor),
        redirect_url: input.redirectUrl,
        cancel_url: input.cancelUrl,
      });
      await recordChange(ctx, tx, { action: 'topup.created', objectId: id, before: null, after });
    }
    return { topUp, checkoutUrl: checkoutUrl(ctx, token) };
  });
}

/** Money that arrives for a wallet which cannot take it would have to be paid back: so none is asked for. */
function requireMoneyIn(wallet: WalletView): void {
  if (wallet.status === 'closed') throw new Problem('wallet_closed', 'The wallet is closed: nothing can be paid in.');
  if (wallet.status === 'inactive') {
    throw new Problem('wallet_inactive', 'The wallet is inactive: money may neither come in nor go out.');
  }
}

function expiryOf(askedMs: number | null, nowMs: number): number {
  if (askedMs === null) return nowMs + TOP_UP_MINUTES_DEFAULT * MINUTE_MS;
  if (askedMs <= nowMs) throw new Problem('expires_at_past', 'expires_at is in the past.', { param: 'expires_at' });
  if (askedMs < nowMs + TOP_UP_MINUTES_MIN * MINUTE_MS || askedMs > nowMs + TOP_UP_MINUTES_MAX * MINUTE_MS) {
    throw new Problem('parameter_invalid', '`expires_at` must be 5 minutes to 7 days from now.', {
      param: 'expires_at',
    });
  }
  return askedMs;
}

async function insert(
  ctx: Context,
  tx: Transaction,
  row: {
    readonly id: string;
    readonly token: string;
    readonly expiresAtMs: number;
    readonly currency: string;
    readonly input: CreateTopUpInput;
  },
): Promise<void> {
  const { tenantId } = ctx.principal;
  for (let tries = 1; tries <= NUMBER_TRIES_MAX; tries++) {
    // Guarantee: the unique constraint gives a number to one top-up of these books alone.
    const { rowCount } = await tx.query(
      `insert into top_ups (tenant_id, id, wallet_id, currency, amount_minor, status, number, token_hash, token_sealed,
         redirect_url, cancel_url, metadata, expires_at, created_at, updated_at)
       values ($1, $3, $4, $5, $6, 'created', $7, $8, $9, $10, $11, $12,
         timestamptz 'epoch' + $13::bigint * interval '1 millisecond', ${sqlNow(2)}, ${sqlNow(2)})
       on conflict (tenant_id, number) do nothing`,
      [
        tenantId,
        ctx.clock.fixedMs(),
        row.id,
        row.input.walletId,
        row.currency,
        row.input.amountMinor,
        makePaymentNumber(),
        hashOfToken(row.token),
        sealToken(ctx, row.id, row.token),
        row.input.redirectUrl,
        row.input.cancelUrl,
        row.input.metadata ?? '{}',
        row.expiresAtMs,
      ],
    );
    if (rowCount === 1) return;
  }
  throw new Error('No payment number was free.');
}
