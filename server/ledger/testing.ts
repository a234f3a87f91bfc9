import pg from 'pg';
import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type {
  CaptureCommand,
  CreditCommand,
  DebitCommand,
  HoldCommand,
  PostedJournal,
  ReverseCommand,
  ServiceVersion,
  SetStatusCommand,
  SweepCommand,
  TransferCommand,
  VoidCommand,
} from './core/types';
import type { Ledger } from './ledger';
import { openAccount } from './open-account';
import { openLedger } from './open-ledger';

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
  setStatus(accountId: string, status: SetStatusCommand['status']): SetStatusCommand;
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
    setStatus: (accountId, status) => ({ ...base(), kind: 'set_status', accountId, status, reason: 'Test' }),
    adminPool: (url) => new pg.Pool({ connectionString: url, max: 2 }),
    close: () => ledger.close(),
  };
}
