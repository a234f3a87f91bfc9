import { describe, expect, it } from 'vitest';
import { checkPayer } from './channels';

describe('channel, currency, country and phone agree', () => {
  it.each([
    ['MTN', 'GHS', '+233249111411', 'GH', '233249111411'],
    ['MTN', 'GHS', '233 24 911 1411', 'GH', '233249111411'],
    ['MTN', 'GHS', '233531234567', 'GH', '233531234567'],
    ['MTN', 'GHS', '233251234567', 'GH', '233251234567'],
    ['TELECEL', 'GHS', '233200000000', 'GH', '233200000000'],
    ['TELECEL', 'GHS', '233501234567', 'GH', '233501234567'],
    ['AIRTELTIGO', 'GHS', '233271234567', 'GH', '233271234567'],
    ['AIRTELTIGO', 'GHS', '233561234567', 'GH', '233561234567'],
    ['MTN', 'UGX', '256772123456', 'UG', '256772123456'],
    ['MTN', 'XOF', '2250505322345', 'CI', '2250505322345'],
    ['MTN', 'ZMW', '260961234567', 'ZM', '260961234567'],
    ['MPESA', 'KES', '254708374149', 'KE', '254708374149'],
    ['MPESA', 'KES', '254110123456', 'KE', '254110123456'],
    ['MPESA', 'TZS', '255741234567', 'TZ', '255741234567'],
  ] as const)('%s %s %s', (channel, currency, phone, country, digits) => {
    expect(checkPayer({ channel, currency, phone })).toEqual({ ok: true, country, currency, phone: digits });
  });

  it.each([
    ['MTN', 'KES', '233241234567', 'currency', 'currency'],
    ['TELECEL', 'NGN', '233201234567', 'currency', 'currency'],
    ['MTN', 'GHS', '256772123456', 'phone', 'country'],
    ['MPESA', 'KES', '255741234567', 'phone', 'country'],
    ['MTN', 'GHS', '0241234567', 'phone', 'number'],
    ['MTN', 'GHS', '233', 'phone', 'number'],
    ['MTN', 'GHS', '23324123456789', 'phone', 'number'],
    ['MTN', 'GHS', 'Ama', 'phone', 'number'],
    ['MTN', 'GHS', '', 'phone', 'number'],
    ['MTN', 'GHS', '233241234567;ext=1', 'phone', 'number'],
    ['MTN', 'GHS', '233201234567', 'phone', 'network'],
    ['TELECEL', 'GHS', '233541234567', 'phone', 'network'],
    ['AIRTELTIGO', 'GHS', '233231234567', 'phone', 'network'],
    ['MPESA', 'KES', '254733123456', 'phone', 'network'],
    ['MTN', 'UGX', '256701234567', 'phone', 'network'],
  ] as const)('%s %s %s is the trouble of %s: %s', (channel, currency, phone, field, kind) => {
    expect(checkPayer({ channel, currency, phone })).toMatchObject({ ok: false, field, kind });
  });

  it('names the network that a number was given to, and lets a person insist', () => {
    const claim = { channel: 'MTN', currency: 'GHS', phone: '233201234567' } as const;
    expect(checkPayer(claim)).toMatchObject({ network: 'TELECEL', networkName: 'Telecel', phone: '233201234567' });
    expect(checkPayer({ ...claim, isNetworkConfirmed: true })).toMatchObject({ ok: true, phone: '233201234567' });
    expect(checkPayer({ ...claim, phone: '233231234567' })).toMatchObject({ network: null, networkName: 'Glo' });
    // Nobody can insist on another country.
    expect(checkPayer({ ...claim, phone: '256772123456', isNetworkConfirmed: true })).toMatchObject({ ok: false });
  });

  it('understands local forms where they are asked for', () => {
    const local = { channel: 'MTN', currency: 'GHS', phone: '024 123 4567', isLocalFormTaken: true } as const;
    expect(checkPayer(local)).toMatchObject({ ok: true, phone: '233241234567' });
    expect(checkPayer({ ...local, channel: 'MPESA', currency: 'KES', phone: '0708 374 149' })).toMatchObject({
      phone: '254708374149',
    });
  });

  it('takes MTN’s sandbox numbers for test books alone', () => {
    const claim = { channel: 'MTN', currency: 'GHS', phone: '46733123450' } as const;
    expect(checkPayer(claim)).toMatchObject({ ok: false, kind: 'country' });
    expect(checkPayer({ ...claim, isTestMode: true })).toMatchObject({ ok: true, country: 'GH', phone: '46733123450' });
  });
});
