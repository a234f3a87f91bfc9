import { describe, expect, it } from 'vitest';
import type { Charge } from '../charges';
import { statementOf } from './statement';

const NOON = Date.UTC(2026, 5, 6, 12);

const charge = (rest: Partial<Charge>): Charge => ({
  id: 'c1',
  provider: 'daraja',
  reference: 'ws_CO_1',
  merchantReference: 'inv-1',
  method: 'phone',
  network: 'mpesa-ke',
  phone: '254712345678',
  payee: 'PESEWA DEMO',
  note: 'Dues',
  amountMinor: 8_000n,
  currency: 'KES',
  createdAt: NOON,
  expiresAt: null,
  callbackUrl: null,
  plan: {},
  state: 'paid',
  failure: null,
  settledAt: NOON,
  receipt: 'SFF1',
  isPrompted: false,
  wrongPins: 0,
  liesLeft: 0,
  queries: 0,
  lastQueryAt: null,
  callbacks: [],
  waiters: [],
  cancels: [],
  details: {},
  ...rest,
});

describe('a statement of the simulated provider', () => {
  it('has what ended on its own day, by its own clock', () => {
    const late = charge({ receipt: 'LATE', settledAt: Date.UTC(2026, 5, 6, 21, 30) });
    const { csv, day } = statementOf('daraja', [charge({}), late, charge({ state: 'waiting' })], null, NOON);
    expect(day).toBe('2026-06-06');
    expect(csv).toContain('SFF1,06-06-2026 15:00:00');
    expect(csv).not.toContain('LATE');
    expect(statementOf('daraja', [late], '2026-06-07', NOON).csv).toContain('LATE,07-06-2026 00:30:00');
    expect(statementOf('hubtel', [late], null, NOON).csv.trim().split('\r\n')).toHaveLength(1);
  });

  it('shows what was taken back as M-Pesa does, in a line of its own, and as the others do', () => {
    const { csv } = statementOf('daraja', [charge({ state: 'reversed' })], null, NOON);
    expect(csv).toMatch(/SFF1R,.*,-80\.00,Organization Reversal,.*,SFF1,/);
    const momo = charge({ provider: 'mtn-momo', state: 'reversed', currency: 'GHS' });
    expect(statementOf('mtn-momo', [momo], null, NOON).csv).toContain(',Reversed,');
  });
});
