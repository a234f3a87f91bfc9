import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';

export interface Person {
  /** Stored id of the user. */
  readonly id: string;
  readonly name: string;
}

const ACTOR = 'user:';

/** Who acts, if it is a person: keys are programs, and so are users made for one (`api_user`). */
export async function personOf({ principal, db }: Pick<Context, 'principal' | 'db'>): Promise<Person | null> {
  if (!principal.actor.startsWith(ACTOR)) return null;
  const { rows } = await db.pool.query<Person & { kind: string }>('select id, name, kind from users where id = $1', [
    principal.actor.slice(ACTOR.length),
  ]);
  const user = rows[0];
  // A session whose user is gone is nobody to let through.
  if (user === undefined) throw new Problem('person_required', 'The user of this session is not there any more.');
  return user.kind === 'api_user' ? null : { id: user.id, name: user.name };
}

/** @throws Problem person_required: a program that decides is no second pair of eyes. */
export async function requirePerson(ctx: Pick<Context, 'principal' | 'db'>): Promise<Person> {
  const person = await personOf(ctx);
  if (person !== null) return person;
  throw new Problem('person_required', 'Only a person with a log-in decides about approvals and their policy.');
}
