/**
 * Public ids: a prefix and thirteen characters of Crockford base32 that are the stored 63-bit, time-ordered integer.
 * So ids sort by age as text, and no column stores what can be computed.
 */

/** The canonical prefix first; aliases from the documents are accepted wherever it is (spec decision 4). */
const PREFIXES = {
  wallet: ['wal', 'wall'],
  // `acc_` begins an access token.
  account: ['act'],
  transaction: ['txn', 'wtx'],
  journal: ['jnl'],
  seal: ['seal'],
  promotion: ['promo'],
  promotionImport: ['pim'],
  hold: ['hold'],
  key: ['key'],
  event: ['evt'],
  request: ['req'],
  customer: ['cus'],
  client: ['cli'],
  topup: ['top'],
  payment: ['pay'],
  refund: ['rfd'],
  paymentMethod: ['pm'],
  providerCredentials: ['pcr'],
  webhook: ['we'],
  delivery: ['whd'],
  lot: ['lot'],
  user: ['usr'],
  session: ['ses'],
  invitation: ['inv'],
  audit: ['aud'],
  approval: ['apr'],
  reconciliation: ['rec'],
  note: ['note'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type IdKind = keyof typeof PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SUFFIX_LENGTH = 13;
/** The suffix in two halves that a double holds exactly: seven characters (35 bits) and six (30 bits). */
const LOW_BITS = 30n;
const LOW_MASK = (1n << LOW_BITS) - 1n;
const LOW_SIZE = 2 ** 30;
/** 63 bits leave 33 for the high half. */
const HIGH_LIMIT = 2 ** 33;
/** A journal's id leaves its low five bits to the legs. */
const LEG_MASK = 31n;

const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/** @param id 63-bit integer in decimal text, as stored. */
export function formatId(kind: IdKind, id: string): string {
  return `${PREFIXES[kind][0]}_${encode(id)}`;
}

/** The stored decimal text of a public id of this kind, or null for anything else. */
export function parseId(kind: IdKind, text: string): string | null {
  const separator = text.length - SUFFIX_LENGTH - 1;
  if (separator < 1 || text[separator] !== '_') return null;
  const prefixes: readonly string[] = PREFIXES[kind];
  return prefixes.includes(text.slice(0, separator)) ? decode(text.slice(separator + 1)) : null;
}

/** The public id of an entry: its journal's id plus its leg, 1…31. */
export function formatEntryId(journalId: string, leg: number): string {
  if (!Number.isInteger(leg) || leg < 1 || leg > Number(LEG_MASK))
    throw new RangeError(`A leg is 1 to 31, not ${leg}.`);
  return formatId('transaction', String(BigInt(journalId) + BigInt(leg)));
}

/** Journal and leg of an entry's public id, or null. */
export function parseEntryId(text: string): { journalId: string; leg: number } | null {
  const id = parseId('transaction', text);
  if (id === null) return null;
  const value = BigInt(id);
  const leg = Number(value & LEG_MASK);
  return leg === 0 ? null : { journalId: String(value - BigInt(leg)), leg };
}

function encode(id: string): string {
  const value = BigInt(id);
  const high = Number(value >> LOW_BITS);
  if (high < 0 || high >= HIGH_LIMIT) throw new RangeError(`An id has 63 bits, which ${id} has not.`);
  return encodeHalf(high, 7) + encodeHalf(Number(value & LOW_MASK), 6);
}

function encodeHalf(half: number, length: number): string {
  let rest = half;
  let text = '';
  for (let i = 0; i < length; i++) {
    const digit = rest % 32;
    text = (ALPHABET[digit] as string) + text;
    rest = (rest - digit) / 32;
  }
  return text;
}

function decode(suffix: string): string | null {
  const high = decodeHalf(suffix, 0, 7);
  const low = decodeHalf(suffix, 7, SUFFIX_LENGTH);
  if (high === null || low === null || high >= HIGH_LIMIT) return null;
  return String(BigInt(high) * BigInt(LOW_SIZE) + BigInt(low));
}

function decodeHalf(suffix: string, from: number, to: number): number | null {
  let half = 0;
  for (let i = from; i < to; i++) {
    const digit = VALUES[suffix.charCodeAt(i)] ?? -1;
    if (digit < 0) return null;
    half = half * 32 + digit;
  }
  return half;
}
