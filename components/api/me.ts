import { grants, type Scope } from '@/contracts/scopes';
import type { AnswerOf } from '@/server/http/api-types';

type Credential = AnswerOf<'get', '/v1/me'>;

/** The person who is signed in: a console has nobody else. */
export type Me = Credential & {
  readonly user: NonNullable<Credential['user']>;
  readonly role: NonNullable<Credential['role']>;
};

export function isPerson(credential: Credential): credential is Me {
  return credential.user !== null && credential.role !== null;
}

/** Whether the person may do what the scope names: by the table that the API decides by. */
export function may(me: Me, scope: Scope): boolean {
  return grants(me.scopes, scope);
}
