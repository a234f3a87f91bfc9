import pg from 'pg';
import { formatMajor } from '@/contracts/money';
import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { ServiceTerms } from './core/service-terms';
import type {
  Account,
  CaptureCommand,
  ChangeAccountCommand,
  CreditCommand,
  DebitCommand,
  HoldCommand,
  PostedJournal,
  ReverseCommand,
  ServiceVersion,
  SweepCommand,
  TransferCommand,
  VoidCommand,
} from './core/types';
import type { Ledger } from './ledger';
import { openAccount } from './open-account';
import { openLedger } from './open-ledger';
import { recordServiceVersion } from './service-versions';

/** What tests of the ledger stand on: a tenant of their own, wallets, and commands with the dull parts filled in. */
export interface LedgerHarness {
  readonly ledger: Ledger;
  readonly db: Database;
  readonly tenantId: string;
  openWallet(currency?: string): Promise<string>;
  debit(accountId: string, amountMinor: bigint, reference?: string | null): DebitCommand;
  /** Paid money, as a top-up leaves it. */
  fund(accountId: string, amountMinor: bigint, reference?: string | null): CreditCommand;
  promote(
    accountId: string,
    amountMinor: bigint,
    terms?: { expiresAtMs?: number; priority?: number; reference?: string },
  ): CreditCommand;
  hold(accountId: string, amountMinor: bigint, expiresAtMs: number, reference?: string | null): HoldCommand;
  transfer(
    sourceAccountId: string,
    destinationAccountId: string,
    amountMinor: bigint,
    reference?: string | null,
  ): TransferCommand;
  reverse(original: PostedJournal, refundFees?: boolean): ReverseCommand;
  capture(accountId: string, holdId: string, amountMinor?: bigint | null): CaptureCommand;
  voidHold(accountId: string, holdId: string): VoidCommand;
  sweep(accountId: string): SweepCommand;
  /** As freeze, unfreeze and close of `/v1` ask. */
  setStatus(accountId: string, status: Account['status']): ChangeAccountCommand;
  change(accountId: string, terms: Partial<ChangeAccountCommand>): ChangeAccountCommand;
  /** Connections of the superuser, past the application's role. */
  adminPool(url: string): pg.Pool;
  close(): Promise<void>;
}

/** A service that allows everything and charges nothing, but for what is said. */
export function aService(id: string, rules: Partial<ServiceVersion> = {}): ServiceVersion {
  return {
    id,
    serviceId: id,
    transactionTypes: ['CREDIT', 'DEBIT', 'TRANSFER'],
    active: true,
    fee: { type: 'NONE' },
    minimumFeeMinor: null,
    maximumFeeMinor: null,
    taxPartsPerMillion: 0n,
    feeBearer: 'client',
    refundFeesOnReversal: true,
    minimumAmountMinor: 1n,
    maximumAmountMinor: 9_007_199_254_740_991n,
    dailyCapMinor: null,
    monthlyCapMinor: null,
    ...rules,
  };
}

/**
 * Records a version that a test has in minor units, as the terms that come to the same in a currency.
 * @param currency of the accounts that use it, or another with as many decimals
 */
export function recordTestService(
  tx: Pick<pg.ClientBase, 'query'>,
  tenantId: string,
  version: ServiceVersion,
  currency = 'GHS',
): Promise<void> {
  const { id, serviceId, fee } = version;
  const major = (minor: bigint): string => formatMajor(minor, currency);
  const ifSet = (minor: bigint | null): string | null => (minor === null ? null : major(minor));
  const terms: ServiceTerms = {
    transactionTypes: version.transactionTypes,
    active: version.active,
    hasFee: fee.type !== 'NONE',
    fee: fee.type === 'NONE' ? null : fee.type === 'FIXED' ? { type: 'FIXED', amount: major(fee.amountMinor) } : fee,
    minimumFee: ifSet(version.minimumFeeMinor),
    maximumFee: ifSet(version.maximumFeeMinor),
    taxPartsPerMillion: version.taxPartsPerMillion,
    feeBearer: version.feeBearer,
    refundFeesOnReversal: version.refundFeesOnReversal,
    minimumAmount: major(version.minimumAmountMinor),
    maximumAmount: major(version.maximumAmountMinor),
    dailyCap: ifSet(version.dailyCapMinor),
    monthlyCap: ifSet(version.monthlyCapMinor),
  };
  const stamp = { number: 1, effectiveAtMs: 0, createdAtMs: 0, actor: 'test' };
  return recordServiceVersion(tx, tenantId, { id, serviceId, terms, ...stamp });
}

const ORIGIN = { actor: 'test', requestId: 'req_test' };

export async function openTestLedger(
  database: { url: string; db: Database },
  clock: Clock,
  options: { patienceMs?: number; queueMax?: number; batchMax?: number } = {},
): Promise<LedgerHarness> {
  const ledger = await openLedger({ url: database.url, clock, ...options });
  const tenantId = ledger.nextId();
  const base = () => ({ tenantId, id: ledger.nextId(), origin: ORIGIN });
  const plain = { description: 'Test', metadata: null, businessAtMs: null };
  const change = (accountId: string): ChangeAccountCommand => ({
    ...base(),
    kind: 'change_account',
    accountId,
    status: null,
    minimumBalanceMinor: null,
    canOverdraw: null,
    mayEndInactive: true,
    words: null,
    reason: 'Test',
  });
  return {
    ledger,
    db: database.db,
    tenantId,
    openWallet: async (currency = 'GHS') => {
      const tx = await database.db.pool.connect();
      try {
        await tx.query('begin');
        const id = ledger.nextId();
        const input = {
          tenantId,
          id,
          type: 'CUSTOMER_WALLET' as const,
          currency,
          customerId: `cus_${id}`,
          nowMs: clock.fixedMs(),
        };
        const { accountId } = await openAccount(tx, input, () => ledger.nextId());
        await tx.query('commit');
        return accountId;
      } finally {
        tx.release();
      }
    },
    debit: (accountId, amountMinor, reference = null) => ({
      ...base(),
      ...plain,
      kind: 'debit',
      accountId,
      amountMinor,
      reference,
      currency: null,
      to: 'AVAILABLE_COLLECTIONS',
      operation: 'debit',
      service: null,
    }),
    fund: (accountId, amountMinor, reference = null) => ({
      ...base(),
      ...plain,
      kind: 'credit',
      accountId,
      amountMinor,
      reference,
      currency: null,
      from: 'EXTERNAL_SETTLEMENT',
      operation: 'credit',
      expiresAtMs: null,
      priority: 50,
      service: null,
    }),
    promote: (accountId, amountMinor, terms = {}) => ({
      ...base(),
      ...plain,
      kind: 'credit',
      accountId,
      amountMinor,
      reference: terms.reference ?? null,
      currency: null,
      from: 'PROMOTION_EXPENSE',
      operation: 'credit',
      expiresAtMs: terms.expiresAtMs ?? null,
      priority: terms.priority ?? 50,
      service: null,
    }),
    hold: (accountId, amountMinor, expiresAtMs, reference = null) => ({
      ...base(),
      ...plain,
      kind: 'hold',
      accountId,
      amountMinor,
      reference,
      currency: null,
      expiresAtMs,
    }),
    transfer: (sourceAccountId, destinationAccountId, amountMinor, reference = null) => ({
      ...base(),
      ...plain,
      kind: 'transfer',
      sourceAccountId,
      destinationAccountId,
      amountMinor,
      reference,
      currency: null,
      service: null,
    }),
    reverse: (original, refundFees = true) => ({
      ...base(),
      ...plain,
      kind: 'reverse',
      original,
      refundFees,
      reference: null,
    }),
    capture: (accountId, holdId, amountMinor = null) => ({
      ...base(),
      ...plain,
      kind: 'capture',
      accountId,
      holdId,
      amountMinor,
      reference: null,
    }),
    voidHold: (accountId, holdId) => ({ ...base(), kind: 'void', accountId, holdId }),
    sweep: (accountId) => ({ ...base(), kind: 'sweep', accountId }),
    setStatus: (accountId, status) => ({ ...change(accountId), status, mayEndInactive: false }),
    change: (accountId, terms) => ({ ...change(accountId), ...terms }),
    adminPool: (url) => new pg.Pool({ connectionString: url, max: 2 }),
    close: () => ledger.close(),
  };
}
