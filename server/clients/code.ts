import { randomInt } from 'node:crypto';

const PREFIX_LENGTH = 3;
const RANDOM_LENGTH = 7;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * A code as the document's samples have them: three letters of the name and seven of chance, `LIPNZPMF7O` for LIPAD.
 * @param fallback three letters for a name without Latin ones
 */
export function makeCode(name: string, fallback: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase();
  let code = (letters.length >= PREFIX_LENGTH ? letters : letters + fallback).slice(0, PREFIX_LENGTH);
  for (let i = 0; i < RANDOM_LENGTH; i++) code += ALPHABET[randomInt(ALPHABET.length)];
  return code;
}
