import { Problem } from '@/server/kernel/problem';
import { acceptInvitation, findInvitation, type OpenInvitation } from '@/server/staff/accept-invitation';
import { findReset, type OpenReset, resetPassword } from '@/server/staff/reset-password';
import { pageAnswer, seeOther } from './page';
import { invitationPage, messagePage, resetPage } from './pages';
import { HOME, statusOf, troubleOf, type Visit } from './visit';

/** The pages that a link leads to which somebody was given: an invitation, and a new password. */

const TOKEN = /^[0-9A-Za-z]{43}$/;

export async function showInvitation(visit: Visit, token: string): Promise<Response> {
  const open = TOKEN.test(token) ? await findInvitation(visit.context(), token) : null;
  return open === null ? over(visit, 'invitation') : pageAnswer(visit.frame, invitationParts(open, token, open.name));
}

export async function takeInvitation(visit: Visit, token: string): Promise<Response> {
  const ctx = visit.context();
  const open = TOKEN.test(token) ? await findInvitation(ctx, token) : null;
  if (open === null) return over(visit, 'invitation');
  const form = await visit.form();
  const name = form.get('name')?.slice(0, 100) ?? '';
  const password = form.get('password')?.slice(0, 256) ?? '';
  try {
    const session = await acceptInvitation(ctx, { token, name, password, userAgent: visit.userAgent });
    return session === null ? over(visit, 'invitation') : seeOther(HOME, await visit.sessionCookies(session));
  } catch (error) {
    return pageAnswer(visit.frame, invitationParts(open, token, name, error), statusOf(error));
  }
}

export async function showReset(visit: Visit, token: string): Promise<Response> {
  const open = TOKEN.test(token) ? await findReset(visit.context(), token) : null;
  return open === null ? over(visit, 'link') : pageAnswer(visit.frame, resetParts(open, token));
}

/** They sign in with the new password then: it is theirs to prove, and the second factor too. */
export async function takeReset(visit: Visit, token: string): Promise<Response> {
  const ctx = visit.context();
  const open = TOKEN.test(token) ? await findReset(ctx, token) : null;
  if (open === null) return over(visit, 'link');
  try {
    const password = (await visit.form()).get('password')?.slice(0, 256) ?? '';
    if (!(await resetPassword(ctx, { token, password }))) return over(visit, 'link');
    visit.services.authenticator.forgetLogIns();
    const text = 'Your new password works from now on, and you are signed out everywhere.';
    const page = messagePage('Saved', text, { text: 'Sign in', href: '/signin' });
    return pageAnswer(visit.frame, page, { cookies: visit.endCookies });
  } catch (error) {
    return pageAnswer(visit.frame, resetParts(open, token, error), statusOf(error));
  }
}

function invitationParts(open: OpenInvitation, token: string, name: string, error?: unknown) {
  const { email, clientName, role } = open;
  const action = `/signin/invitation/${token}`;
  return invitationPage({ action, email, name, client: clientName, role, ...faultsOf(error) });
}

function resetParts(open: OpenReset, token: string, error?: unknown) {
  return resetPage({ action: `/signin/reset/${token}`, email: open.email, ...faultsOf(error) });
}

/** What is wrong with the password stands beside it, all else above. */
function faultsOf(error: unknown): { trouble: ReturnType<typeof troubleOf> | null; fault: string | null } {
  if (error === undefined) return { trouble: null, fault: null };
  const isOfPassword = error instanceof Problem && error.code === 'password_unsuitable';
  return isOfPassword ? { trouble: null, fault: error.message } : { trouble: troubleOf(error), fault: null };
}

function over(visit: Visit, what: 'invitation' | 'link'): Response {
  const text = `This ${what} was used, has run out, or is mistyped. Ask whoever gave it to you for another.`;
  const page = messagePage(`This ${what} does not work`, text, { text: 'Go to sign-in', href: '/signin' });
  return pageAnswer(visit.frame, page, { status: 404 });
}
