import { Problem } from '@/server/kernel/problem';
import { COMMON_WHOLE, COMMON_WORDS } from './common-passwords';
import { normal } from './password-hash';

export const PASSWORD_LENGTH_MIN = 8;
export const PASSWORD_LENGTH_MAX = 128;

const PRODUCT = 'pesewa';
/** Shorter, a local part is in too many words to mean the person. */
const LOCAL_PART_LENGTH_MIN = 4;
/** Below this, digits alone are dates, telephone numbers and walks over the number row. */
const DIGITS_LENGTH_MIN = 16;
const SEQUENCES = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Why a password is too easy to guess, as the end of a sentence about it; null when it is not. */
export function passwordFault(given: string, email: string): string | null {
  const password = normal(given);
  const { length } = [...password];
  if (length < PASSWORD_LENGTH_MIN || length > PASSWORD_LENGTH_MAX) {
    return `must have ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters`;
  }
  const text = password.toLowerCase();
  const local = (email.split('@')[0] ?? '').toLowerCase();
  if (local.length >= LOCAL_PART_LENGTH_MIN && text.includes(local)) {
    return 'must not contain the name in the e-mail address';
  }
  if (text === email.toLowerCase()) return 'must not be the e-mail address';
  if (text.includes(PRODUCT) || readable(text).includes(PRODUCT)) return `must not contain the name ${PRODUCT}`;
  return isCommon(text) ? 'must not be one of the most common ones' : null;
}

/** @throws Problem password_unsuitable */
export function requireSuitable(password: string, email: string): void {
  const fault = passwordFault(password, email);
  if (fault !== null) throw new Problem('password_unsuitable', `The password ${fault}.`, { param: 'password' });
}

/** @param text in lower case */
function isCommon(text: string): boolean {
  if (COMMON_WHOLE.has(text)) return true;
  if (/^[0-9]+$/.test(text) && text.length < DIGITS_LENGTH_MIN) return true;
  // `aaaaaaaa`, `12121212`, `abcabcabc`: a short piece, over and over.
  if (/^(.{1,4})\1+.?$/u.test(text)) return true;
  if (isSequence(text)) return true;
  // Digits and signs at the ends are what people add to a word to please a rule.
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [text, core, readable(core), readable(text)].some(isCommonWord);
}

function isCommonWord(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  if (COMMON_WORDS.has(letters)) return true;
  // One word twice: `lovelove`, `testtest`.
  const half = letters.slice(0, letters.length / 2);
  return half !== '' && half + half === letters && COMMON_WORDS.has(half);
}

/** `qwertyuiop`, `87654321`: a piece of a row, forwards or backwards. */
function isSequence(text: string): boolean {
  const backwards = [...text].reverse().join('');
  return SEQUENCES.some((row) => `${row}${row}`.includes(text) || `${row}${row}`.includes(backwards));
}

/** `p@ssw0rd` as it is meant to be read. */
function readable(text: string): string {
  return [...text].map((sign) => LOOK_ALIKES[sign] ?? sign).join('');
}
