import type { Charge, Delivery } from './charges';
import type { OutgoingMessage, Simulator } from './simulator';

/** How long a provider waits for the merchant's answer. */
const ANSWER_MS = 10_000;
const DELIVERIES_MAX = 200;

/** Sends a charge's callback as its plan wants it: once, often, late, not at all, or spoilt. */
export async function tellMerchant(simulator: Simulator, charge: Charge): Promise<void> {
  const { callbacks = 1, callbackDelayMs = 0 } = charge.plan;
  const message = simulator.tellers.get(charge.provider)?.(charge, charge.callbacks.length) ?? null;
  if (message === null || callbacks === 0) return;
  const send = (): Promise<void> => sendTimes(simulator, charge, message, callbacks);
  if (callbackDelayMs === 0) return send();
  simulator.clock.after(callbackDelayMs, send);
}

/** The last word again, as staff of a provider may send it again by hand. */
export async function tellAgain(simulator: Simulator, charge: Charge): Promise<boolean> {
  const message = simulator.tellers.get(charge.provider)?.(charge, charge.callbacks.length) ?? null;
  if (message === null) return false;
  await sendTimes(simulator, charge, message, 1);
  return true;
}

async function sendTimes(simulator: Simulator, charge: Charge, message: OutgoingMessage, times: number): Promise<void> {
  const spoilt = spoil(message, charge.plan.callbackBody);
  await Promise.all(Array.from({ length: times }, () => sendUntilHeard(simulator, charge, spoilt)));
}

/** Again and again, where the provider does so, until the merchant answers 200. */
export async function sendUntilHeard(
  simulator: Simulator,
  charge: Charge | null,
  message: OutgoingMessage,
  tries = 1,
): Promise<void> {
  const isHeard = await deliver(simulator, charge, message);
  const waitMs = isHeard ? null : (message.retryAfterMs?.(tries) ?? null);
  if (waitMs === null) return;
  simulator.clock.after(waitMs, () => sendUntilHeard(simulator, charge, message, tries + 1));
}

/** One HTTP request to the merchant, kept on the charge with its answer. True for 200. */
export async function deliver(simulator: Simulator, charge: Charge | null, message: OutgoingMessage): Promise<boolean> {
  const { method, url, body, headers } = message;
  const delivery: Delivery = { at: simulator.clock.now(), method, url, body, status: null, error: null };
  charge?.callbacks.push(delivery);
  if (charge !== null && charge.callbacks.length > DELIVERIES_MAX) charge.callbacks.shift();
  const sent = simulator.work.track(
    fetch(url, {
      method,
      headers: { ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    }).then(
      async (answer) => {
        await answer.body?.cancel();
        delivery.status = answer.status;
      },
      (error: unknown) => {
        delivery.status = 0;
        delivery.error = reasonOf(error);
      },
    ),
  );
  await sent;
  simulator.events.emit('change');
  return delivery.status === 200;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** Providers' callbacks do arrive like this; shared reports name HTML pages and error envelopes. */
function spoil(message: OutgoingMessage, how: 'html' | 'error' | 'empty' | 'truncated' | undefined): OutgoingMessage {
  if (how === undefined) return message;
  const html = { ...message.headers, 'content-type': 'text/html; charset=utf-8' };
  if (how === 'html') return { ...message, headers: html, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' };
  if (how === 'empty') return { ...message, body: '' };
  if (how === 'truncated') return { ...message, body: message.body.slice(0, Math.floor(message.body.length / 2)) };
  const envelope = { requestId: '11728-2929992-1', errorCode: '500.001.1001', errorMessage: 'Internal server error' };
  return { ...message, body: JSON.stringify(envelope) };
}
