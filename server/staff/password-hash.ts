import { hash, verify } from '@node-rs/argon2';
import { Problem } from '@/server/kernel/problem';

/** OWASP's second choice of argon2id, m=19 MiB t=2 p=1: about 20 ms of a core. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;

/** At a time: each takes 19 MiB and a core, and the ledger needs cores too. */
const RUNNING_MAX = 2;
/** Beyond this a caller is better told at once; a full queue is a second of work. */
const WAITING_MAX = 64;

/** What is verified where there is no user: the same work, and no password has it. */
const NOBODYS_HASH = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** @throws Problem login_busy */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() =>
    // argon2id is the library's default; its enum is for ambient declarations alone.
    hash(normal(password), { memoryCost: MEMORY_KIB, timeCost: PASSES, parallelism: LANES }),
  );
}

/** Takes as long when the hash is null or none of argon2's. To be called in turn. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const isReal = passwordHash?.startsWith('$argon2id$') === true;
  const matches = await verify(isReal ? passwordHash : NOBODYS_HASH, normal(password));
  return isReal && matches;
}

/** One text for one password, however a keyboard composes its accents. */
export function normal(password: string): string {
  return password.normalize('NFKC');
}

/** On globalThis, since Next.js may load this file a second time: the bound is the process's. */
interface Turns {
  running: number;
  readonly waiting: (() => void)[];
}
const holder = globalThis as typeof globalThis & { pesewaHashing?: Turns };

/**
 * Runs at most two at a time, and lets so many wait.
 * @throws Problem login_busy
 */
export async function inTurn<R>(work: () => Promise<R>): Promise<R> {
  holder.pesewaHashing ??= { running: 0, waiting: [] };
  const turns = holder.pesewaHashing;
  if (turns.running < RUNNING_MAX) turns.running += 1;
  else if (turns.waiting.length < WAITING_MAX) await new Promise<void>((resolve) => turns.waiting.push(resolve));
  else {
    throw new Problem('login_busy', 'Too many log-ins at once; nothing was done. Repeat shortly.', {
      retryAfterSeconds: 1,
    });
  }
  try {
    return await work();
  } finally {
    // The place is handed on, so that nobody overtakes who waits.
    const next = turns.waiting.shift();
    if (next === undefined) turns.running -= 1;
    else next();
  }
}
