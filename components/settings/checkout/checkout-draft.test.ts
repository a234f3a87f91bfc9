import { expect, it } from 'vitest';
import { initialsOf as initialsOfCheckout, isLight as isLightOfCheckout } from '@/server/http/checkout/format';
import { bodyOf, draftOf, initialsOf, isColour, isLight, isSame } from './checkout-draft';

const DRAFT = draftOf({
  object: 'checkout_settings',
  return_hosts: ['example.com', 'shop.example.com'],
  display_name: 'Volta Data',
  prompt_name: null,
  support_phone: '+233302900148',
  brand_colour: '#0b5c43',
  livemode: false,
  updated_at: null,
});

it('sends what was typed, tidied, and nothing for what is empty', () => {
  const typed = {
    ...DRAFT,
    supportPhone: '+233 30 290 0148',
    displayName: ' ',
    hosts: 'Example.com\n\nexample.com, a.b',
  };
  expect(bodyOf(typed)).toEqual({
    display_name: null,
    prompt_name: null,
    support_phone: '+233302900148',
    brand_colour: '#0b5c43',
    return_hosts: ['example.com', 'a.b'],
  });
});

it('knows when nothing is changed', () => {
  expect(isSame(DRAFT, { ...DRAFT, displayName: 'Volta Data ' })).toBe(true);
  expect(isSame(DRAFT, { ...DRAFT, displayName: 'Volta' })).toBe(false);
});

it('draws initials and their colour as the checkout does', () => {
  for (const name of ['Volta Data', 'Makola', 'Ama & Co', '4U Mobile Shop', '']) {
    expect(initialsOf(name)).toBe(initialsOfCheckout(name));
  }
  for (const colour of ['#000000', '#ffffff', '#0b5c43', '#e2b94a', '#777777', '#767676']) {
    expect(isLight(colour)).toBe(isLightOfCheckout(colour));
  }
  expect([isColour('#0B5C43'), isColour('#fff'), isColour('red')]).toEqual([true, false, false]);
});
