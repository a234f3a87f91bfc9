import { expect, test } from 'vitest';
import { aService } from '../testing';
import { MemorySubject } from '../tests/memory-subject';
import type { CreditCommand, DebitCommand, Outcome, ServiceVersion } from './types';

/** Where money, fees and lots meet: cases too rare for random sequences to be relied on. */
const FEE_OF_TEN: Partial<ServiceVersion> = { fee: { type: 'FIXED', amountMinor: 10n } };

async function aWallet() {
  const subject = new MemorySubject();
  subject.setNow(Date.UTC(2026, 0, 15));
  const [world] = await subject.open(1, [{ currency: 'GHS' }]);
  if (world === undefined) throw new Error('No world.');
  const base = () => ({
    tenantId: world.tenantId,
    id: subject.nextId(),
    origin: { actor: 'test', requestId: 'req' },
    accountId: world.wallets[0] as string,
    currency: null,
    reference: null,
    description: null,
    metadata: null,
    businessAtMs: null,
  });
  const credit = (amountMinor: bigint, parts: Partial<CreditCommand> = {}): CreditCommand => ({
    ...base(),
    kind: 'credit',
    operation: 'credit',
    amountMinor,
    from: 'EXTERNAL_SETTLEMENT',
    expiresAtMs: null,
    priority: 50,
    service: null,
    ...parts,
  });
  const debit = (amountMinor: bigint): DebitCommand => ({
    ...base(),
    kind: 'debit',
    amountMinor,
    to: 'EXTERNAL_SETTLEMENT',
    operation: 'debit',
    service: null,
  });
  const one = async (command: CreditCommand | DebitCommand): Promise<Extract<Outcome, { ok: true }>> => {
    const [outcome] = await subject.submit([command]);
    if (outcome?.ok !== true) throw new Error('Refused.');
    return outcome;
  };
  const reverse = async (outcome: Extract<Outcome, { ok: true }>): Promise<Outcome | undefined> => {
    if (outcome.posted === null) throw new Error('Nothing to reverse.');
    const [answer] = await subject.submit([{ ...base(), kind: 'reverse', original: outcome.posted, refundFees: true }]);
    return answer;
  };
  return { subject, credit, debit, one, reverse };
}

test('the fee of a promotional credit is paid from paid money before a lot of lower priority', async () => {
  const { subject, credit, one } = await aWallet();
  await one(credit(100n));
  const promotion = credit(500n, {
    from: 'PROMOTION_EXPENSE',
    priority: 60,
    service: aService(subject.nextId(), FEE_OF_TEN),
  });
  const { posted } = await one(promotion);
  // Decision 16: paid money has priority 50, the lot 60. Only the grant touches the lot.
  expect(posted?.lotUses.map(({ use, amountMinor }) => [use, amountMinor])).toEqual([['grant', 500n]]);
});

test('a paid credit whose fee took a lot is not reversed by more paid money than there is', async () => {
  const { subject, credit, debit, one, reverse } = await aWallet();
  await one(credit(200n, { from: 'PROMOTION_EXPENSE', priority: 0 }));
  // 1 000 paid in; the fee of 10 takes the lot, which is spent first.
  const paidIn = await one(credit(1_000n, { service: aService(subject.nextId(), FEE_OF_TEN) }));
  // 195 left in all: 190 of the lot and 5 of paid money gone.
  await one(debit(195n));
  // Paid money left: 995. The reversal takes 1 000 of it and gives the lot 10 back.
  expect(await reverse(paidIn)).toMatchObject({ ok: false, refusal: { code: 'insufficient_funds' } });
});
