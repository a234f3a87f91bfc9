import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES, countryCodeOf, countryName } from './countries';

describe('countries', () => {
  it('are the 249 of ISO 3166-1, each once', () => {
    expect(COUNTRY_CODES).toHaveLength(249);
    expect(new Set(COUNTRY_CODES).size).toBe(249);
    expect([...COUNTRY_CODES].sort()).toEqual(COUNTRY_CODES);
    expect(COUNTRY_CODES.filter((code) => !/^[A-Z]{2}$/.test(code))).toEqual([]);
  });

  it.each(COUNTRY_CODES)('take %s and its name, and answer with the name', (code) => {
    const name = countryName(code);
    expect(name).not.toBe(code);
    for (const text of [code, code.toLowerCase(), name, name.toUpperCase(), ` ${name} `]) {
      expect(countryCodeOf(text), text).toBe(code);
    }
  });

  it('have names that are theirs alone', () => {
    expect(new Set(COUNTRY_CODES.map(countryName)).size).toBe(249);
  });

  it.each([
    ['KEN', 'KE'],
    ['gha', 'GH'],
    ['USA', 'US'],
    ['GBR', 'GB'],
    ['COD', 'CD'],
    ['COG', 'CG'],
    ['ZAF', 'ZA'],
    ['SDN', 'SD'],
    ['SSD', 'SS'],
  ])('take the alpha-3 code %s', (text, code) => {
    expect(countryCodeOf(text)).toBe(code);
  });

  it.each([
    ['Republic of Kenya', 'KE'],
    ['Federal Republic of Nigeria', 'NG'],
    ['UK', 'GB'],
    ['Great Britain', 'GB'],
    ['U.S.A.', 'US'],
    ['United States of America', 'US'],
    ['The United States', 'US'],
    ['Tanzania, United Republic of', 'TZ'],
    ['Ivory Coast', 'CI'],
    ["Cote d'Ivoire", 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['DRC', 'CD'],
    ['Democratic Republic of the Congo', 'CD'],
    ['Congo, The Democratic Republic of the', 'CD'],
    ['Republic of the Congo', 'CG'],
    ['Korea, Republic of', 'KR'],
    ["Korea, Democratic People's Republic of", 'KP'],
    ['South Korea', 'KR'],
    ['The Gambia', 'GM'],
    ['Gambia, The', 'GM'],
    ['Swaziland', 'SZ'],
    ['Kingdom of Eswatini', 'SZ'],
    ['Turkey', 'TR'],
    ['Turkiye', 'TR'],
    ['Bosnia and Herzegovina', 'BA'],
    ['Saint Lucia', 'LC'],
    ['Cabo Verde', 'CV'],
    ['São Tomé and Príncipe', 'ST'],
    ['Niger', 'NE'],
    ['Republic of the Niger', 'NE'],
    ['Guinea', 'GN'],
    ['Guinea Bissau', 'GW'],
    ['People’s Republic of China', 'CN'],
    ['Macedonia', 'MK'],
    ['Viet Nam', 'VN'],
    ['Hong Kong', 'HK'],
    ['Czech Republic', 'CZ'],
  ])('know %s', (text, code) => {
    expect(countryCodeOf(text)).toBe(code);
  });

  it.each([
    '',
    ' ',
    'ZZ',
    'XK',
    'EU',
    'AN',
    'ZZZ',
    'Atlantis',
    'Republic',
    'the',
    'Kenyaa',
    '254',
    'Korea North South',
  ])('do not know %j', (text) => {
    expect(countryCodeOf(text)).toBeNull();
  });
});
