import type { ApprovalVerb } from '@/contracts/approval-verbs';
import type { Context, Principal } from '@/server/kernel/context';
import { isErrorNamed } from '@/server/kernel/error-name';
import { Problem } from '@/server/kernel/problem';
import { type Effect, termsToken } from './effect';
import { personOf } from './person';
import { limitPassed, readPolicy } from './policy';

/** Something a person is about to do, as far as a second one has to see it. */
export interface Act {
  readonly verb: ApprovalVerb;
  /** What would move, in one currency; null where no amount does. */
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  /** In the words of who asks. */
  readonly reason: string | null;
  /** What it would be done to, by its public id. */
  readonly target: { readonly type: string; readonly id: string };
}

/** Thrown before anything was done: the frame keeps the request, answers 202, and runs it when somebody approves. */
export class SecondPersonNeeded extends Error {
  /** By name: Next.js bundles the API a second time into the same process, with a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, 'SecondPersonNeeded');
  }

  constructor(
    readonly act: Act,
    /** Null where nothing would change any more. */
    readonly effect: Effect | null,
    readonly rule: { readonly aboveMinor: bigint | null; readonly policyVersion: number | null },
    /** Who asks, on the books that it is about. */
    readonly principal: Principal,
  ) {
    super(`${act.verb} needs a second person.`);
    this.name = 'SecondPersonNeeded';
  }
}

/**
 * The door of every act that the policy may want two people for. A verb calls it before it does anything, so whoever calls
 * the verb comes through here: with an approval that is for this very act on these very terms, as a program, or as a person
 * whom the policy lets do it alone. Anybody else goes no further.
 * @param effectOf works out exactly what would change, or throws what the act would be refused with. Null where nothing
 *   would: then nobody is asked. Must not change anything.
 * @throws SecondPersonNeeded
 * @throws Problem approval_stale when it is not as it was approved any more
 */
export async function requireSecondPerson(
  ctx: Context,
  act: Act,
  effectOf: () => Promise<Effect | null>,
): Promise<void> {
  const { approval } = ctx;
  if (approval?.kind === 'look') {
    throw new SecondPersonNeeded(act, await effectOf(), { aboveMinor: null, policyVersion: null }, ctx.principal);
  }
  if (approval?.kind === 'granted') {
    const isSame =
      approval.verb === act.verb && approval.amountMinor === act.amountMinor && approval.currency === act.currency;
    const effect = isSame ? await effectOf() : null;
    if (isSame && (effect === null || termsToken(act, effect) === approval.termsSeen)) return;
    throw new Problem('approval_stale', 'It is no longer what was approved: what it depends on has changed.');
  }
  if ((await personOf(ctx)) === null) return;
  const policy = await readPolicy(ctx);
  const passed = limitPassed(policy, act);
  if (passed === null) return;
  const effect = await effectOf();
  if (effect === null) return;
  const policyVersion = policy.source === 'set' ? policy.version : null;
  throw new SecondPersonNeeded(act, effect, { aboveMinor: passed.aboveMinor, policyVersion }, ctx.principal);
}

/** False for a program's request, which never waits: then a verb need not even work out what it would ask for. */
export function mayNeedSecondPerson({ principal, approval }: Context): boolean {
  return approval !== undefined || principal.actor.startsWith('user:');
}

/** Whether a person would need a second one, where nothing can wait: what many acts at once ask. */
export async function needsSecondPerson(
  ctx: Context,
  asked: Pick<Act, 'verb' | 'amountMinor' | 'currency'>,
): Promise<boolean> {
  if (ctx.approval !== undefined || (await personOf(ctx)) === null) return false;
  return limitPassed(await readPolicy(ctx), asked) !== null;
}
