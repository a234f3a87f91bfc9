import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { exponentOf, parseMajor } from '@/contracts/money';
import type { DoorFault } from '../door';
import { currencyOf, type Network, PROVIDER_TITLES, type ProviderName } from '../networks';
import type { Phone } from '../phones';
import type { Plan } from '../plan';
import type { Simulator } from '../simulator';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

interface Fault {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly must: string;
  /** Of the setting, where there is one. */
  readonly unit?: string;
  readonly value?: string;
  readonly label?: string;
}

/** The provider that is usually behind a network; Hubtel and Paystack reach MTN too. */
export const USUAL_PROVIDER: Readonly<Record<Network, ProviderName>> = {
  mtn: 'mtn-momo',
  telecel: 'hubtel',
  airteltigo: 'hubtel',
  'mpesa-ke': 'daraja',
  'mpesa-tz': 'vodacom-tz',
};

function faultsOf(provider: ProviderName, currency: string): readonly Fault[] {
  const who = PROVIDER_TITLES[provider];
  return [
    {
      name: 'delay',
      title: 'Late callback',
      text: 'The payment is made, the news of it comes late',
      must: 'Checkout goes on waiting, other payments do not',
      unit: 'seconds',
      value: '8',
      label: 'Delay in seconds',
    },
    {
      name: 'duplicate',
      title: 'Duplicate callback',
      text: 'It comes several times at once',
      must: 'Credited once',
      unit: 'times',
      value: '3',
      label: 'Number of callbacks',
    },
    {
      name: 'early',
      title: 'Callback before response',
      text: 'It overtakes the answer to the request, which waits for it',
      must: 'Finds its payment all the same',
    },
    {
      name: 'drop',
      title: 'Drop callback',
      text: 'It is never sent',
      must: 'Pesewa asks by itself: 10 s, 20 s, 40 s …',
    },
    {
      name: 'late',
      title: 'Late success',
      text: 'Paid, but after it failed or ran out of time',
      must: 'Expired becomes paid, the wallet is credited',
      unit: 'min after',
      value: '3',
      label: 'Minutes after the end',
    },
    {
      name: 'amount',
      title: 'Wrong amount',
      text: `${who} reports another amount`,
      must: 'Into suspense, nothing in the wallet',
      unit: currency,
      value: '5.00',
      label: `Amount reported in ${currency}`,
    },
    {
      name: 'reversal',
      title: 'Reversal',
      text: `${who} takes the money back later`,
      must: 'A clawback is posted, the balance may go below zero',
      unit: 'min later',
      value: '10',
      label: 'Minutes later',
    },
    {
      name: 'lie',
      title: 'Status that lies',
      text: 'Asked, it says pending after payment',
      must: 'Never failed on a guess, settled by the truth',
      unit: 'answers',
      value: '2',
      label: 'Number of wrong answers',
    },
    {
      name: 'lost',
      title: 'Answer lost',
      text: 'The request arrives, the connection breaks before the answer',
      must: 'Asked about, never sent twice',
    },
    {
      name: 'down',
      title: 'Network down',
      text: `Every call to ${who} is refused, at once`,
      must: 'Checkout shows the channel as not working',
      unit: 'seconds',
      value: '60',
      label: 'Seconds down',
    },
  ];
}

export function faultsPanel(simulator: Simulator, phone: Phone): Html {
  const provider = USUAL_PROVIDER[phone.network];
  const who = PROVIDER_TITLES[provider];
  const faults = faultsOf(provider, currencyOf(phone.number));
  const set = standing(simulator);
  return html`<section class="col faults-col" aria-labelledby="h-faults">
  <form class="panel" method="post" action="/handset/faults">
    <input type="hidden" name="phone" value="${phone.number}">
    <div class="panel-h">
      <div><h2 id="h-faults">Faults</h2><p>What goes wrong between ${who} and Pesewa</p></div>
      <fieldset class="seg"><legend class="vh">Applies to</legend><label><input type="radio" name="for" value="next" checked><span>Next request</span></label><label><input type="radio" name="for" value="phone"><span>This phone</span></label><label><input type="radio" name="for" value="network"><span>All of ${who}</span></label></fieldset>
    </div>
    <table class="faults">
      <thead><tr><th scope="col" class="first">Fault</th><th scope="col">Setting</th><th scope="col">What must happen</th></tr></thead>
      <tbody>${faults.map(
        (fault) =>
          html`<tr><td><input type="checkbox" id="f-${fault.name}" name="fault" value="${fault.name}"><label for="f-${fault.name}"><b>${fault.title}</b>${fault.text}</label></td><td class="set">${
            fault.unit === undefined
              ? ''
              : html`<input name="v-${fault.name}" value="${fault.value}" inputmode="decimal" maxlength="12" aria-label="${fault.label}">${fault.unit}`
          }</td><td class="must">${fault.must}</td></tr>`,
      )}</tbody>
    </table>
    <div class="panel-f"><button class="btn primary">Set faults</button><button class="btn quiet" name="clear" value="1">Clear all</button><span class="small soft end">Each is also a call, for tests</span></div>
    <div data-live="standing">${standingList(set)}</div>
    <pre tabindex="0" aria-label="The same as a call">curl -X PUT localhost:4010/control/phones/${phone.number}/next \\
  -d '{ "callback_delay_ms": 8000, "callbacks": 3 }'</pre>
  </form>
</section>`;
}

function standing(simulator: Simulator): readonly string[] {
  const plans = simulator.plans.list().map(({ scope, plan, left }) => {
    const what = Object.entries(plan).map(([name, value]) => `${wireName(name)} ${valueText(value)}`);
    const where = scope.phone ?? scope.provider ?? 'everything';
    return `${left === null ? 'All requests' : left === 1 ? 'The next request' : `The next ${left} requests`} of ${where}: ${what.join(', ')}`;
  });
  const doors = simulator.doors.list(simulator.clock.now()).map(({ provider, fault, untilMs, left }) => {
    const times = left === null ? '' : `, ${left} ${left === 1 ? 'time' : 'times'}`;
    const until = untilMs === null ? '' : `, for ${Math.ceil(untilMs / 1000)} s`;
    return `${provider}: ${fault.mode}${times}${until}`;
  });
  return [...plans, ...doors];
}

export function standingList(set: readonly string[]): Html {
  if (set.length === 0) return html``;
  return html`<ul class="standing">${set.map((one) => html`<li>${one}</li>`)}</ul>`;
}

export function standingOf(simulator: Simulator): Html {
  return standingList(standing(simulator));
}

function wireName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(String).join(' ');
}

const MINUTE_MS = 60_000;

/** What the form asks for, as a plan and a fault at the door; null where a setting is no sensible number. */
export function readFaults(fields: URLSearchParams, phone: string): { plan: Plan; doors: DoorFault[] } | null {
  const chosen = new Set(fields.getAll('fault'));
  const whole = (name: string, max: number): number => {
    const text = fields.get(`v-${name}`)?.trim() ?? '';
    return /^[0-9]{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= max ? Number(text) : Number.NaN;
  };
  const amount = parseAmount(fields.get('v-amount')?.trim() ?? '', currencyOf(phone));
  const numbers = {
    delay: whole('delay', 3_600),
    duplicate: whole('duplicate', 100),
    late: whole('late', 1_440),
    reversal: whole('reversal', 1_440),
    lie: whole('lie', 1_000),
    down: whole('down', 86_400),
  };
  const isWrong = Object.entries(numbers).some(([name, number]) => chosen.has(name) && Number.isNaN(number));
  if (isWrong || (chosen.has('amount') && amount === null)) return null;
  const plan: Plan = {
    ...(chosen.has('delay') && { callbackDelayMs: numbers.delay * 1_000 }),
    ...(chosen.has('duplicate') && { callbacks: numbers.duplicate }),
    ...(chosen.has('drop') && { callbacks: 0 }),
    ...(chosen.has('early') && { callbackFirst: true }),
    ...(chosen.has('late') && { lateSuccessMs: numbers.late * MINUTE_MS }),
    ...(chosen.has('reversal') && { reverseAfterMs: numbers.reversal * MINUTE_MS }),
    ...(chosen.has('amount') && amount !== null && { report: { amount, where: 'both' as const } }),
    ...(chosen.has('lie') && { lie: { answers: numbers.lie, says: 'pending' as const } }),
  };
  const doors: DoorFault[] = [];
  if (chosen.has('lost')) doors.push({ mode: 'lost_answer', operations: ['initiate'], times: 1 });
  if (chosen.has('down')) doors.push({ mode: 'unavailable', forMs: numbers.down * 1_000 });
  return { plan, doors };
}

function parseAmount(text: string, currency: string): bigint | null {
  const parsed = parseMajor(text, currency);
  if (parsed.ok) return parsed.amountMinor > 0n ? parsed.amountMinor : null;
  // "5.00" where the currency has no smaller unit.
  return exponentOf(currency) === 0 && /^[0-9]{1,9}\.0+$/.test(text) ? BigInt(text.split('.')[0] ?? '0') : null;
}
