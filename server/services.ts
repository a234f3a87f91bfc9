import { APPLICATION_ROLE, openDatabase } from '@/db/client';
import { assembleServices, type Services } from '@/server/http/services';
import { databaseClock } from '@/server/kernel/clock';
import { type Config, readConfig } from '@/server/kernel/config';
import { openLog } from '@/server/kernel/log';
import { openLedger } from '@/server/ledger/open-ledger';

export async function openServices(config: Config): Promise<Services> {
  const log = openLog(config.logLevel);
  const clock = databaseClock;
  const db = openDatabase({
    url: config.databaseUrl,
    maxConnections: config.databasePoolMax,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa',
    settings: { lock_timeout: '5s', statement_timeout: '30s', idle_in_transaction_session_timeout: '10s' },
    queryTimeoutMs: 35_000,
  });
  const ledger = await openLedger({
    url: config.databaseUrl,
    clock,
    queueMax: config.ledgerQueueMax,
    batchMax: config.ledgerBatchMax,
  });
  return assembleServices({ db, ledger, clock, config, log });
}

/** On globalThis, since Next.js may load this file twice: once for each bundle, and again after every edit in dev. */
const holder = globalThis as typeof globalThis & { pesewaServices?: Promise<Services> };

/** The process's services, made at the first call. */
export function getServices(): Promise<Services> {
  holder.pesewaServices ??= openServices(readConfig(process.env)).catch((error: unknown) => {
    // A database that was away is asked again by the next request.
    delete holder.pesewaServices;
    throw error;
  });
  return holder.pesewaServices;
}
