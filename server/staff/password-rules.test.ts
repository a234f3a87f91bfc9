import { describe, expect, it } from 'vitest';
import { makePassword } from './make-password';
import { passwordFault } from './password-rules';

const EMAIL = 'ama.mensah@example.com';

describe('a password', () => {
  it.each([
    'tidal-quartz-lemur',
    'correct horse battery stapler',
    'Ɛyɛ me dɛ paa sɛ mahu wo',
    '83kd02mslw',
    'zebra-7-zebra-9-crossing',
    '4829105736201948',
    'xylophone correcthorse',
    `${'tidal-quartz-'.repeat(9)}lemur-fence`,
  ])('may be %j', (password) => expect(passwordFault(password, EMAIL)).toBeNull());

  it.each([
    ['seven characters', 'k7vqm2h', /8 to 128/],
    ['129 characters', 'k7vqm2h8r'.repeat(15).slice(0, 129), /8 to 128/],
    ['seven signs of two units each', '😀😁😂😃😄😅😆', /8 to 128/],
    ['the local part', 'xx-AMA.mensah-99', /e-mail/],
    ['the product', 'my-Pesewa-2026', /pesewa/],
    ['the product in disguise', 'my-p3s3w@-login', /pesewa/],
    ['the most common one', 'password', /most common/],
    ['it in capitals with a tail', 'PassWord123!', /most common/],
    ['it in disguise', 'P@ssw0rd', /most common/],
    ['it in disguise with a tail', 'p@55w0rd2024', /most common/],
    ['a season and a year', 'Summer2024', /most common/],
    ['a name and a year', 'jennifer1987', /most common/],
    ['a sentence known to all', 'iloveyou!!', /most common/],
    ['another', 'LetMeIn2026', /most common/],
    ['a word twice', 'lovelove', /most common/],
    ['a walk over the keyboard', 'qwertyuiop', /most common/],
    ['another walk', '1qaz2wsx', /most common/],
    ['digits in order', '123456789', /most common/],
    ['digits in reverse', '987654321', /most common/],
    ['a date', '19870524', /most common/],
    ['one sign', 'aaaaaaaaaa', /most common/],
    ['two signs', '12121212', /most common/],
    ['letters in order', 'abcdefghij', /most common/],
    ['wide letters that are common ones', 'ｐａｓｓｗｏｒｄ', /most common/],
  ])('may not be %s', (_what, password, fault) => expect(passwordFault(password, EMAIL)).toMatch(fault));

  it('that is made is suitable, and another each time', () => {
    const made = Array.from({ length: 200 }, makePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made) {
      expect(password).toMatch(/^([2-9a-hjkmnp-z]{5}-){3}[2-9a-hjkmnp-z]{5}$/);
      expect(passwordFault(password, EMAIL)).toBeNull();
    }
  });
});
