import { randomInt, randomUUID } from 'node:crypto';

/**
 * Names that the providers give out. A counter starts at a random place: a database that meets several simulators, or
 * one simulator started twice, never sees a receipt again.
 */
export interface Ids {
  /** Digits, such as MTN's financialTransactionId. */
  digits(length: number): string;
  /** Capitals and digits, such as an M-Pesa receipt. */
  letters(length: number): string;
  hex(): string;
  uuid(): string;
}

export function createIds(start: number = randomInt(1, 2 ** 40)): Ids {
  let last = start;
  const next = (): number => {
    last += 1;
    return last;
  };
  return {
    digits: (length) => String(next()).padStart(length, '1').slice(-length),
    letters: (length) => next().toString(36).toUpperCase().padStart(length, 'S').slice(-length),
    hex: () => randomUUID().replaceAll('-', ''),
    uuid: () => randomUUID(),
  };
}
