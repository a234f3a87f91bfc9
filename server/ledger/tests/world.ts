import type {
  ChangeAccountCommand,
  Command,
  Outcome,
  PostedJournal,
  ServiceVersion,
  SystemAccountType,
} from '../core/types';
import type { Plan, WalletKind } from './plans';
import { systemId } from './reference-answers';
import { ReferenceLedger } from './reference-ledger';

/** One tenant of a random run: its wallets in both ledgers, and what was posted so far for later commands to name. */
export interface World {
  readonly tenantId: string;
  readonly wallets: readonly string[];
  readonly services: readonly ServiceVersion[];
  /** Whether an account of it may be allowed to overdraw. */
  readonly mayOverdraw: boolean;
  readonly reference: ReferenceLedger;
  /** The tenant's own accounts: `SUSPENSE GHS` to its id. */
  readonly system: ReadonlyMap<string, string>;
  readonly journals: PostedJournal[];
  /** Ids of hold commands, refused ones too, with the wallet each was for. */
  readonly holds: { readonly id: string; readonly wallet: string }[];
  /** First answers, which a replay must repeat. */
  readonly answers: Map<string, Outcome>;
  readonly log: string[];
}

const SYSTEM: readonly (SystemAccountType | 'PROVIDER_CLEARING')[] = [
  'PROVIDER_CLEARING',
  'AVAILABLE_COLLECTIONS',
  'COMMISSION_ACCOUNT',
  'COMMISSION_TAX_ACCOUNT',
  'PROMOTION_EXPENSE',
  'EXTERNAL_SETTLEMENT',
  'REFUNDS_DUE',
  'SUSPENSE',
];
const OVERDRAWN = new Set<string>(['PROMOTION_EXPENSE', 'EXTERNAL_SETTLEMENT', 'PROVIDER_CLEARING']);

export function makeWorld(
  tenantId: string,
  wallets: readonly string[],
  kinds: readonly WalletKind[],
  services: readonly ServiceVersion[],
  system: ReadonlyMap<string, string>,
): World {
  const reference = new ReferenceLedger();
  for (const [name, id] of system) reference.aliases.set(id, name);
  for (const currency of new Set(kinds.map((kind) => kind.currency))) {
    for (const type of SYSTEM) {
      const id = systemId(type, currency);
      reference.books.accounts.push({
        id,
        currency,
        minimum: 0n,
        canOverdraw: OVERDRAWN.has(type),
        isSystem: true,
        isWallet: false,
      });
    }
  }
  for (const [i, id] of wallets.entries()) {
    const { currency, type = 'CUSTOMER_WALLET', minimum = 0n, canOverdraw = false } = kinds[i] as WalletKind;
    const isWallet = type === 'CUSTOMER_WALLET';
    reference.books.accounts.push({ id, currency, minimum, canOverdraw, isSystem: false, isWallet });
  }
  const mayOverdraw = kinds.some((kind) => kind.canOverdraw);
  return {
    tenantId,
    wallets,
    services,
    mayOverdraw,
    reference,
    system,
    journals: [],
    holds: [],
    answers: new Map(),
    log: [],
  };
}

/** The command a plan comes to in its world. */
export function commandOf(world: World, plan: Plan, nowMs: number, nextId: () => string): Command {
  const accountId = world.wallets[plan.wallet % world.wallets.length] as string;
  const reference = plan.reference === null ? null : `ref ${plan.reference}`.replace(' ', '_');
  const base = { tenantId: world.tenantId, id: nextId(), origin: { actor: 'test', requestId: 'req_random' } };
  const words = { reference, description: `"${plan.kind}" \\ it's {NULL}, ₵`, metadata: null, businessAtMs: null };
  const { amount: amountMinor, currency } = plan;
  const service = plan.service === null ? null : (world.services[plan.service] ?? null);
  const expiresAtMs = plan.expiresInMs === null ? null : nowMs + plan.expiresInMs;
  const money = { ...base, ...words, accountId, amountMinor, currency };
  const change: Omit<ChangeAccountCommand, 'accountId'> = {
    ...base,
    kind: 'change_account',
    status: null,
    minimumBalanceMinor: null,
    canOverdraw: null,
    mayEndInactive: true,
    words: null,
    reason: 'Random',
  };
  // Now and then for the tenant's own collections instead of a wallet.
  const walletCurrency = world.reference.books.account(accountId)?.currency ?? 'GHS';
  const own = (type: string): string => world.system.get(`${type} ${walletCurrency}`) ?? base.id;
  const payment = {
    ...base,
    ...words,
    accountId: plan.other === 3 ? own('AVAILABLE_COLLECTIONS') : accountId,
    clearingAccountId: own('PROVIDER_CLEARING'),
    dueAccountId: own('REFUNDS_DUE'),
    suspenseAccountId: own('SUSPENSE'),
    reference: `pay_${plan.reference ?? base.id}`,
  };
  switch (plan.kind) {
    case 'collect':
      return {
        ...payment,
        kind: 'collect',
        amountMinor,
        ...(plan.pick % 5 === 0
          ? { operation: 'payment_resolution', into: plan.flag ? 'clearing' : 'account' }
          : { operation: 'payment', into: plan.flag && plan.pick % 2 === 0 ? 'suspense' : 'account' }),
        service,
      };
    case 'claw_back':
      // A wallet that would leave the range of its column takes nothing in any more.
      return { ...payment, kind: 'clawback', amountMinor: (amountMinor % 5_000n) + 1n, chargesMinor: amountMinor % 7n };
    case 'refund':
      return {
        ...payment,
        kind: 'refund',
        counterAccountId: payment.clearingAccountId,
        operation: plan.flag ? 'refund' : 'refund_return',
        amountMinor: (amountMinor % 5_000n) + 1n,
      };
    case 'debit':
    case 'drawdown':
      return { ...money, kind: 'debit', operation: plan.kind, to: 'AVAILABLE_COLLECTIONS', service };
    case 'unknown_account':
      return { ...money, accountId: base.id, kind: 'debit', operation: 'debit', to: 'AVAILABLE_COLLECTIONS', service };
    case 'pay_out':
      return {
        ...money,
        kind: 'debit',
        operation: plan.flag ? 'transaction' : 'debit',
        to: 'EXTERNAL_SETTLEMENT',
        service,
      };
    case 'fund':
      return {
        ...money,
        kind: 'credit',
        operation: plan.flag ? 'transaction' : 'credit',
        from: 'EXTERNAL_SETTLEMENT',
        expiresAtMs: null,
        priority: 50,
        service,
      };
    case 'promote':
      // An admin credit has no service (postings.md).
      return {
        ...money,
        kind: 'credit',
        operation: 'credit',
        from: 'PROMOTION_EXPENSE',
        expiresAtMs,
        priority: plan.priority,
        service: null,
      };
    case 'transfer': {
      const destinationAccountId = world.wallets[plan.other % world.wallets.length] as string;
      return {
        ...base,
        ...words,
        kind: 'transfer',
        sourceAccountId: accountId,
        destinationAccountId,
        amountMinor,
        currency,
        service,
      };
    }
    case 'reverse': {
      const original = world.journals[plan.pick % Math.max(1, world.journals.length)];
      if (original === undefined) return { ...base, kind: 'sweep', accountId };
      const version = world.services.find((s) => s.id === original.journal.serviceVersionId);
      const refundFees = version?.refundFeesOnReversal ?? true;
      return { ...base, ...words, reference: null, kind: 'reverse', original, refundFees };
    }
    case 'hold':
      world.holds.push({ id: base.id, wallet: accountId });
      return { ...money, kind: 'hold', expiresAtMs: expiresAtMs ?? nowMs + 700 };
    case 'capture':
    case 'capture_part':
    case 'void': {
      const hold = world.holds[plan.pick % Math.max(1, world.holds.length)];
      const holdId = hold?.id ?? base.id;
      // Now and then through a wallet that is not the hold's.
      const through =
        plan.flag || hold === undefined ? (hold?.wallet ?? accountId) : plan.other === 0 ? accountId : hold.wallet;
      if (plan.kind === 'void') return { ...base, kind: 'void', accountId: through, holdId };
      const part = plan.kind === 'capture' ? null : amountMinor;
      return { ...base, ...words, reference: null, kind: 'capture', accountId: through, holdId, amountMinor: part };
    }
    case 'freeze':
    case 'unfreeze':
    case 'close': {
      const status = plan.kind === 'freeze' ? 'frozen' : plan.kind === 'close' ? 'closed' : 'active';
      return { ...change, accountId, status, mayEndInactive: false };
    }
    case 'deactivate':
    case 'activate':
    case 'retire': {
      const status = plan.kind === 'deactivate' ? 'inactive' : plan.kind === 'retire' ? 'closed' : 'active';
      return { ...change, accountId, status };
    }
    case 'limit': {
      const minimumBalanceMinor = plan.other === 0 ? null : amountMinor % 700n;
      // An account that may overdraw takes amounts that leave a column's range: only where amounts are bounded.
      const canOverdraw = plan.pick % 3 === 0 ? null : plan.flag && world.mayOverdraw;
      return { ...change, accountId, minimumBalanceMinor, canOverdraw };
    }
    case 'sweep':
      return { ...base, kind: 'sweep', accountId };
  }
}
