import { databaseClock } from '@/server/kernel/clock';
import { openLedger } from '../open-ledger';
import { doMixedWork, type MixedWork } from './mixed-work';

/**
 * A process that posts: bundled and started by `two-processes.db.test.ts`. It opens its ledger, says that it is ready,
 * waits for a word so that all begin together, and sends back what its workers heard.
 */
interface Task {
  readonly url: string;
  readonly works: readonly MixedWork[];
}

async function main(): Promise<void> {
  const task = JSON.parse(process.env['POSTING_TASK'] ?? '') as Task;
  const ledger = await openLedger({ url: task.url, clock: databaseClock });
  const begin = new Promise<void>((resolve) => process.once('message', () => resolve()));
  process.send?.('ready');
  await begin;
  const lists = await Promise.all(task.works.map((work) => doMixedWork(ledger, work)));
  await ledger.close();
  process.send?.(lists.flat(), () => process.disconnect());
}

await main();
