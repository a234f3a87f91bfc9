import { describe, expect, it } from 'vitest';
import { aService } from '../testing';
import { MemorySubject } from '../tests/memory-subject';
import { decide } from './decide';
import { LedgerState } from './state';
import type { AuditNote, Command, CreditCommand, DebitCommand, Outcome, ServiceVersion } from './types';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15);

async function aWallet() {
  const subject = new MemorySubject();
  subject.setNow(NOW);
  const [world] = await subject.open(1, [{ currency: 'KES' }]);
  if (world === undefined) throw new Error('No world.');
  type Parts = Partial<Pick<DebitCommand, 'amountMinor' | 'service' | 'businessAtMs' | 'reference'>>;
  const base = (parts: Parts) => ({
    tenantId: world.tenantId,
    id: subject.nextId(),
    origin: { actor: 'test', requestId: 'req' },
    accountId: world.wallets[0] as string,
    currency: null,
    reference: 'src-1',
    description: null,
    metadata: null,
    businessAtMs: null,
    amountMinor: 100n,
    service: null,
    ...parts,
  });
  const credit = (operation: CreditCommand['operation'], parts: Parts = {}): CreditCommand => ({
    ...base(parts),
    kind: 'credit',
    operation,
    from: 'EXTERNAL_SETTLEMENT',
    expiresAtMs: null,
    priority: 50,
  });
  const debit = (operation: DebitCommand['operation'], parts: Parts = {}): DebitCommand => ({
    ...base(parts),
    kind: 'debit',
    operation,
    to: 'EXTERNAL_SETTLEMENT',
  });
  const one = async (command: Command): Promise<Outcome> => (await subject.submit([command]))[0] as Outcome;
  return { subject, credit, debit, one };
}

const codeOf = (outcome: Outcome): string | boolean => (outcome.ok ? outcome.replayed : outcome.refusal.code);

describe('a reference of the operation `transaction`', () => {
  it('is one for credits and debits together, and apart from other operations', async () => {
    const { credit, debit, one } = await aWallet();
    expect(codeOf(await one(credit('transaction')))).toBe(false);
    expect(codeOf(await one(credit('transaction')))).toBe(true);
    expect(codeOf(await one(debit('transaction')))).toBe('reference_conflict');
    expect(codeOf(await one(credit('transaction', { amountMinor: 101n })))).toBe('reference_conflict');
    expect(codeOf(await one(credit('credit')))).toBe(false);
    expect(codeOf(await one(debit('debit')))).toBe(false);
  });

  it('names the service, whatever its rules have become', async () => {
    const { subject, credit, one } = await aWallet();
    const version = aService(subject.nextId());
    const later: ServiceVersion = { ...version, id: subject.nextId(), active: false };
    expect(codeOf(await one(credit('transaction', { service: version })))).toBe(false);
    expect(codeOf(await one(credit('transaction', { service: later })))).toBe(true);
    expect(codeOf(await one(credit('transaction')))).toBe('reference_conflict');
    const other = aService(subject.nextId());
    expect(codeOf(await one(credit('transaction', { service: other })))).toBe('reference_conflict');
  });
});

describe('a business date', () => {
  it.each([
    [0, false],
    [NOW + DAY, false],
    [NOW + DAY + 1, 'business_date_future'],
  ])('of %i', async (businessAtMs, answer) => {
    const { credit, one } = await aWallet();
    expect(codeOf(await one(credit('transaction', { businessAtMs })))).toBe(answer);
  });

  it('does not matter to a repeat', async () => {
    const { credit, one } = await aWallet();
    await one(credit('transaction'));
    expect(codeOf(await one(credit('transaction', { businessAtMs: NOW + 9 * DAY })))).toBe(true);
  });
});

it('an audit note is written with what was posted, and with nothing else', async () => {
  const { subject, credit, debit } = await aWallet();
  const note: AuditNote = { action: 'transaction.credited', objectId: '1', reason: null, before: null, after: null };
  const state = new LedgerState();
  const account = {
    tenantId: '1',
    type: 'CUSTOMER_WALLET',
    currency: 'KES',
    status: 'active',
    balanceMinor: 0n,
    minimumBalanceMinor: 0n,
    canOverdraw: false,
    lowBalanceMinor: null,
    sequence: 0,
    headHash: '0'.repeat(64),
    heldMinor: 0n,
  } as const;
  state.addAccount({ ...account, id: '64', isSystem: false });
  state.addAccount({ ...account, id: '96', isSystem: true, type: 'EXTERNAL_SETTLEMENT', canOverdraw: true });
  const here = { tenantId: '1', accountId: '64', audit: note };
  const commands: Command[] = [
    { ...debit('transaction', { reference: 'a' }), ...here },
    { ...credit('transaction', { reference: 'b' }), ...here },
    { ...credit('transaction', { reference: 'b' }), ...here },
  ];
  const { outcomes, work } = decide(state, commands, NOW, () => subject.nextId());
  expect(outcomes.map(codeOf)).toEqual(['insufficient_funds', false, true]);
  expect(work.notes.map(({ command }) => command.id)).toEqual([commands[1]?.id]);
});
