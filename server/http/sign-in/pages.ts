import { html } from 'hono/html';
import type { PageParts } from './page';
import { alert, button, type Field, field, type Html, NOTHING, type Trouble, who } from './parts';

/** What each page says. Plain forms: each button posts, the server answers with the next page or with what was wrong. */

const emailField = (value: string): Html =>
  field({
    name: 'email',
    label: 'E-mail',
    type: 'email',
    autocomplete: 'username',
    value,
    attributes: 'maxlength="254"',
  });

export interface DemoLogin {
  readonly email: string;
  readonly password: string;
}

export function signInPage(state: {
  readonly next: string;
  readonly email: string;
  readonly operator: string | null;
  readonly trouble: Trouble | null;
  readonly demo: DemoLogin | null;
}): PageParts {
  const { next, email, operator, trouble, demo } = state;
  return {
    title: 'Sign in',
    card: html`<form method="post" action="/signin"><h1>Sign in</h1><p class="sub">To the console${operator === null ? '' : ` of ${operator}`}</p>${alert(trouble)}<input type="hidden" name="next" value="${next}">${emailField(email)}${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', attributes: 'maxlength="256"', aside: html`<a href="/signin/forgot">Forgot it?</a>` })}${button('Sign in', trouble)}</form>`,
    ...(demo !== null && { under: demoBox(demo, next) }),
  };
}

function demoBox({ email, password }: DemoLogin, next: string): Html {
  return html`<section class="demo"><h2>For trying it out</h2><dl><dt>E-mail</dt><dd>${email}</dd><dt>Password</dt><dd>${password}</dd></dl><form method="post" action="/signin"><input type="hidden" name="next" value="${next}"><input type="hidden" name="email" value="${email}"><input type="hidden" name="password" value="${password}"><button class="btn plain">Sign in with this</button></form></section>`;
}

export function codePage(email: string, trouble: Trouble | null, fault: string | null): PageParts {
  return {
    title: 'Enter your code',
    card: html`<form method="post" action="/signin/code"><h1>Enter your code</h1><p class="sub">Step 2 of 2</p>${who(email, '/signin')}${alert(trouble)}${codeField(fault)}${button('Sign in', trouble)}<p class="alt"><a href="/signin/recovery">Use a recovery code</a></p></form>`,
  };
}

function codeField(fault: string | null): Html {
  return field({
    name: 'code',
    label: '6-digit code',
    hint: 'From your authenticator app. New every 30 seconds.',
    autocomplete: 'one-time-code',
    className: 'code',
    attributes: 'inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autofocus',
    fault,
  });
}

export function recoveryPage(email: string, trouble: Trouble | null, fault: string | null): PageParts {
  return {
    title: 'Enter a recovery code',
    card: html`<form method="post" action="/signin/recovery"><h1>Enter a recovery code</h1><p class="sub">Step 2 of 2</p>${who(email, '/signin')}${alert(trouble)}${field({ name: 'code', label: 'Recovery code', hint: 'One of the ten you saved. Each works once.', autocomplete: 'off', className: 'words', attributes: 'autocapitalize="none" spellcheck="false" maxlength="40" autofocus', fault })}${button('Sign in', trouble)}<p class="alt"><a href="/signin/code">Use the authenticator app</a></p></form>`,
  };
}

export function forgotPage(operator: string | null): PageParts {
  return {
    title: 'A new password',
    card: html`<h1>A new password</h1><p class="text">This server sends no e-mail. Ask an admin of your team${operator === null ? '' : `, or ${operator},`} for a reset link: under Settings, People. It works once, for an hour.</p><p class="text">If you are the operator’s only admin, run <code>npm run operator -- --reset &lt;e-mail&gt;</code> on the server.</p><a class="btn plain" href="/signin">Back to sign-in</a>`,
  };
}

export function signedOutPage(isIdle: boolean): PageParts {
  return {
    title: 'Signed out',
    card: html`<h1>You are signed out</h1><p class="text">${isIdle ? 'Your session had ended. Nothing you saved is lost.' : 'This browser’s session has ended. Your other sessions have not.'}</p><a class="btn" href="/signin">Sign in again</a>`,
  };
}

const NEW_PASSWORD: Field = {
  name: 'password',
  label: 'New password',
  hint: 'At least 8 characters. Four random words are good.',
  type: 'password',
  autocomplete: 'new-password',
  attributes: 'minlength="8" maxlength="128"',
};

export function invitationPage(state: {
  readonly action: string;
  readonly email: string;
  readonly name: string;
  readonly client: string;
  readonly role: string;
  readonly trouble: Trouble | null;
  readonly fault: string | null;
}): PageParts {
  const { action, email, name, client, role, trouble, fault } = state;
  return {
    title: 'Join',
    card: html`<form method="post" action="${action}"><h1>Join ${client}</h1><p class="sub">As ${role}. Choose a password to finish.</p><p class="who"><span>${email}</span></p>${alert(trouble)}<input type="hidden" name="username" value="${email}" autocomplete="username">${field({ name: 'name', label: 'Your name', autocomplete: 'name', value: name, attributes: 'maxlength="100"' })}${field({ ...NEW_PASSWORD, label: 'Password', fault })}${button('Join', trouble)}</form>`,
  };
}

export function resetPage(state: {
  readonly action: string;
  readonly email: string;
  readonly trouble: Trouble | null;
  readonly fault: string | null;
}): PageParts {
  const { action, email, trouble, fault } = state;
  return {
    title: 'Choose a new password',
    card: html`<form method="post" action="${action}"><h1>Choose a new password</h1><p class="sub">You are signed out everywhere else.</p><p class="who"><span>${email}</span></p>${alert(trouble)}<input type="hidden" name="username" value="${email}" autocomplete="username">${field({ ...NEW_PASSWORD, fault })}${button('Save', trouble)}</form>`,
  };
}

export function messagePage(
  title: string,
  text: string,
  action: { readonly text: string; readonly href: string },
): PageParts {
  return {
    title,
    card: html`<h1>${title}</h1><p class="text">${text}</p><a class="btn plain" href="${action.href}">${action.text}</a>`,
  };
}

/** Setting up the second factor. */
export function setUpPage(state: {
  readonly email: string;
  readonly next: string;
  readonly isNeeded: boolean;
  /** Of our own making. */
  readonly qr: Html;
  readonly secret: string;
  readonly trouble: Trouble | null;
  readonly fault: string | null;
}): PageParts {
  const { email, next, isNeeded, qr, secret, trouble, fault } = state;
  return {
    title: 'Set up your authenticator app',
    isWide: true,
    card: html`<form method="post" action="/signin/second-factor"><h1>Set up your authenticator app</h1><p class="sub">${isNeeded ? 'Live books are opened with a code as well as a password.' : 'From then on signing in takes a code as well as a password.'}</p><p class="who"><span>${email}</span></p>${alert(trouble)}<ol class="steps"><li>Scan this with the app, such as Aegis, Google Authenticator or 1Password.<div class="qr">${qr}</div></li><li>No camera? Type the key: <p class="secret mono">${secret.match(/.{1,4}/g)?.join(' ') ?? secret}</p></li><li>Enter the code that the app shows.</li></ol><input type="hidden" name="next" value="${next}">${field({ name: 'code', label: '6-digit code', autocomplete: 'one-time-code', className: 'code', attributes: 'inputmode="numeric" pattern="[0-9]{6}" maxlength="6"', fault })}${button('Turn it on', trouble)}${isNeeded ? NOTHING : html`<p class="alt"><a href="${next}">Not now</a></p>`}</form>`,
  };
}

/** Shown this once. */
export function recoveryCodesPage(codes: readonly string[], next: string): PageParts {
  return {
    title: 'Save your recovery codes',
    isWide: true,
    card: html`<h1>Save your recovery codes</h1><p class="text">The app is set up. If you lose it, each of these signs you in once. <b>They are shown only now:</b> keep them with your passwords, or print them.</p><ul class="codes">${codes.map((code) => html`<li>${code}</li>`)}</ul><a class="btn" href="${next}">I have saved them</a>`,
  };
}
