import path from 'node:path';
import { type Figure, table } from './figures';
import { LoadGenerator } from './load/load-generator';
import { measureAtRest } from './measure/at-rest';
import { BATCH_CONNECTIONS, BATCH_OF, measureBatches } from './measure/batches';
import { Debits, requireProof } from './measure/debits';
import { measureFees } from './measure/fees';
import { measureMemory } from './measure/memory';
import { measurePayments } from './measure/payments';
import { profileReport } from './measure/profile-report';
import { measureTableSize } from './measure/table-size';
import { measureThroughput } from './measure/throughput';
import { type Options, readOptions, USAGE } from './options';
import { currentCommit, describeMachine, keep, type Run } from './results';
import { type ApiServer, startApiServer } from './stage/api-server';
import { type BenchDatabase, createDatabase, growHistory, onServer, prepareDatabase } from './stage/bench-database';
import { runTool } from './stage/child-processes';
import { startEmptyNext } from './stage/empty-next';
import { freePort } from './stage/free-port';
import { preparePgbench } from './stage/pgbench';
import { startSimulator } from './stage/simulator';

interface Gathered {
  readonly figures: Figure[];
  readonly series: Record<string, readonly number[]>;
  readonly proved: Record<string, { readonly journals: number; readonly entries: number }>;
  readonly rivals: Record<string, string>;
}

const HISTORY_PREFIX = 'history';
const FIRST_PREFIX = 'first';
const PAYMENT_WALLETS = 5_000;

/** @returns the exit code */
export async function runBench(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const serverUrl = process.env['DATABASE_URL'];
  if (options === null || serverUrl === undefined) {
    console.log(USAGE);
    return options === null ? 0 : 2;
  }
  const startedAt = new Date().toISOString();
  // Before the build: the tree may have moved on by the end of the run.
  const commit = currentCommit();
  if (options.build) await step('build', () => runTool(process.execPath, ['scripts/build.mjs']));
  const generator = new LoadGenerator();
  const gathered: Gathered = { figures: [], series: {}, proved: {}, rivals: {} };
  if (options.profile) {
    await profile(generator, serverUrl, options);
    return 0;
  }
  if (['throughput', 'batches', 'fees', 'memory', 'at-rest'].some((part) => options.parts.has(part as 'memory'))) {
    await measureOneDatabase(generator, serverUrl, options, gathered);
  }
  if (options.parts.has('table-size')) await measureTwoDatabases(generator, serverUrl, options, gathered);
  if (options.parts.has('payments')) await measurePaymentsDatabase(generator, serverUrl, options, gathered);
  generator.stop();
  const run: Run = {
    date: startedAt,
    commit,
    machine: await describeMachine(serverUrl),
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    sizes: options.sizes,
    ...gathered,
  };
  console.log(`\n${table(run.figures)}\n\nKept in ${keep(run)}.`);
  const missed = run.figures.filter(({ pass }) => pass === false).length;
  if (missed > 0) console.log(`${missed} of ${run.figures.filter(({ bar }) => bar !== null).length} bars missed.`);
  return options.assert && missed > 0 ? 1 : 0;
}

/** From empty tables on: everything that needs one server on one database. */
async function measureOneDatabase(
  generator: LoadGenerator,
  serverUrl: string,
  { parts, sizes }: Options,
  gathered: Gathered,
): Promise<void> {
  const database = await step('wallets', () => prepareDatabase(serverUrl, 'bench', sizes.coldWallets));
  const server = await startApiServer(database.url);
  const debits = new Debits(generator, database, server);
  if (parts.has('throughput')) {
    const emptyNext = await step('empty Next.js app', startEmptyNext);
    const pgbench = await step('pgbench', () => preparePgbench(serverUrl));
    gathered.rivals['pgbench'] = pgbench === null ? 'not installed' : `${pgbench.version}: ${pgbench.command}`;
    const rivals = { emptyNextPort: emptyNext.port, pgbench };
    add(gathered, await step('throughput', () => measureThroughput(generator, debits, rivals, sizes)));
    await emptyNext.stop();
  }
  if (parts.has('batches')) add(gathered, await step('batches', () => measureBatches(debits, sizes)));
  if (parts.has('fees')) add(gathered, await step('fees', () => measureFees(debits, sizes)));
  if (parts.has('at-rest')) {
    add(gathered, await step('at rest', () => measureAtRest(generator, debits, serverUrl, sizes)));
  }
  if (parts.has('memory')) add(gathered, await step('memory', () => measureMemory(debits, sizes)));
  await server.stop();
  await prove(gathered, debits, 'bench');
}

/** One wallet set over a small and a large table. */
async function measureTwoDatabases(
  generator: LoadGenerator,
  serverUrl: string,
  { sizes }: Options,
  gathered: Gathered,
): Promise<void> {
  const first = sizes.historyWallets * sizes.journalsPerWallet;
  const small = await step('small table', async () => {
    const database = await prepareDatabase(serverUrl, 'bench_small', sizes.historyWallets);
    await growHistory(database, FIRST_PREFIX, first);
    return database;
  });
  const large = await step('large table', async () => {
    const url = await createDatabase(serverUrl, 'bench_large', 'bench_small');
    const database: BenchDatabase = { ...small, url };
    await growHistory(database, HISTORY_PREFIX, sizes.historyJournals);
    return database;
  });
  // Neither owes housekeeping that autovacuum would do in the middle of the other's turn.
  for (const { url } of [small, large]) await onServer(url, (client) => client.query('vacuum analyze'));
  const servers: ApiServer[] = [await startApiServer(small.url), await startApiServer(large.url)];
  const [smallServer, largeServer] = servers as [ApiServer, ApiServer];
  const pair = [
    new Debits(generator, small, smallServer, { [FIRST_PREFIX]: first }),
    new Debits(generator, large, largeServer, { [FIRST_PREFIX]: first, [HISTORY_PREFIX]: sizes.historyJournals }),
  ] as const;
  add(gathered, await step('table size', () => measureTableSize(generator, ...pair, sizes)));
  for (const server of servers) await server.stop();
  await prove(gathered, pair[0], 'bench_small');
  await prove(gathered, pair[1], 'bench_large');
}

/** Payments need the simulated providers beside the server, and a load of their own beside the debits'. */
async function measurePaymentsDatabase(
  generator: LoadGenerator,
  serverUrl: string,
  { sizes }: Options,
  gathered: Gathered,
): Promise<void> {
  const database = await step('wallets', () => prepareDatabase(serverUrl, 'bench_payments', PAYMENT_WALLETS));
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const simulator = await startSimulator(simulatorPort);
  const server = await startApiServer(database.url, [], {
    PORT: String(port),
    BASE_URL: `http://127.0.0.1:${port}`,
    PROVIDERS_SIMULATOR_URL: simulator.url,
  });
  const debits = new Debits(generator, database, server);
  const payments = new LoadGenerator();
  add(gathered, await step('payments', () => measurePayments({ payments }, debits, simulator, sizes)));
  payments.stop();
  await server.stop();
  await simulator.stop();
  await prove(gathered, debits, 'bench_payments');
}

async function profile(generator: LoadGenerator, serverUrl: string, { sizes, parts }: Options): Promise<void> {
  const database = await step('wallets', () => prepareDatabase(serverUrl, 'bench', sizes.coldWallets));
  const directory = path.resolve('.build/bench-profile');
  const server = await startApiServer(database.url, ['--cpu-prof', `--cpu-prof-dir=${directory}`]);
  const debits = new Debits(generator, database, server);
  const inBatches = parts.size === 1 && parts.has('batches');
  const load = {
    wallets: database.wallets,
    connections: inBatches ? BATCH_CONNECTIONS : 64,
    batchOf: inBatches ? BATCH_OF : null,
    until: { durationMs: sizes.sliceMs * sizes.rounds },
  };
  const { debitsPerSecond, microsecondsPerDebit } = await step('profile', () => debits.run(load));
  await server.stop();
  generator.stop();
  console.log(`${Math.round(debitsPerSecond)} debits/s; µs of CPU a debit: ${JSON.stringify(microsecondsPerDebit)}`);
  console.log(profileReport(directory, path.resolve('.build/server/main.mjs')));
  console.log('\nThe profile is in .build/bench-profile, for the profiler of any Chromium.');
}

async function prove(gathered: Gathered, debits: Debits, name: string): Promise<void> {
  await step(`books of ${name}`, async () => {
    await debits.checkAcknowledged();
    gathered.proved[name] = await requireProof(debits.database.url);
  });
}

function add(gathered: Gathered, part: { figures: Figure[]; series: Record<string, readonly number[]> }): void {
  gathered.figures.push(...part.figures);
  Object.assign(gathered.series, part.series);
}

async function step<R>(title: string, work: () => Promise<R>): Promise<R> {
  const startedAt = performance.now();
  const result = await work();
  console.log(`  ${title.padEnd(24)} ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  return result;
}
