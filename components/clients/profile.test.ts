import { describe, expect, it } from 'vitest';
import { changedProfile, isComplete, NO_PROFILE, newClientBody, type Profile } from './profile';

const PROFILE: Profile = {
  ...NO_PROFILE,
  client_name: 'Kaneshie Motors',
  client_email: 'finance@kaneshie.example',
  client_phone_number: '+233 24 412 3456',
  business_pin: 'C0012345678',
  country: 'GH',
  contact_person_name: 'Naa Adjeley',
  contact_person_email: 'naa@kaneshie.example',
  contact_person_msisdn: '233244123457',
};

describe('a client’s profile', () => {
  it('is complete without what may be empty', () => {
    expect(isComplete(PROFILE)).toBe(true);
    expect(isComplete({ ...PROFILE, business_pin: ' ' })).toBe(false);
  });

  it('is sent without spaces in numbers, and without what is empty', () => {
    const body = newClientBody(PROFILE);
    expect(body).toMatchObject({ client_phone_number: '+233244123456', country: 'GH', is_active: 1 });
    expect(body).not.toHaveProperty('logo');
  });

  it('changes by what differs, and empties by null', () => {
    expect(changedProfile(PROFILE, PROFILE)).toEqual({});
    expect(changedProfile(PROFILE, { ...PROFILE, client_phone_number: '+233244123456' })).toEqual({});
    expect(
      changedProfile({ ...PROFILE, logo: 'https://a.example/l.png' }, { ...PROFILE, client_name: 'Kaneshie' }),
    ).toEqual({ client_name: 'Kaneshie', logo: null });
  });
});
