import { randomInt } from 'node:crypto';

/** Without what is misread for something else: 0 and o, 1 and l and i. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A password of 99 random bits, in groups that can be read out: `k7vqm-2hx8r-…`. */
export function makePassword(): string {
  const group = (): string => {
    let text = '';
    for (let i = 0; i < GROUP_LENGTH; i++) text += ALPHABET[randomInt(ALPHABET.length)];
    return text;
  };
  return Array.from({ length: GROUPS }, group).join('-');
}
