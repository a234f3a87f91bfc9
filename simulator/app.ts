import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { createControl } from './control/control';
import type { DoorFault } from './door';
import { createHandset } from './handset/handset';
import { type Message, shownHeaders } from './message-log';
import { isProvider, type ProviderName } from './networks';
import { createDaraja, operationOf as darajaOperation } from './providers/daraja';
import { createHubtel, operationOf as hubtelOperation } from './providers/hubtel';
import { createMtnMomo, operationOf as mtnOperation } from './providers/mtn-momo';
import { createPaystack, operationOf as paystackOperation } from './providers/paystack/paystack';
import { createVodacomTz, operationOf as vodacomOperation } from './providers/vodacom-tz';
import type { Simulator } from './simulator';

/**
 * One port for everybody: each provider under its own path, the handset page, the control API. Plain Node in front, since
 * a simulated network cuts connections, holds answers and spoils them; Hono behind it knows the paths.
 */
const BODY_MAX = 256 * 1024;
const HUGE_BYTES = 64 * 1024 * 1024;

const OPERATIONS: Readonly<Record<ProviderName, (method: string, path: string) => string>> = {
  'mtn-momo': mtnOperation,
  daraja: darajaOperation,
  hubtel: hubtelOperation,
  paystack: paystackOperation,
  'vodacom-tz': vodacomOperation,
};

export type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

export function createListener(simulator: Simulator): Listener {
  const app = new Hono();
  app.get('/', (context) => context.redirect('/handset'));
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.route('/mtn-momo', createMtnMomo(simulator));
  app.route('/daraja', createDaraja(simulator));
  app.route('/hubtel', createHubtel(simulator));
  app.route('/paystack', createPaystack(simulator));
  app.route('/vodacom-tz', createVodacomTz(simulator));
  app.route('/control', createControl(simulator));
  app.route('/handset', createHandset(simulator));
  app.notFound((context) => context.json({ message: 'The simulator has no such path.' }, 404));
  app.onError((error, context) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    return context.json({ message: 'The simulator failed.' }, 500);
  });
  return (incoming, outgoing) => {
    serve(simulator, app, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function serve(
  simulator: Simulator,
  app: Hono,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const method = incoming.method ?? 'GET';
  const target = incoming.url ?? '/';
  const [path = '/'] = target.split('?');
  const body = await readBody(incoming);
  if (body === null) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const request = requestOf(incoming, method, target, body);
  const provider = path.split('/')[1];
  if (!isProvider(provider)) {
    await write(outgoing, method, await app.fetch(request, { incoming, outgoing }));
    return;
  }
  const operation = OPERATIONS[provider](method, path.slice(provider.length + 1));
  const message = simulator.log.add({
    at: simulator.clock.now(),
    provider,
    operation,
    method,
    path: target,
    headers: shownHeaders(request.headers),
    body: operation === 'page' ? '' : body.toString('utf8'),
  });
  const fault = operation === 'page' ? null : simulator.doors.take(provider, operation, simulator.clock.now());
  message.fault = fault?.mode ?? null;
  if (fault !== null && (await meetBefore(fault, message, outgoing))) return;
  const answer = await app.fetch(request);
  const text = await answer.text();
  message.status = answer.status;
  message.answer = operation === 'page' ? '' : text;
  if (fault !== null && (await meetAfter(simulator, fault, message, outgoing))) return;
  await write(outgoing, method, new Response(answer.status === 204 ? null : text, answer));
}

/** Faults that keep a request from being looked at. True when it is dealt with. */
async function meetBefore(fault: DoorFault, message: Message, outgoing: ServerResponse): Promise<boolean> {
  if (fault.mode === 'refuse') {
    message.status = 0;
    outgoing.destroy();
    return true;
  }
  if (fault.mode === 'hang') {
    message.status = 0;
    await new Promise((resolve) => outgoing.once('close', resolve));
    return true;
  }
  if (fault.mode === 'unavailable' || fault.mode === 'rate_limited') {
    message.status = fault.mode === 'unavailable' ? 503 : 429;
    message.answer =
      fault.mode === 'unavailable'
        ? '<html><body>Service Unavailable</body></html>'
        : '{"message":"Too many requests"}';
    const type = fault.mode === 'unavailable' ? 'text/html' : 'application/json';
    outgoing.writeHead(message.status, { 'content-type': type, 'retry-after': '5' }).end(message.answer);
    return true;
  }
  return false;
}

/** Faults after the work is done. True when the answer is dealt with. */
async function meetAfter(
  simulator: Simulator,
  fault: DoorFault,
  message: Message,
  outgoing: ServerResponse,
): Promise<boolean> {
  const answer = message.answer ?? '';
  const spoilt = (status: number, type: string, body: string): true => {
    outgoing.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
    return true;
  };
  switch (fault.mode) {
    case 'slow':
      await new Promise<void>((resolve) => simulator.clock.after(fault.delayMs ?? 5_000, resolve));
      return false;
    case 'lost_answer':
      outgoing.destroy();
      return true;
    case 'no_answer':
      await new Promise((resolve) => outgoing.once('close', resolve));
      return true;
    case 'garbage':
      return spoilt(200, 'application/json', '\u0000\u0007not json{{{');
    case 'truncated':
      return spoilt(message.status ?? 200, 'application/json', answer.slice(0, Math.floor(answer.length / 2)));
    case 'html':
      return spoilt(502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>');
    case 'empty':
      return spoilt(200, 'application/json', '');
    case 'huge':
      return sendHuge(outgoing);
    default:
      return false;
  }
}

/** Valid JSON that does not end soon; a reader without a bound drowns. */
async function sendHuge(outgoing: ServerResponse): Promise<true> {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  outgoing.write('{"message":"');
  for (let sent = 0; sent < HUGE_BYTES && !outgoing.destroyed; sent += chunk.length) {
    if (!outgoing.write(chunk))
      await Promise.race([new Promise((resolve) => outgoing.once('drain', resolve)), sleep(1_000)]);
  }
  outgoing.end('"}');
  return true;
}

function requestOf(incoming: IncomingMessage, method: string, target: string, body: Buffer): Request {
  const headers = new Headers();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '');
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const url = new URL(target.startsWith('/') ? target : '/', `http://${incoming.headers.host ?? 'localhost'}`);
  return new Request(url, { method, headers, body: hasBody ? new Uint8Array(body) : null });
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function write(outgoing: ServerResponse, method: string, answer: Response): Promise<void> {
  if (outgoing.destroyed) return;
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null || method === 'HEAD') {
    outgoing.end();
    return;
  }
  const reader = answer.body.getReader();
  outgoing.once('close', () => void reader.cancel().catch(() => undefined));
  for (let part = await reader.read(); !part.done; part = await reader.read()) outgoing.write(part.value);
  outgoing.end();
}
