import { raw } from 'hono/html';
import type { Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { requirePerson } from '@/server/staff/person';
import { liveNeedsSecondFactor } from '@/server/staff/second-factor-policy';
import { beginSecondFactor, confirmSecondFactor, readSecondFactorSetUp } from '@/server/staff/set-up-second-factor';
import { qrOf } from '../v1/me';
import { pageAnswer, seeOther } from './page';
import { messagePage, recoveryCodesPage, setUpPage } from './pages';
import { safeNext, statusOf, troubleOf, type Visit } from './visit';

/**
 * Setting up the second factor without the console around it: where live books need one, this is where its owner is led
 * first. Asks for a fresh proof as the API's operation does, since whoever finds an open browser must not lock its owner out.
 */
export async function showSetUp(visit: Visit): Promise<Response> {
  const next = safeNext(visit.query('next'));
  const person = await visit.person();
  if (person === null) return seeOther(backHere(next));
  if (person.console?.hasSecondFactor === true) return seeOther(next);
  if (person.console?.isProved !== true) return proveFirst(visit, next);
  return setUpAnswer(visit, person, next, null);
}

export async function takeFirstCode(visit: Visit): Promise<Response> {
  const form = await visit.form();
  const next = safeNext(form.get('next'));
  const person = await visit.person();
  if (person === null) return seeOther(backHere(next));
  if (person.console?.isProved !== true) return proveFirst(visit, next);
  try {
    const codes = await confirmSecondFactor(visit.context(person), form.get('code')?.slice(0, 64) ?? '');
    visit.services.authenticator.forgetLogIns();
    return pageAnswer(visit.frame, recoveryCodesPage(codes, next));
  } catch (error) {
    if (error instanceof Problem && error.code === 'second_factor_exists') return seeOther(next);
    return setUpAnswer(visit, person, next, error);
  }
}

async function setUpAnswer(visit: Visit, person: Principal, next: string, error: unknown): Promise<Response> {
  const ctx = visit.context(person);
  const { email } = await requirePerson(ctx);
  // The same secret while it is tried: a reload must not undo what the app has scanned.
  const { secret, uri } = (await readSecondFactorSetUp(ctx)) ?? (await beginSecondFactor(ctx));
  const isWrong = error instanceof Problem && error.code === 'confirmation_wrong';
  const page = setUpPage({
    email,
    next,
    isNeeded: liveNeedsSecondFactor(person, visit.services.config.secondFactor),
    qr: raw(qrOf(uri)),
    secret,
    trouble: error === null || isWrong ? null : troubleOf(error),
    fault: isWrong ? 'That code is not right. Wait for the next one, and check the clock of your phone.' : null,
  });
  return pageAnswer(visit.frame, page, error === null ? {} : statusOf(error));
}

/** A session that is not fresh is ended first: signing in again is the proof. */
function proveFirst(visit: Visit, next: string): Response {
  const text = 'You signed in more than ten minutes ago. To set up an authenticator app, sign out and in again.';
  const page = messagePage('Confirm that it is you', text, { text: 'Back', href: next });
  return pageAnswer(visit.frame, page, { status: 403 });
}

const backHere = (next: string): string =>
  `/signin?next=${encodeURIComponent(`/signin/second-factor?next=${encodeURIComponent(next)}`)}`;
