import { expect, it } from 'vitest';
import { lasts, ordinal, possessive, spokenPhone } from './words';

const HOUR = 3_600_000;

it('names whose wallet it is', () => {
  expect(possessive({ customer_name: 'Ama Mensah', customer_id: 'cus_1' })).toBe('Ama Mensah’s');
  expect(possessive({ customer_name: 'Kofi Addis', customer_id: 'cus_1' })).toBe('Kofi Addis’');
  expect(possessive({ customer_name: null, customer_id: 'KM-20418' })).toBe('KM-20418’s');
});

it('says how long something lasts', () => {
  expect([-1, 1, 59 * 60_000, HOUR, 24 * HOUR, 56 * HOUR, 28 * 24 * HOUR].map(lasts)).toEqual([
    'over',
    '1 min',
    '59 min',
    '1 h 0 min',
    '1 d 0 h',
    '2 d 8 h',
    '28 days',
  ]);
});

it('counts in words as far as they are read easily', () => {
  expect([1, 10, 11, 21, 22, 33, 111].map(ordinal)).toEqual([
    'first',
    'tenth',
    '11th',
    '21st',
    '22nd',
    '33rd',
    '111th',
  ]);
});

it('spaces phone numbers as they are read out, and leaves what it does not know', () => {
  expect(spokenPhone('+233245554821')).toBe('+233 24 555 4821');
  expect(spokenPhone('+254712345678')).toBe('+254 71 234 5678');
  expect(spokenPhone('unknown')).toBe('unknown');
});
