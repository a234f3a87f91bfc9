import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loggableError } from '@/server/kernel/log';
import { Problem } from '@/server/kernel/problem';
import { logOut } from '@/server/staff/log-out';
import { findOperatorName } from '@/server/staff/operator';
import { findPending, finishSignIn, signIn } from '@/server/staff/sign-in';
import { isSameOrigin } from '../cookie-caller';
import type { IncomingRequest } from '../request';
import type { Services } from '../services';
import { demoLogin } from './demo-login';
import { showInvitation, showReset, takeInvitation, takeReset } from './links';
import { pageAnswer, seeOther } from './page';
import { codePage, forgotPage, messagePage, recoveryPage, signedOutPage, signInPage } from './pages';
import { showSetUp, takeFirstCode } from './set-up-app';
import { HOME, safeNext, statusOf, troubleOf, Visit } from './visit';

/**
 * The sign-in pages: made on the server, plain forms, so that they work without a script. A form that cannot be taken is
 * answered with the page itself, since neither address nor code may stand in a URL; one that can, with a redirect.
 */
export async function handleSignIn(services: Services, request: IncomingRequest): Promise<Response> {
  const visit = new Visit(services, request);
  try {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const [step = '', rest] = request.pathname.split('/').slice(2);
    if (isRead) return await show(visit, step, rest);
    if (!isSameOrigin(request, services)) return refused(visit);
    return await act(visit, step, rest);
  } catch (error) {
    if (!(error instanceof Problem)) {
      services.log.error({ path: '/signin', error: loggableError(error) }, 'sign-in failed');
    }
    const text = 'Something went wrong on our side. Nothing was changed.';
    return pageAnswer(visit.frame, messagePage('Try again', text, { text: 'Back to sign-in', href: '/signin' }), {
      status: 500,
    });
  }
}

function show(visit: Visit, step: string, rest: string | undefined): Promise<Response> | Response {
  switch (step) {
    case '':
      return showSignIn(visit);
    case 'code':
    case 'recovery':
      return showCode(visit, step);
    case 'forgot':
      return showForgot(visit);
    case 'out':
      return pageAnswer(visit.frame, signedOutPage(visit.query('why') === 'ended'));
    case 'invitation':
      return showInvitation(visit, rest ?? '');
    case 'reset':
      return showReset(visit, rest ?? '');
    case 'second-factor':
      return showSetUp(visit);
    case 'fonts':
      return font(rest ?? '');
    default:
      return missing(visit);
  }
}

function act(visit: Visit, step: string, rest: string | undefined): Promise<Response> | Response {
  switch (step) {
    case '':
      return takePassword(visit);
    case 'code':
    case 'recovery':
      return takeSecondStep(visit, step);
    case 'out':
      return signOut(visit);
    case 'invitation':
      return takeInvitation(visit, rest ?? '');
    case 'reset':
      return takeReset(visit, rest ?? '');
    case 'second-factor':
      return takeFirstCode(visit);
    default:
      return missing(visit);
  }
}

// ── password ──

async function showSignIn(visit: Visit): Promise<Response> {
  const next = safeNext(visit.query('next'));
  if ((await visit.person()) !== null) return seeOther(next);
  return pageAnswer(visit.frame, await signInParts(visit, { next }));
}

async function signInParts(
  visit: Visit,
  state: { readonly next: string; readonly email?: string; readonly trouble?: ReturnType<typeof troubleOf> },
) {
  const { next, email = '', trouble = null } = state;
  return signInPage({
    next,
    email,
    trouble,
    operator: await findOperatorName(visit.services.db),
    demo: await demoLogin(visit),
  });
}

async function takePassword(visit: Visit): Promise<Response> {
  const form = await visit.form();
  const next = safeNext(form.get('next'));
  const email = form.get('email')?.slice(0, 254) ?? '';
  try {
    const password = form.get('password')?.slice(0, 256) ?? '';
    const done = await signIn(visit.context(), { email, password, next, userAgent: visit.userAgent });
    if (done.step === 'code') return seeOther('/signin/code', [visit.pendingCookie(done.pendingToken)]);
    return seeOther(done.next, await visit.sessionCookies(done.token));
  } catch (error) {
    const trouble = troubleOf(error);
    return pageAnswer(visit.frame, await signInParts(visit, { next, email, trouble }), statusOf(error));
  }
}

// ── code ──

async function showCode(visit: Visit, step: 'code' | 'recovery'): Promise<Response> {
  const token = visit.pendingToken;
  const pending = token === null ? null : await findPending(visit.context(), token);
  if (pending === null) return seeOther('/signin');
  const page = step === 'code' ? codePage : recoveryPage;
  return pageAnswer(visit.frame, page(pending.user.email, null, null));
}

async function takeSecondStep(visit: Visit, step: 'code' | 'recovery'): Promise<Response> {
  const pendingToken = visit.pendingToken;
  const ctx = visit.context();
  const pending = pendingToken === null ? null : await findPending(ctx, pendingToken);
  if (pendingToken === null || pending === null) return seeOther('/signin');
  const code = (await visit.form()).get('code')?.slice(0, 64) ?? '';
  try {
    const done = await finishSignIn(ctx, { pendingToken, code, userAgent: visit.userAgent });
    return done === null ? seeOther('/signin') : seeOther(done.next, await visit.sessionCookies(done.token));
  } catch (error) {
    const isWrong = error instanceof Problem && error.code === 'confirmation_wrong';
    const trouble = isWrong ? null : troubleOf(error);
    const page = step === 'code' ? codePage : recoveryPage;
    return pageAnswer(visit.frame, page(pending.user.email, trouble, isWrong ? FAULTS[step] : null), statusOf(error));
  }
}

const FAULTS = {
  code: 'That code is not right, or it was used already. Wait for the next one. If it goes on, check the clock of your phone.',
  recovery: 'That code is not right, or it was used already. Each works once.',
} as const;

// ── the rest ──

async function showForgot(visit: Visit): Promise<Response> {
  return pageAnswer(visit.frame, forgotPage(await findOperatorName(visit.services.db)));
}

/** Ends this browser's session, and its cookie whether or not there was one. */
async function signOut(visit: Visit): Promise<Response> {
  const person = await visit.person();
  if (person !== null) {
    await logOut(visit.context(person));
    visit.services.authenticator.forgetLogIns();
  }
  return seeOther('/signin/out', visit.endCookies);
}

const FONTS: ReadonlySet<string> = new Set(['geist-sans-latin.woff2', 'geist-mono-latin.woff2']);

async function font(name: string): Promise<Response> {
  if (!FONTS.has(name)) return new Response(null, { status: 404 });
  const bytes = await readFile(path.join(process.cwd(), 'components', 'fonts', name));
  return new Response(new Uint8Array(bytes), {
    headers: { 'Content-Type': 'font/woff2', 'Cache-Control': 'public, max-age=31536000, immutable' },
  });
}

function missing(visit: Visit): Response {
  const page = messagePage('Nothing is here', 'The address may be mistyped.', {
    text: 'Go to the console',
    href: HOME,
  });
  return pageAnswer(visit.frame, page, { status: 404 });
}

function refused(visit: Visit): Response {
  const text = 'This form did not come from this site, so it was not taken.';
  return pageAnswer(visit.frame, messagePage('Not taken', text, { text: 'Back to sign-in', href: '/signin' }), {
    status: 403,
  });
}
