import { html, raw } from 'hono/html';
import type { PromptFacts, Step } from '@/server/top-ups/checkout-step';
import { bold, boldNum, type Html } from './html';
import { icon } from './icons';
import { type Body, type Frame, totalText } from './page';
import { action, dial, goBack, look, safe, sentRow, steps, timeLeft, todo, verdict } from './parts';

type Of<K extends Step['kind']> = Extract<Step, { kind: K }>;

/** A code by SMS: ours, where the client's policy asks for one, or the provider's own. */
export function codePage(frame: Frame, step: Of<'code'>): Body {
  const { words, clock } = frame;
  const { problem } = step;
  const isOver = problem === 'over';
  const error =
    problem === null
      ? null
      : problem === 'over'
        ? words.codeOver
        : problem.triesLeft < 0
          ? words.codeIsNot
          : words.codeWrong(problem.triesLeft);
  const describedBy = `${step.untilMs === null ? '' : 'code-hint '}${error === null ? '' : 'code-error'}`.trim();
  const field = html`<div class="field${error === null ? '' : ' bad'}"><label class="label" for="code">${words.codeLabel}</label>${step.untilMs === null ? '' : html`<small id="code-hint">${words.codeUntil(clock.time(step.untilMs))}</small>`}<input class="code" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{4,8}" maxlength="8" required${error === null ? '' : raw(' aria-invalid="true" autofocus')}${describedBy === '' ? '' : html` aria-describedby="${describedBy}"`}>${error === null ? '' : html`<p class="err" id="code-error" role="alert">${icon('alert')}<span>${error}</span></p>`}</div>`;
  const main = html`<h1>${words.codeTitle}</h1><p class="lead">${words.codeText(step.phone)}</p>${step.testCode === null ? '' : html`<p class="quiet gap-m">${words.codeForTests(step.testCode)}</p>`}<form method="post" action="${frame.path}/code">${field}<div class="actions"><button class="btn"${isOver ? raw(' disabled') : ''}>${words.codeAction(totalText(frame))}</button></div>${error === null ? html`<p class="under">${words.codeNext}</p>` : ''}</form>${step.isOurs ? codeHelp(frame, step, error !== null) : ''}${safe(words.codeNotPin)}`;
  return { main, said: error ?? words.codeTitle };
}

function codeHelp(frame: Frame, { resendAtMs }: Of<'code'>, hasFailed: boolean): Html {
  const { words, nowMs, clock } = frame;
  const mayResend = resendAtMs === null || resendAtMs <= nowMs;
  if (hasFailed && mayResend) {
    return html`<div class="actions">${action(frame, 'resend', words.sendNew, { look: 'btn two' })}${action(frame, 'change-number', words.changeNumber, { look: 'out' })}</div>`;
  }
  const again = mayResend
    ? html`<p class="quiet">${words.noSmsNow}</p>${action(frame, 'resend', words.sendAgain, { look: 'btn two low' })}`
    : html`<p class="quiet">${words.noSmsText(clock.time(resendAtMs))}</p><form><button class="btn two low" disabled>${words.sendAgain}</button></form>`;
  return html`<div class="help"><details><summary>${words.noSms}</summary><div>${again}</div></details><details><summary>${words.wrongNumberTitle}</summary><div>${action(frame, 'change-number', words.changeNumber, { look: 'btn two low' })}</div></details></div>`;
}

export function waitingPage(frame: Frame, { prompt, instruction }: Of<'waiting'>): Body {
  const { words } = frame;
  const rows = steps(frame, [
    sentRow(frame, prompt),
    {
      state: 'now',
      label: words.waitingForYou,
      ...(prompt.untilMs !== null && {
        below: timeLeft(frame, prompt.untilMs, words.waitsUntil(prompt.name, frame.clock.time(prompt.untilMs))),
      }),
    },
    { state: 'next', label: words.confirms(prompt.name) },
  ]);
  const says = html`<div class="says"><p>${words.approveOnlyIf}</p><dl><div><dt>${words.amount}</dt><dd class="num">${totalText(frame)}</dd></div><div><dt>${words.to}</dt><dd>${frame.payee}</dd></div></dl></div>`;
  const main = html`<h1>${words.approveTitle}</h1><p class="lead">${words.approveText(prompt.phone)}</p>${instruction === null ? '' : html`<p class="quiet gap-m">${instruction}</p>`}${rows}${says}<div class="actions">${action(frame, 'approved', words.iApproved, { look: 'btn two' })}<p class="under">${words.movesOn}<noscript> ${words.looksAgain(10)}</noscript></p></div>${waitingHelp(frame, prompt)}${safe(words.asksPinThere(prompt.name))}`;
  return { main, said: words.waitingSaid, everySeconds: 3 };
}

function waitingHelp(frame: Frame, prompt: PromptFacts): Html {
  const { words, clock } = frame;
  const until = prompt.untilMs === null ? null : clock.time(prompt.untilMs);
  return html`<div class="help"><details><summary>${words.noRequest}</summary><div><ol><li>${words.phoneIsOn}</li><li>${words.closeMenus}</li>${missed(frame, prompt)}</ol>${until === null ? '' : html`<p class="quiet">${words.stillNothing(until)}</p>`}</div></details><details><summary>${words.wrongNumberTitle}</summary><div><p class="quiet gap-m">${words.onlyOneOpen(until)}</p><p class="gap-m">${look(frame, 'change', words.changeNumber, 'btn two low')}</p></div></details></div>`;
}

function missed(frame: Frame, { network }: PromptFacts): Html | string {
  const { words } = frame;
  const where = network?.missed ?? null;
  if (network === null || where === null) return '';
  switch (where.kind) {
    case 'menu':
      return html`<li>${words.missedMenu(dial(where.dial), ...where.menus, frame.payee)}</li>`;
    case 'open':
      return html`<li>${words.missedOpen(dial(where.dial), network.wallet)}</li>`;
    case 'sim':
      return html`<li>${words.missedSim(dial(where.dial), ...where.menus)}</li>`;
  }
}

export function confirmingPage(frame: Frame, { prompt, saidAtMs }: Of<'confirming'>): Body {
  const { words, clock } = frame;
  const rows = steps(frame, [
    sentRow(frame, prompt),
    { state: 'done', label: words.youSaidApproved, time: clock.time(saidAtMs) },
    { state: 'now', label: words.confirms(prompt.name), time: words.fewSeconds },
  ]);
  const main = html`<h1>${words.confirmingTitle(prompt.name)}</h1><p class="lead">${words.confirmingText}</p>${rows}<div class="actions">${action(frame, 'ask', words.lookNow, { look: 'btn two' })}${look(frame, 'waiting', words.notApprovedYet, 'out')}</div>${safe(words.canClose, 'check')}`;
  return { main, said: words.confirmingSaid(prompt.name), everySeconds: 2 };
}

/** Paying on the card partner's page, or back from it. */
export function cardPage(frame: Frame, { prompt, url }: Of<'card_page'>): Body {
  const { words } = frame;
  const rows = steps(frame, [sentRow(frame, prompt), { state: 'now', label: words.confirms(prompt.name) }]);
  const main = html`<h1>${words.confirmingTitle(prompt.name)}</h1><p class="lead">${words.confirmingText}</p>${rows}<div class="actions">${action(frame, 'ask', words.lookNow, { look: 'btn' })}<p class="gap-m"><a class="btn two" href="${url}">${words.cardAction}</a></p></div>${safe(words.canClose, 'check')}`;
  return { main, said: words.confirmingSaid(prompt.name), everySeconds: 4 };
}

/** Providers withdraw nothing, so a wrong number is a page of its own: what is open ends by itself or on the phone. */
export function changePage(frame: Frame, { prompt }: Of<'change'>): Body {
  const { words, clock } = frame;
  const until = prompt.untilMs === null ? null : clock.time(prompt.untilMs);
  const left =
    prompt.untilMs === null || until === null ? '' : timeLeft(frame, prompt.untilMs, words.endsAt(until), 'left gap');
  const isOnPhone = prompt.phone !== null;
  const text = isOnPhone ? words.changeText(prompt.phone, until) : words.changeBankText(until);
  const cancelled = isOnPhone ? action(frame, 'ask', words.iCancelled, { fields: { view: 'change' } }) : '';
  const main = html`${verdict('wait', words.stillOpen, words.changeTitle)}<p class="lead">${text}</p>${left}<div class="actions">${cancelled}<p class="gap-m">${look(frame, 'waiting', words.keepWaiting)}</p></div>`;
  return { main, said: words.changeTitle, everySeconds: 3 };
}

export function checkingPage(frame: Frame, { prompt, askedAtMs, nextAtMs }: Of<'checking'>): Body {
  const { words, clock, nowMs } = frame;
  // Nothing is known of it yet but that it was begun.
  if (prompt.name === '') {
    const starting = html`<h1>${words.sending}</h1><p class="lead">${words.confirmingText}</p>`;
    return { main: starting, said: words.sending, everySeconds: 2 };
  }
  const hasEnded = prompt.untilMs !== null && prompt.untilMs <= nowMs;
  const rows = steps(
    frame,
    [
      sentRow(frame, prompt),
      ...(hasEnded && prompt.untilMs !== null
        ? [{ state: 'past', label: words.timeEnded, time: clock.time(prompt.untilMs) } as const]
        : []),
      {
        state: 'now',
        label: words.asking(prompt.name),
        time: askedAtMs === null ? undefined : words.last(clock.time(askedAtMs)),
      },
    ],
    ' hold',
  );
  const again =
    nextAtMs === null || nextAtMs <= nowMs ? '' : html`<p class="under">${words.asksAgain(clock.time(nextAtMs))}</p>`;
  const main = html`${verdict('wait', words.notKnownYet, words.checkingTitle(prompt.name))}<div class="note n-stop gap">${icon('stop')}<div>${bold(words.doNotPayYet)}${words.hasNotTold(prompt.name)}</div></div>${rows}${todo([words.canClose, words.ifTaken(prompt.name, frame.owner)])}<div class="actions">${action(frame, 'ask', words.checkNow, { look: 'btn two', fields: { view: 'sent' } })}${again}</div>`;
  return { main, said: words.checkingSaid(prompt.name), isOver: true, everySeconds: 5 };
}

export function unknownPage(frame: Frame, { prompt, sinceMs }: Of<'unknown'>): Body {
  const { words, clock, help } = frame;
  const byMs = nextWorkingDay(frame, sinceMs);
  const slip = html`<div class="slip"><p class="quiet">${words.paymentNumber}</p><p class="big">${frame.number}</p><p class="quiet gap-s">${help === null ? words.tellNumberNoPhone(frame.merchant) : html`${words.tellNumber(frame.merchant)} <a class="num" href="tel:${help.dialled}">${help.shown}</a>`}</p></div>`;
  const main = html`${verdict('wait', words.notKnownYet, words.unknownTitle(prompt.name))}<div class="note n-stop gap">${icon('stop')}<div>${bold(words.doNotPay)}${words.personAsks(prompt.name)}</div></div>${todo([words.ifTaken(prompt.name, frame.owner), words.ifNot(frame.merchant), words.answerBy(clock.time(byMs), clock.weekday(byMs))])}${slip}<div class="actions">${goBack(frame, 'btn two')}</div>`;
  return {
    main,
    said: `${words.unknownTitle(prompt.name)}. ${words.doNotPay}`,
    isOver: true,
    hasNumber: true,
    everySeconds: 30,
  };
}

const DAY_MS = 86_400_000;

/** A day's work after the question was put, weekends left out: what people are told and staff hold themselves to. */
function nextWorkingDay({ clock }: Frame, fromMs: number): number {
  let atMs = fromMs + DAY_MS;
  while ([0, 6].includes(clock.dayOfWeek(atMs))) atMs += DAY_MS;
  return atMs;
}

export function bankPage(frame: Frame, { account }: Of<'bank'>): Body {
  const { words, clock } = frame;
  const grouped = account.number.replace(/[0-9]{3}(?=[0-9]{3})/g, '$& ');
  const given = (label: string, value: Html | string): Html =>
    html`<div class="given"><dt class="quiet">${label}</dt>${value}</div>`;
  const slip = html`<div class="slip"><dl>${given(words.accountNumber, html`<dd class="big all">${/^[0-9]{8,}$/.test(account.number) ? grouped : account.number}</dd>`)}${given(words.bankName, html`<dd>${account.bank}</dd>`)}${account.name === null ? '' : given(words.accountName, html`<dd>${account.name}</dd>`)}</dl><dl class="facts"><div><dt>${words.exactAmount}</dt><dd>${boldNum(totalText(frame))}</dd></div>${account.untilMs === null ? '' : html`<div><dt>${words.openUntil}</dt><dd>${clock.time(account.untilMs)}</dd></div>`}</dl></div>`;
  const main = html`<h1>${words.bankTitle(totalText(frame))}</h1><p class="lead">${words.bankLead}</p>${slip}<p class="quiet gap-m">${words.otherAmount}</p><div class="actions">${action(frame, 'ask', words.iSentIt, { fields: { view: 'sent' } })}<p class="gap-m">${look(frame, 'change', words.anotherWay)}</p></div>`;
  return { main, said: words.bankTitle(totalText(frame)), everySeconds: 10 };
}
