import NextAuth, { type AuthOptions } from 'next-auth';
import { decode } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import { Problem } from '@/server/kernel/problem';
import { getServices } from '@/server/services';
import { SESSION_SECONDS } from '@/server/staff/insert-session';
import { logOut } from '@/server/staff/log-out';
import { finishSignIn, signIn } from '@/server/staff/sign-in';
import { whoAmI } from '@/server/staff/who-am-i';
import { stampedPeer } from './peer';
import { FetchRequest } from './request';
import type { Services } from './services';
import { sealSessionCookie, sessionCookieName } from './session-cookie';
import { HOME, Visit } from './sign-in/visit';

/** The person's own token, between `authorize` and the cookie; in no answer. */
interface Entered {
  readonly id: string;
  readonly sessionToken: string;
}

/**
 * next-auth's own routes (`/api/auth/session`, `/csrf`, `/signin`, `/signout`, `/callback/credentials`), on the very sessions
 * that our pages make: the cookie holds a token that says nothing, and its row decides each time.
 */
export async function handleNextAuth(
  request: Request,
  context: { readonly params: Promise<{ readonly nextauth: string[] }> },
): Promise<Response> {
  // Without NEXTAUTH_URL next-auth takes the host that the browser asked for, which is right behind any name.
  process.env['AUTH_TRUST_HOST'] ??= 'true';
  const services = await getServices();
  const visit = new Visit(services, new FetchRequest(request, stampedPeer(request)));
  return NextAuth(request as never, context as never, optionsOf(services, visit));
}

function optionsOf(services: Services, visit: Visit): AuthOptions {
  const { isSecure } = visit;
  const secret = services.authSecret();
  return {
    secret,
    useSecureCookies: isSecure,
    pages: { signIn: '/signin', error: '/signin', signOut: HOME },
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    cookies: {
      sessionToken: {
        name: sessionCookieName(isSecure),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      },
    },
    jwt: {
      maxAge: SESSION_SECONDS,
      encode: async ({ token }) => sealSessionCookie(secret, String(token?.['token'] ?? '')),
      // A cookie whose session has ended is no session: next-auth then takes it away.
      decode: async ({ token }) => {
        if (token === undefined || (await visit.personOf(token)) === null) return null;
        return decode({ token, secret });
      },
    },
    providers: [
      CredentialsProvider({
        name: 'E-mail and password',
        credentials: {
          email: { label: 'E-mail', type: 'email' },
          password: { label: 'Password', type: 'password' },
          code: { label: 'Code', type: 'text' },
        },
        authorize: async (given): Promise<Entered | null> => {
          const token = await enter(visit, given ?? {});
          return token === null ? null : { id: 'session', sessionToken: token };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const entered = user as Entered | undefined;
        return entered === undefined ? token : { token: entered.sessionToken };
      },
      session: async ({ session }) => {
        const person = await visit.person();
        const user = person === null ? null : (await whoAmI(visit.context(person))).user;
        return { expires: session.expires, user: { name: user?.name ?? null, email: user?.email ?? null } };
      },
    },
    events: {
      signOut: async () => {
        const person = await visit.person();
        if (person === null) return;
        await logOut(visit.context(person));
        services.authenticator.forgetLogIns();
      },
    },
    logger: {
      error: (code) => services.log.warn({ code }, 'next-auth'),
      warn: () => {},
      debug: () => {},
    },
  };
}

/** Both steps in one, for who sends everything at once. Null says no more than that it was wrong. */
async function enter(
  visit: Visit,
  { email = '', password = '', code = '' }: Partial<Record<'email' | 'password' | 'code', string>>,
): Promise<string | null> {
  const ctx = visit.context();
  const { userAgent } = visit;
  try {
    const first = await signIn(ctx, {
      email: email.slice(0, 254),
      password: password.slice(0, 256),
      next: HOME,
      userAgent,
    });
    if (first.step === 'done') return first.token;
    const done = await finishSignIn(ctx, { pendingToken: first.pendingToken, code: code.slice(0, 64), userAgent });
    return done?.token ?? null;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
