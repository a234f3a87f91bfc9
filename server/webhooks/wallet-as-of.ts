import type { WalletStatus } from '@/contracts/wallets';
import type { Context } from '@/server/kernel/context';
import { readWallet, type WalletView } from '@/server/wallets/read';

interface Figures {
  balance_minor: string;
  promotional_minor: string;
  held_minor: string;
  paid_held_minor: string;
}

/** Lot 0 in what a hold pins is paid money. */
const FIGURES = `
  select
    coalesce((select e.balance_after_minor from entries e
      where e.tenant_id = $1 and e.account_id = $2 and e.sequence = $3), 0)::bigint as balance_minor,
    coalesce((select sum(case when u.use in ('grant', 'undo') then u.amount_minor else -u.amount_minor end) from lot_uses u
      where u.tenant_id = $1 and u.account_id = $2 and u.sequence <= $3), 0)::bigint as promotional_minor,
    coalesce(sum(h.amount_minor), 0)::bigint as held_minor, coalesce(sum(p.paid), 0)::bigint as paid_held_minor
  from (
    select * from holds x
    where x.tenant_id = $1 and x.account_id = $2
      and x.created_at <= timestamptz 'epoch' + $4::bigint * interval '1 millisecond'
      and (x.ended_at is null or x.ended_at > timestamptz 'epoch' + $4::bigint * interval '1 millisecond')
  ) h
  left join lateral (
    select sum(n.amount) as paid from unnest(h.pin_lots, h.pin_amounts) as n (lot, amount) where n.lot = 0
  ) p on true`;

/** What the event itself says of its wallet; null for what it does not. */
export interface SaidThen {
  readonly status: string | null;
  /** JSON text. */
  readonly metadata: string | null;
  readonly minimumBalanceMinor: bigint | null;
  readonly heldMinor: bigint | null;
  /** Undefined where the event does not say; null where there was none. */
  readonly lowBalanceMinor: bigint | null | undefined;
}

/** A wallet as the books had it after its entry of a sequence: an event may be rendered when more has happened since. */
export async function readWalletAsOf(
  ctx: Context,
  at: { readonly walletId: string; readonly sequence: number; readonly atMs: number },
  said: SaidThen,
): Promise<WalletView> {
  const now = await readWallet(ctx, at.walletId);
  const { rows } = await ctx.db.pool.query<Figures>(FIGURES, [
    ctx.principal.tenantId,
    at.walletId,
    at.sequence,
    at.atMs,
  ]);
  const figures = rows[0] as Figures;
  const balanceMinor = BigInt(figures.balance_minor);
  const promotionalMinor = BigInt(figures.promotional_minor);
  const refundable = balanceMinor - promotionalMinor - BigInt(figures.paid_held_minor);
  const status = (said.status ?? now.status) as WalletStatus;
  const closed = status === 'closed';
  return {
    ...now,
    status,
    metadata: said.metadata ?? now.metadata,
    minimumBalanceMinor: said.minimumBalanceMinor ?? now.minimumBalanceMinor,
    lowBalanceMinor: said.lowBalanceMinor === undefined ? now.lowBalanceMinor : said.lowBalanceMinor,
    balanceMinor,
    promotionalMinor,
    heldMinor: said.heldMinor ?? BigInt(figures.held_minor),
    refundableMinor: refundable > 0n ? refundable : 0n,
    unpostedExpiryMinor: 0n,
    refundDueMinor: closed ? now.refundDueMinor : null,
    closedAtMs: closed ? now.closedAtMs : null,
  };
}
