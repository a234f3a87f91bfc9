import { describe, expect, it } from 'vitest';
import { localTimeOf, momentOf } from './local-time';

describe('a wall clock', () => {
  it.each([
    ['2026-07-01T00:00', 'Africa/Accra', '2026-07-01T00:00:00.000Z'],
    ['2026-07-01T00:00', 'Africa/Nairobi', '2026-06-30T21:00:00.000Z'],
    ['2026-07-01T09:30', 'Europe/London', '2026-07-01T08:30:00.000Z'],
    ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-12-31T23:59', 'America/New_York', '2027-01-01T04:59:00.000Z'],
  ])('shows %s in %s at %s', (local, zone, utc) => {
    const ms = Date.parse(utc);
    expect(momentOf(local, zone)).toBe(ms);
    expect(localTimeOf(ms, zone)).toBe(local);
  });

  it('shows nothing where nothing was picked', () => {
    expect(momentOf('', 'Africa/Accra')).toBeNull();
    expect(momentOf('2026-13-01T00:00', 'Africa/Accra')).toBeNull();
  });
});
