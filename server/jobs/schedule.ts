import { APPLICATION_ROLE, type Database, openDatabase } from '@/db/client';
import { finishApproved } from '@/server/approvals/carry-out';
import { lapseApprovals } from '@/server/approvals/lapse';
import { proveAndRecord } from '@/server/attention/record-proof';
import { reencryptTokens } from '@/server/auto-top-ups/method-token';
import type { Clock } from '@/server/kernel/clock';
import type { Config } from '@/server/kernel/config';
import type { Log } from '@/server/kernel/log';
import { openSecretBox } from '@/server/kernel/secret-box';
import type { Ledger } from '@/server/ledger/ledger';
import { openSealKey } from '@/server/ledger/seals/key-file';
import { sealHeads } from '@/server/ledger/seals/seal-heads';
import { sweepExpired } from '@/server/ledger/sweep';
import { reencryptCredentials } from '@/server/providers/reencrypt-credentials';
import { rollUp } from '@/server/reports/roll-up';
import { FAILURES_KEPT_HOURS } from '@/server/staff/throttle';
import { expireDueTopUps } from '@/server/top-ups/expire-due';
import { tellExpiringCredit } from '@/server/wallets/tell-expiring-credit';
import {
  purgeAnswers,
  purgeDeliveries,
  purgePrompts,
  purgeRequestLog,
  purgeSessions,
  purgeSignIns,
  purgeThrottles,
} from './purge';

/** What a task works with. */
export interface JobServices {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly config: Config;
  readonly log: Log;
  /** Told the verdict of each proof of the books. */
  readonly onBooksProved: (brokenInvariants: number) => void;
}

/** What runs by itself, and when (UTC, crontab). A task is safe to run twice and at once in two processes. */
export interface ScheduledTask {
  readonly name: string;
  readonly crontab: string;
  run(services: JobServices): Promise<void>;
}

const ANSWERS_KEPT_HOURS = 72;
const REQUEST_LOG_KEPT_DAYS = 30;
/** The longest window is a day. */
const PROMPTS_KEPT_DAYS = 2;
const SESSIONS_KEPT_DAYS = 30;
const DELIVERIES_KEPT_DAYS = 30;

export const SCHEDULE: readonly ScheduledTask[] = [
  {
    name: 'roll_up_reports',
    crontab: '* * * * *',
    run: async ({ config, clock }) => rollUpReports(config, clock),
  },
  {
    name: 'sweep_expired',
    crontab: '* * * * *',
    run: async ({ db, ledger, clock, log }) => {
      const accounts = await sweepExpired(db.pool, ledger, clock.fixedMs());
      if (accounts > 0) log.info({ accounts }, 'swept expired lots and holds');
    },
  },
  {
    name: 'tell_expiring_credit',
    crontab: '*/10 * * * *',
    run: async ({ db, ledger, clock, log }) => {
      const lots = await tellExpiringCredit({ db, ledger, clock });
      if (lots > 0) log.info({ lots }, 'told of promotional credit that expires soon');
    },
  },
  {
    name: 'expire_top_ups',
    crontab: '* * * * *',
    run: async ({ db, ledger, clock, log }) => {
      const topUps = await expireDueTopUps({ db, ledger, clock });
      if (topUps > 0) log.info({ topUps }, 'ended top-ups that nobody paid in time');
    },
  },
  {
    name: 'tend_approvals',
    crontab: '* * * * *',
    run: async ({ db, ledger, clock, log }) => {
      const finished = await finishApproved({ db, ledger, clock });
      if (finished > 0) log.info({ approvals: finished }, 'took up approved acts that were not carried out');
      const lapsed = await lapseApprovals({ db, ledger, clock });
      if (lapsed > 0) log.info({ approvals: lapsed }, 'ended approvals that nobody decided in time');
    },
  },
  {
    name: 'seal_heads',
    crontab: '*/15 * * * *',
    run: sealEveryTenant,
  },
  {
    name: 'prove_books',
    crontab: '7 2 * * *',
    run: proveTheBooks,
  },
  {
    name: 'purge_answers',
    crontab: '23 * * * *',
    run: async ({ db }) => {
      await purgeAnswers(db.pool, ANSWERS_KEPT_HOURS);
    },
  },
  {
    name: 'purge_request_log',
    crontab: '41 3 * * *',
    run: async ({ db }) => {
      await purgeRequestLog(db.pool, REQUEST_LOG_KEPT_DAYS);
    },
  },
  {
    name: 'purge_webhook_deliveries',
    crontab: '29 * * * *',
    run: async ({ db }) => {
      await purgeDeliveries(db.pool, DELIVERIES_KEPT_DAYS);
    },
  },
  {
    name: 'purge_prompts',
    crontab: '53 * * * *',
    run: async ({ db }) => {
      await purgePrompts(db.pool, PROMPTS_KEPT_DAYS);
    },
  },
  {
    name: 'reencrypt_credentials',
    crontab: '17 3 * * *',
    run: async ({ db, config, log }) => {
      const secretBox = openSecretBox({ keys: config.encryptionKeys, dataDir: config.dataDir });
      const count = (await reencryptCredentials(db.pool, secretBox)) + (await reencryptTokens(db.pool, secretBox));
      if (count > 0) log.info({ count }, 'sealed provider credentials and card tokens anew under the current key');
    },
  },
  {
    name: 'purge_log_ins',
    crontab: '47 * * * *',
    run: async ({ db }) => {
      await purgeSessions(db.pool, SESSIONS_KEPT_DAYS);
      await purgeThrottles(db.pool, FAILURES_KEPT_HOURS);
      await purgeSignIns(db.pool, FAILURES_KEPT_HOURS);
    },
  },
];

/** On a connection of its own: the first count reads all the books, and would pass a request's time limit. */
async function rollUpReports(config: Config, clock: Clock): Promise<void> {
  const db = openDatabase({
    url: config.databaseUrl,
    maxConnections: 1,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa-reports',
  });
  try {
    await rollUp({ db, clock });
  } finally {
    await db.pool.end();
  }
}

/** On a connection of its own: reading all the books takes longer than any request may. */
async function proveTheBooks({ db, ledger, clock, config, log, onBooksProved }: JobServices): Promise<void> {
  const { pool } = openDatabase({
    url: config.databaseUrl,
    maxConnections: 1,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa-books',
  });
  try {
    const { findings } = await proveAndRecord({ db, ledger, clock }, pool);
    onBooksProved(findings.length);
    for (const { invariant, title, rows } of findings) {
      log.error({ invariant, title, rows }, 'an invariant of the books is broken');
    }
  } finally {
    await pool.end();
  }
}

async function sealEveryTenant({ db, ledger, clock, config, log }: JobServices): Promise<void> {
  const key = openSealKey({ privateKeyPem: config.sealPrivateKey, dataDir: config.dataDir });
  const { rows } = await db.pool.query<{ tenant_id: string }>(
    'select tenant_id from accounts where sequence > 0 union select tenant_id from audit_heads',
  );
  for (const { tenant_id: tenantId } of rows) {
    const seal = await sealHeads(db.pool, tenantId, key, () => ledger.nextId(), clock.fixedMs());
    if (seal !== null) log.debug({ tenantId, sealId: seal.sealId, heads: seal.heads.length }, 'sealed');
  }
}
