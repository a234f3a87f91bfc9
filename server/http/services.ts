import type { Database } from '@/db/client';
import { openAuthSecret } from '@/server/kernel/auth-secret';
import type { Clock } from '@/server/kernel/clock';
import type { Config } from '@/server/kernel/config';
import type { Log } from '@/server/kernel/log';
import { openSecretBox, type SecretBox } from '@/server/kernel/secret-box';
import type { Ledger } from '@/server/ledger/ledger';
import { openPaymentPorts } from '@/server/payments/ports-of-process';
import { Authenticator } from './authenticate';
import { Idempotency } from './idempotency';
import { Metrics } from './metrics';
import { RateLimiter } from './rate-limit';
import { RequestLog } from './request-log';

/** What one process has one of. Both mounts of the API work on the same. */
export interface Services {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly db: Database;
  readonly ledger: Ledger;
  readonly secretBox: SecretBox;
  /** What the console's cookies are encrypted with. */
  readonly authSecret: () => string;
  readonly authenticator: Authenticator;
  readonly rateLimiter: RateLimiter;
  readonly idempotency: Idempotency;
  readonly requestLog: RequestLog;
  readonly metrics: Metrics;
  /** Whether a line per request is wanted: asked once, not per request. */
  readonly logsRequests: boolean;
  /** Set when the process is about to end: ready no more, connections are not kept. */
  draining: boolean;
  close(): Promise<void>;
}

/** Parts that tests bring themselves. */
export interface Given {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly config: Config;
  readonly log: Log;
}

export function assembleServices({ db, ledger, clock, config, log }: Given): Services {
  const requestLog = new RequestLog(db);
  const secretBox = openSecretBox({ keys: config.encryptionKeys, dataDir: config.dataDir });
  const authSecret = openAuthSecret({ secret: config.authSecret, dataDir: config.dataDir });
  openPaymentPorts({ db, ledger, clock, config, log, secretBox });
  return {
    config,
    log,
    clock,
    db,
    ledger,
    secretBox,
    authSecret,
    authenticator: new Authenticator({ db, clock, authSecret, idleMinutes: config.sessionIdleMinutes }),
    rateLimiter: new RateLimiter(config.rateLimitPerMinute),
    idempotency: new Idempotency(db),
    requestLog,
    metrics: new Metrics({ ledgerQueue: () => ledger.queue.length, requestLogDropped: () => requestLog.dropped }),
    logsRequests: log.isLevelEnabled('debug'),
    draining: false,
    close: async () => {
      await requestLog.close();
      await ledger.close();
      await db.pool.end();
    },
  };
}
