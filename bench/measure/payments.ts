import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Figure, figure, median, medianRatio } from '../figures';
import { Histogram } from '../load/histogram';
import type { LoadGenerator } from '../load/load-generator';
import type { Sizes } from '../options';
import { cpuMs } from '../stage/process-usage';
import type { BenchSimulator } from '../stage/simulator';
import type { Debits } from './debits';

const PER_SECOND = 200;
const DEBIT_CONNECTIONS = 64;
const PAYMENT_CONNECTIONS = 64;
const SETTLED_WITHIN_MS = 120_000;

interface Slice {
  /** From the first request to the last credit. */
  readonly perSecond: number;
  readonly payments: number;
  /** From a payment's first row to its credit. */
  readonly seconds: { readonly p50: number; readonly p95: number };
  readonly answer: Histogram;
  readonly microseconds: { readonly server: number; readonly postgres: number; readonly simulator: number };
}

/**
 * Payments from the request to the money in the books: prompt, approval, callback, question and posting, through the
 * simulator over HTTP. Alone, as many as go; then two hundred a second beside debits, against the same debits alone.
 * @param generators one for debits, one for payments: both at once
 */
export async function measurePayments(
  generators: { readonly payments: LoadGenerator },
  debits: Debits,
  simulator: BenchSimulator,
  { rounds, sliceMs, warmUpMs, paymentsMs }: Sizes,
): Promise<{ figures: Figure[]; series: Record<string, readonly number[]> }> {
  const pool = new pg.Pool({ connectionString: debits.database.url, max: 2, application_name: 'bench' });
  let slices = 0;
  const payments = async (perSecond: number | null, durationMs: number): Promise<Slice> => {
    const prefix = `p${slices++}`;
    const before = await usage(pool, debits, simulator);
    const result = await generators.payments.run({
      kind: 'payments',
      port: debits.server.port,
      secret: debits.database.payments.secret,
      prefix,
      perSecond,
      connections: PAYMENT_CONNECTIONS,
      until: { durationMs },
    });
    const settled = await settle(pool, debits.database.payments.tenantId, prefix, result.answers);
    const after = await usage(pool, debits, simulator);
    const each = (part: keyof typeof before): number => ((after[part] - before[part]) * 1_000) / result.answers;
    return {
      ...settled,
      payments: result.answers,
      answer: Histogram.merge([result.histogram]),
      microseconds: { server: each('server'), postgres: each('postgres'), simulator: each('simulator') },
    };
  };
  const debit = (durationMs: number) =>
    debits.run({ wallets: debits.database.wallets, connections: DEBIT_CONNECTIONS, until: { durationMs } });
  try {
    await debit(warmUpMs);
    await payments(null, warmUpMs);
    const alone: Slice[] = [];
    const offered: Slice[] = [];
    for (let round = 0; round < rounds; round++) {
      alone.push(await payments(null, paymentsMs));
      offered.push(await payments(PER_SECOND, paymentsMs));
    }
    const without: number[] = [];
    const beside: number[] = [];
    const mixed: Slice[] = [];
    for (let round = 0; round < rounds; round++) {
      without.push((await debit(sliceMs)).perSecond);
      const running = payments(PER_SECOND, sliceMs + 2_000);
      // The first callbacks are on their way before the debits begin.
      await sleep(1_000);
      beside.push((await debit(sliceMs)).perSecond);
      mixed.push(await running);
    }
    const rates = alone.map(({ perSecond }) => perSecond);
    const cpu = (part: keyof Slice['microseconds']): number =>
      median(offered.map(({ microseconds }) => microseconds[part]));
    const answers = Histogram.merge(offered.map(({ answer }) => answer.toJSON()));
    return {
      figures: [
        figure('payments credited, as many as go', '/s', median(rates), { atLeast: PER_SECOND }),
        figure('payments credited, 200 a second offered', '/s', median(offered.map(({ perSecond }) => perSecond))),
        figure('answer to a request, p95 at 200/s', 'ms', answers.percentileMs(0.95)),
        figure('request to credit, p50 at 200/s', 's', median(offered.map(({ seconds }) => seconds.p50))),
        figure('request to credit, p95 at 200/s', 's', median(offered.map(({ seconds }) => seconds.p95))),
        figure('request to credit, p95 beside debits', 's', median(mixed.map(({ seconds }) => seconds.p95))),
        figure('debits beside 200 payments a second', '/s', median(beside)),
        figure('debits beside payments ÷ without', '×', medianRatio(beside, without), { atLeast: 0.7 }),
        figure('CPU of the server a payment', 'µs', cpu('server')),
        figure('CPU of its PostgreSQL backends a payment', 'µs', cpu('postgres')),
        figure('CPU of the simulator a payment', 'µs', cpu('simulator')),
      ],
      series: {
        'payments/s': rates,
        'debits/s without payments': without,
        'debits/s beside payments': beside,
      },
    };
  } finally {
    await pool.end();
  }
}

/** Waits until every payment of a slice is credited. @throws when one is not, or ended otherwise */
async function settle(
  pool: pg.Pool,
  tenantId: string,
  prefix: string,
  expected: number,
): Promise<Pick<Slice, 'perSecond' | 'seconds'>> {
  const giveUpAtMs = performance.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const { rows } = await pool.query<{ all: string; paid: string; seconds: string; p50: number; p95: number }>(
      `select count(*) as all, count(*) filter (where p.state = 'succeeded') as paid,
         extract(epoch from max(s.created_at) - min(p.created_at)) as seconds,
         percentile_cont(0.5) within group (order by extract(epoch from s.created_at - p.created_at)) as p50,
         percentile_cont(0.95) within group (order by extract(epoch from s.created_at - p.created_at)) as p95
       from payments p
       left join payment_transitions s on s.tenant_id = p.tenant_id and s.payment_id = p.id and s.to_state = 'succeeded'
       where p.tenant_id = $1 and p.reference like $2 || '-%'`,
      [tenantId, prefix],
    );
    const found = rows[0];
    if (found !== undefined && Number(found.paid) === expected && Number(found.all) === expected) {
      return {
        perSecond: expected / Number(found.seconds),
        seconds: { p50: Number(found.p50), p95: Number(found.p95) },
      };
    }
    if (performance.now() > giveUpAtMs) {
      throw new Error(`Of ${expected} payments ${found?.all ?? 0} are there and ${found?.paid ?? 0} credited.`);
    }
    await sleep(250);
  }
}

async function usage(pool: pg.Pool, debits: Debits, simulator: BenchSimulator) {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name like 'pesewa%'`,
  );
  const backends = rows.map(({ pid }) => cpuMs(pid)).filter(Number.isFinite);
  return {
    server: cpuMs(debits.server.pid),
    postgres: backends.reduce((sum, ms) => sum + ms, 0),
    simulator: cpuMs(simulator.pid),
  };
}
