import { formatId } from '@/contracts/ids';
import type { Context } from '@/server/kernel/context';
import { loggableError } from '@/server/kernel/log';
import { Problem } from '@/server/kernel/problem';
import { readCollectionPolicy } from '@/server/payments/policy';
import { submitPaymentOtp } from '@/server/payments/submit-otp';
import { askNow, sayApproved } from '@/server/top-ups/ask-now';
import {
  type Checkout,
  type CheckoutOwner,
  findCheckout,
  readCheckout,
  readLock,
  readOffers,
} from '@/server/top-ups/checkout';
import { type FormProblem, type Offers, type Step, stepOf, type View, versionOf } from '@/server/top-ups/checkout-step';
import { readDraft } from '@/server/top-ups/draft';
import { cancelTopUp } from '@/server/top-ups/end-top-up';
import { checkPayerCode, forgetDraft, resendPayerCode, sendPayerCode } from '@/server/top-ups/payer-code';
import { returnUrl } from '@/server/top-ups/return-url';
import { type PaymentChoice, type Started, startPayment } from '@/server/top-ups/start-payment';
import { availableOf, readWallet } from '@/server/wallets/read';
import type { Answer } from '../exchange';
import { clientAddress, type IncomingRequest } from '../request';
import type { Services } from '../services';
import { pageAnswer, seeOther, textAnswer } from './answer';
import { readChoice } from './choice';
import { frameOf } from './frame-of';
import { renderPage, renderPlainPage } from './page';
import { isPayer, payerCookie } from './session';
import { stepPage } from './step-page';
import { wordsFor } from './words/choose';

const FORM_BYTES_MAX = 4_096;
/** For how long a form waits for a provider's answer; after that the page shows what is known and asks on. */
const ASK_WAIT_MS = 6_000;

/** A request to a checkout that is there. */
interface Visit {
  readonly services: Services;
  readonly request: IncomingRequest;
  readonly ctx: Context;
  readonly owner: CheckoutOwner;
  readonly token: string;
  readonly path: string;
}

/**
 * The hosted checkout: pages made on the server and plain forms, so that everything works without a script. A form is
 * answered with a redirect to the page; only what was typed and cannot be taken is answered with the page itself, since no
 * number may stand in an address.
 */
export async function handleCheckout(
  services: Services,
  request: IncomingRequest,
  token: string,
  action: string,
): Promise<Answer> {
  try {
    const owner = await findCheckout(services.db, token);
    if (owner === null) return missing(request);
    const ctx = contextOf(services, request, owner);
    const visit: Visit = { services, request, ctx, owner, token, path: `/pay/${token}` };
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead) return await show(visit, action);
    return await act(visit, action, await readForm(request));
  } catch (error) {
    if (error instanceof Problem && error.code === 'resource_missing') return missing(request);
    services.log.error({ path: '/pay', action, error: loggableError(error) }, 'checkout failed');
    const words = wordsFor(request.header('accept-language'));
    const said = { title: words.troubleTitle, text: words.troubleText, action: words.tryAgain };
    return pageAnswer((nonce) => renderPlainPage(words, said, nonce), { status: 500, lang: words.lang });
  }
}

export function missing(request: IncomingRequest): Answer {
  const words = wordsFor(request.header('accept-language'));
  const said = { title: words.missingTitle, text: words.missingText, action: null };
  return pageAnswer((nonce) => renderPlainPage(words, said, nonce), { status: 404, lang: words.lang });
}

function contextOf(services: Services, request: IncomingRequest, { principal }: CheckoutOwner): Context {
  const { clock, db, ledger, secretBox, config } = services;
  return {
    principal,
    requestId: formatId('request', ledger.nextId()),
    address: clientAddress(request, config.trustedProxies),
    clock,
    db,
    ledger,
    answer: null,
    secretBox,
    publicOrigin: config.baseUrl ?? `http://localhost:${config.port}`,
  };
}

async function readForm(request: IncomingRequest): Promise<URLSearchParams> {
  return new URLSearchParams(Buffer.from(await request.readBody(FORM_BYTES_MAX)).toString('utf8'));
}

// ── looking ──

const VIEWS: ReadonlySet<string> = new Set(['pay', 'other', 'waiting', 'change', 'sent']);

async function show(visit: Visit, action: string): Promise<Answer> {
  const asked = new URLSearchParams(visit.request.search).get('view');
  const view = asked !== null && VIEWS.has(asked) ? (asked as View) : null;
  switch (action) {
    case '':
      return showStep(visit, { view });
    case 'status':
      return status(visit, view);
    case 'card':
      return toCardPage(visit);
    default:
      return missing(visit.request);
  }
}

interface Shown {
  readonly view?: View;
  readonly problem?: FormProblem | null;
  /** In place of what is stored: what the answer to a form has to say. */
  readonly step?: (offers: Offers) => Step;
  readonly status?: number;
}

async function showStep(visit: Visit, { view = null, problem = null, step, status = 200 }: Shown): Promise<Answer> {
  const { ctx, owner, token } = visit;
  const checkout = await readCheckout(ctx, owner.topUpId);
  const lock = await offersFor(visit, checkout);
  const facts = { ...(await factsOf(visit, checkout)), ...lock, view, problem };
  const shown = step === undefined ? stepOf(facts) : step(lock.offers);
  const frame = frameOf({ token, owner, ...checkout }, wordsFor(visit.request.header('accept-language')));
  return pageAnswer(
    (nonce) => renderPage(frame, stepPage(frame, shown), { nonce, version: versionOf(shown, facts), view }),
    { status, lang: frame.words.lang, formTargets: targetsOf(checkout) },
  );
}

/** The page's script compares this with what it shows; nothing else is told. */
async function status(visit: Visit, view: View): Promise<Answer> {
  const checkout = await readCheckout(visit.ctx, visit.owner.topUpId);
  const offers = { networks: [], card: null, bank: null };
  const facts = { ...(await factsOf(visit, checkout)), offers, locked: null, view, problem: null };
  return textAnswer(versionOf(stepOf(facts), facts));
}

/** On to the card partner by a page of our own: a redirect after a form would be held to where our forms may lead. */
async function toCardPage(visit: Visit): Promise<Answer> {
  const { payment } = await readCheckout(visit.ctx, visit.owner.topUpId);
  if (payment?.state !== 'pending' || payment.nextStep?.kind !== 'redirect') return seeOther(visit.path);
  const answer = await showStep(visit, {});
  return { ...answer, headers: { ...answer.headers, Refresh: `0; url=${payment.nextStep.url}` } };
}

async function offersFor({ ctx, owner }: Visit, { topUp, bill }: Checkout) {
  const offers = owner.isClientActive ? await readOffers(ctx, topUp, bill) : { networks: [], card: null, bank: null };
  return readLock(ctx, owner, offers);
}

async function factsOf({ ctx, owner, request, services }: Visit, { topUp, payment }: Checkout) {
  const whose = { tenantId: ctx.principal.tenantId, topUpId: owner.topUpId };
  const isTheirs = topUp.status === 'succeeded' && isPayer(services.secretBox, whose, request, topUp.paymentReference);
  return {
    topUp,
    payment: payment === null ? null : { ...payment, askedAtMs: topUp.askedAtMs },
    draft: readDraft(topUp.draft),
    balanceMinor: isTheirs ? availableOf(await readWallet(ctx, topUp.walletId)) : null,
  };
}

/** Where cancelling may lead. */
function targetsOf({ topUp }: Checkout): string[] {
  const url = topUp.cancelUrl ?? topUp.redirectUrl;
  return url === null ? [] : [new URL(url).origin];
}

// ── acting ──

async function act(visit: Visit, action: string, form: URLSearchParams): Promise<Answer> {
  const { ctx, owner, path } = visit;
  switch (action) {
    case 'pay':
      return pay(visit, form);
    case 'again':
      return again(visit);
    case 'code':
      return code(visit, (form.get('code') ?? '').replace(/\s/g, ''));
    case 'resend':
      return withLimit(visit, () => resendPayerCode(ctx, owner.topUpId));
    case 'change-number':
      await forgetDraft(ctx, owner.topUpId);
      return seeOther(`${path}?view=pay`);
    case 'approved':
      await sayApproved(ctx, owner.topUpId);
      await askBriefly(visit);
      return seeOther(path);
    case 'ask': {
      await askBriefly(visit);
      const view = form.get('view');
      return seeOther(view === 'change' || view === 'sent' ? `${path}?view=${view}` : path);
    }
    case 'cancel':
      return cancel(visit);
    default:
      return missing(visit.request);
  }
}

async function pay(visit: Visit, form: URLSearchParams): Promise<Answer> {
  const { ctx, owner, path } = visit;
  const checkout = await readCheckout(ctx, owner.topUpId);
  const { offers, locked } = await offersFor(visit, checkout);
  const choice = readChoice(form, {
    offers,
    locked,
    currency: checkout.topUp.currency,
    isTestMode: ctx.principal.mode === 'test',
  });
  if (choice.kind === 'problem') return showStep(visit, { view: 'pay', problem: choice.problem, status: 422 });
  const isAsked = stepOf({ ...(await factsOf(visit, checkout)), offers, locked, view: 'pay', problem: null });
  // Two pages open, or an old one: something is under way, or over. The truth is shown; nothing is sent.
  if (isAsked.kind !== 'choose' && isAsked.kind !== 'code') return seeOther(path);
  if (choice.kind === 'momo' && (await readCollectionPolicy(ctx)).phonePolicy === 'otp') {
    return withLimit(visit, () => sendPayerCode(ctx, owner.topUpId, choice));
  }
  return begin(visit, choice.kind === 'momo' ? { ...choice, country: null } : { ...choice, phone: null });
}

/** The same network and number once more, where the last request came to nothing. */
async function again(visit: Visit): Promise<Answer> {
  const { payment, topUp } = await readCheckout(visit.ctx, visit.owner.topUpId);
  if (payment === null || payment.phone === null || topUp.status !== 'failed') return seeOther(visit.path);
  return begin(visit, { channel: payment.channel, country: payment.country, phone: payment.phone });
}

async function begin(visit: Visit, choice: Omit<PaymentChoice, 'returnUrl'>): Promise<Answer> {
  const { ctx, owner, path } = visit;
  const returnTo = `${ctx.publicOrigin ?? ''}${path}`;
  const started = await startPayment(ctx, owner, { ...choice, returnUrl: returnTo });
  return answerTo(visit, started);
}

function answerTo(visit: Visit, started: Started): Promise<Answer> | Answer {
  const { services, ctx, owner, path } = visit;
  switch (started.kind) {
    case 'not_open':
      return seeOther(path);
    case 'too_many':
      return tooMany(visit, started.afterMs);
    case 'refused': {
      const problem: FormProblem = {
        method: 'momo',
        channel: null,
        phone: '',
        problem: { kind: started.problem.code === 'provider_unavailable' ? 'unavailable' : 'refused' },
      };
      return showStep(visit, { view: 'pay', problem, status: 422 });
    }
    case 'started': {
      const { payment } = started;
      const cookie = payerCookie(
        services.secretBox,
        { tenantId: ctx.principal.tenantId, topUpId: owner.topUpId },
        { reference: payment.reference, path, isSecure: (ctx.publicOrigin ?? '').startsWith('https:') },
      );
      const isRedirect = payment.nextStep?.kind === 'redirect';
      return seeOther(isRedirect ? `${path}/card` : path, { 'Set-Cookie': cookie });
    }
  }
}

async function code(visit: Visit, typed: string): Promise<Answer> {
  const { ctx, owner, path } = visit;
  const { topUp, payment } = await readCheckout(ctx, owner.topUpId);
  if (payment?.nextStep?.kind === 'otp' && payment.state === 'pending') {
    await submitPaymentOtp(ctx, { payment: payment.reference, code: typed });
    return seeOther(path);
  }
  if (readDraft(topUp.draft) === null) return seeOther(path);
  const choice = await checkPayerCode(ctx, owner.topUpId, typed);
  if (choice === null) return showStep(visit, { status: 422 });
  return begin(visit, { channel: choice.channel, country: null, phone: choice.phone });
}

/** A code is a message to a phone: as limited as a prompt. */
async function withLimit(visit: Visit, send: () => Promise<void>): Promise<Answer> {
  try {
    await send();
    return seeOther(visit.path);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'prompt_limit_reached') return tooMany(visit, (error.retryAfterSeconds ?? 3_600) * 1000);
    return answerTo(visit, { kind: 'refused', problem: error });
  }
}

function tooMany(visit: Visit, afterMs: number): Promise<Answer> {
  const nowMs = visit.ctx.clock.fixedMs() ?? Date.now();
  return showStep(visit, {
    step: (offers) => ({ kind: 'too_many', againAtMs: nowMs + afterMs, offers }),
    status: 429,
  });
}

async function cancel({ ctx, owner, path }: Visit): Promise<Answer> {
  const topUp = await cancelTopUp(ctx, owner.topUpId);
  // A payment is under way: it may still be approved, and the page says so.
  if (topUp.status !== 'canceled') return seeOther(path);
  return seeOther(returnUrl(topUp.cancelUrl ?? topUp.redirectUrl, topUp));
}

/** The provider is asked; a slow one answers to the next page. */
async function askBriefly({ ctx, owner, services }: Visit): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const asked = askNow(ctx, owner.topUpId).catch((error: unknown) => {
    services.log.warn({ error: loggableError(error) }, 'asking a provider from the checkout failed');
  });
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ASK_WAIT_MS);
  });
  await Promise.race([asked, late]);
  clearTimeout(timer);
}
