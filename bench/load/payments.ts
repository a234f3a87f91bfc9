import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult, PaymentJob } from './jobs';
import { Meter } from './meter';

/** A phone's first digits on each network; five or seven more follow. Whole shillings in Kenya. */
const NETWORKS = [
  { provider: 'MTN', currency: 'GHS', prefix: '23324' },
  { provider: 'TELECEL', currency: 'GHS', prefix: '23320' },
  { provider: 'AIRTELTIGO', currency: 'GHS', prefix: '23327' },
  { provider: 'MPESA', currency: 'KES', prefix: '25471' },
] as const;

const TICK_MS = 5;

/** Every answer must be 200; whether the money came is for the books to say. */
export async function runPayments(job: PaymentJob): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.connections });
  const meter = new Meter(job.until);
  const one = async (n: number): Promise<void> => {
    const sentAtMs = performance.now();
    await receive(agent, job, n);
    meter.finished(performance.now() - sentAtMs);
  };
  try {
    if (job.perSecond === null) await closedLoop(meter, job.connections, one);
    else await paced(meter, job.perSecond, one);
  } finally {
    agent.destroy();
  }
  return meter.result();
}

async function closedLoop(meter: Meter, connections: number, one: (n: number) => Promise<void>): Promise<void> {
  const worker = async (): Promise<void> => {
    while (meter.mayStart()) await one(meter.started);
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

/** By the clock: who is late is not waited for, so that a slow server does not lighten its own load. */
async function paced(meter: Meter, perSecond: number, one: (n: number) => Promise<void>): Promise<void> {
  const beganAtMs = performance.now();
  const sent: Promise<void>[] = [];
  for (let isOpen = true; isOpen; ) {
    const due = Math.floor(((performance.now() - beganAtMs) * perSecond) / 1_000);
    while (sent.length < due && isOpen) {
      isOpen = meter.mayStart();
      if (isOpen) sent.push(one(meter.started));
    }
    if (isOpen) await sleep(TICK_MS);
  }
  await Promise.all(sent);
}

function receive(agent: Agent, job: PaymentJob, n: number): Promise<void> {
  const network = NETWORKS[n % NETWORKS.length] as (typeof NETWORKS)[number];
  const body = JSON.stringify({
    amount: 5_000,
    currency: network.currency,
    phone: network.prefix + String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0'),
    provider: network.provider,
    description: 'Union Dues',
    metadata: { clientReference: `${job.prefix}-${n}` },
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port: job.port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/payments/receive',
        headers: {
          Authorization: `Bearer ${job.secret}`,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`A payment was answered ${response.statusCode}: ${text.slice(0, 500)}`));
        });
        response.once('error', reject);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
