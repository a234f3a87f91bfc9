import { ROLE_SCOPES, type Role } from '@/contracts/roles';
import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { isAccessToken, isMistyped, sameHash, storedSecret } from '@/server/kernel/secret';
import { sqlNow } from '@/server/kernel/sql-time';
import { PROVED_MINUTES } from '@/server/staff/console-session';
import { noteSeen } from '@/server/staff/note-seen';
import { openSessionCookie } from './session-cookie';

/** How long an answer about a key is believed: a revocation holds everywhere within this. */
const BELIEVED_MS = 1_000;
/** From here on the next request renews it in the background, so that a busy key never waits. */
const RENEWED_AFTER_MS = 500;
const CACHE_SIZE_MAX = 10_000;
const LAST_USED_EVERY_MS = 60_000;
const SEEN_EVERY_MS = 30_000;
const SECRET_LENGTH_MAX = 256;
/** Compared where no key was found, so that a look-up takes as long either way. */
const NOBODY = Buffer.alloc(32);

interface Credentials {
  /** Null with Bearer, where the secret says it all. */
  readonly clientId: string | null;
  readonly secret: string;
}

interface Found {
  id: string;
  tenant_id: string;
  secret_hash: Buffer;
  mode: Mode;
  client_id: string;
  client_status: 'active' | 'inactive';
  revoked: boolean;
  expired: boolean;
}

interface KeyRow extends Found {
  scopes: string[];
}

interface SessionRow extends Found {
  user_id: string;
  role: Role;
  user_status: 'active' | 'inactive';
  is_operator: boolean;
}

interface ConsoleRow extends SessionRow {
  is_proved: boolean;
  has_second_factor: boolean;
}

type Mode = 'live' | 'test';

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly authSecret: () => string;
  /** After so long without a request a session of the console ends. */
  readonly idleMinutes: number;
}

interface Believed {
  readonly principal: Principal;
  /** When its query began, by the process's monotonic clock. */
  readonly askedAtMs: number;
  renewing: boolean;
}

/**
 * Turns an Authorization header, or the console's cookie, into a principal: one query per credential per second, however
 * many requests.
 */
export class Authenticator {
  readonly #believed = new Map<string, Believed>();
  readonly #asking = new Map<string, Promise<Principal>>();
  readonly #lastUsedMs = new Map<string, number>();
  readonly #lastSeenMs = new Map<string, number>();
  private readonly db: Database;
  private readonly clock: Clock;

  constructor(private readonly parts: Parts) {
    this.db = parts.db;
    this.clock = parts.clock;
  }

  /** The principal if it is known without asking, else null: the path of nearly every request, without a promise. */
  known(authorization: string): Principal | null {
    return this.#recall(authorization, () => this.authenticate(authorization));
  }

  /**
   * Who the console's cookie stands for, on their own client's books of that mode.
   * @param isFresh asks the database, whatever is believed
   * @throws Problem credentials_invalid, token_expired, client_inactive
   */
  authenticateCookie(cookie: string, mode: Mode, isFresh = false): Promise<Principal> {
    // No Authorization header has a NUL.
    const key = `\0${mode}\0${cookie}`;
    const ask = () => this.#once(key, () => this.#lookUpConsole(cookie, mode));
    const known = isFresh ? null : this.#recall(key, ask);
    return known === null ? ask() : Promise.resolve(known);
  }

  /** Somebody is there: their session's idle time begins anew. Written at most twice a minute. */
  async noteSeen({ credentialId }: Principal): Promise<void> {
    const nowMs = this.clock.fixedMs() ?? Date.now();
    const lastMs = this.#lastSeenMs.get(credentialId);
    if (lastMs !== undefined && Math.abs(nowMs - lastMs) < SEEN_EVERY_MS) return;
    if (this.#lastSeenMs.size >= CACHE_SIZE_MAX) this.#lastSeenMs.clear();
    this.#lastSeenMs.set(credentialId, nowMs);
    await noteSeen(this.db, credentialId, this.clock.fixedMs());
  }

  #recall(key: string, renew: () => Promise<Principal>): Principal | null {
    const believed = this.#believed.get(key);
    if (believed === undefined) return null;
    const ageMs = performance.now() - believed.askedAtMs;
    if (ageMs >= BELIEVED_MS) return null;
    if (ageMs >= RENEWED_AFTER_MS && !believed.renewing) {
      believed.renewing = true;
      // A refusal is not kept: what is believed runs out, and the request after that hears it.
      renew().catch(() => {});
    }
    return believed.principal;
  }

  /** @throws Problem authentication_required, credentials_invalid, key_expired, key_revoked, token_expired, client_inactive */
  authenticate(authorization: string | null): Promise<Principal> {
    if (authorization === null || authorization === '') {
      return Promise.reject(
        new Problem(
          'authentication_required',
          'Send credentials: Basic clientId:clientSecret, or Bearer with a secret key or an access token.',
        ),
      );
    }
    return this.#once(authorization, () => this.#ask(authorization));
  }

  /** Concurrent misses share one query. */
  #once(key: string, lookUp: () => Promise<Principal>): Promise<Principal> {
    const asking = this.#asking.get(key);
    if (asking !== undefined) return asking;
    const askedAtMs = performance.now();
    const started = lookUp()
      .then((principal) => {
        if (this.#believed.size >= CACHE_SIZE_MAX) this.#believed.clear();
        this.#believed.set(key, { principal, askedAtMs, renewing: false });
        return principal;
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, started);
    return started;
  }

  /** Asks again about every log-in: some were ended a moment ago, in this process. */
  forgetLogIns(): void {
    for (const [authorization, { principal }] of this.#believed) {
      if (principal.kind === 'login') this.#believed.delete(authorization);
    }
  }

  async #ask(authorization: string): Promise<Principal> {
    const credentials = parseCredentials(authorization);
    if (credentials === null) {
      throw new Problem(
        'authentication_required',
        'The Authorization header must be Basic clientId:clientSecret or Bearer <secret key or access token>.',
      );
    }
    if (isMistyped(credentials.secret)) throw invalid('The secret key is mistyped: its checksum is wrong.');
    const isToken = credentials.clientId === null && isAccessToken(credentials.secret);
    const principal = isToken ? await this.#lookUpSession(credentials.secret) : await this.#lookUpKey(credentials);
    if (principal.kind === 'api_key') this.#noteUse(principal);
    return principal;
  }

  async #lookUpKey({ clientId, secret }: Credentials): Promise<Principal> {
    const { lookupId, hash } = storedSecret(secret);
    const { rows } = await this.db.pool.query<KeyRow>({
      name: 'authenticate',
      text: `select k.id, k.tenant_id, k.secret_hash, k.scopes, t.mode, c.public_id as client_id, c.status as client_status,
                    k.revoked_at is not null as revoked, coalesce(k.expires_at <= ${sqlNow(2)}, false) as expired
             from api_keys k
             join tenants t on t.id = k.tenant_id
             join clients c on c.id = t.client_id
             where k.lookup_id = $1`,
      values: [lookupId, this.clock.fixedMs()],
    });
    if (rows.length === 0) sameHash(hash, NOBODY);
    const matching = rows.filter(
      (row) => sameHash(hash, row.secret_hash) && (clientId === null || row.client_id === clientId),
    );
    // An operator may have chosen one demo secret for two clients: with Bearer alone it names neither.
    const row = matching.find((candidate) => !candidate.revoked && !candidate.expired) ?? matching[0];
    if (row === undefined || (clientId === null && new Set(matching.map((match) => match.tenant_id)).size > 1)) {
      throw invalid('The credentials are wrong: no key matches them.');
    }
    if (row.revoked) throw new Problem('key_revoked', 'This key was revoked.');
    if (row.expired) throw new Problem('key_expired', 'This key has expired.');
    if (row.client_status !== 'active') throw new Problem('client_inactive', 'The client of this key is inactive.');
    return {
      kind: 'api_key',
      tenantId: row.tenant_id,
      clientId: row.client_id,
      mode: row.mode,
      credentialId: row.id,
      actor: `api_key:${row.id}`,
      scopes: row.scopes,
      role: null,
      isOperator: false,
      actsOnClient: false,
    };
  }

  async #lookUpSession(token: string): Promise<Principal> {
    const { lookupId, hash } = storedSecret(token);
    const { rows } = await this.db.pool.query<SessionRow>({
      name: 'authenticate_session',
      text: `select s.id, s.user_id, t.id as tenant_id, s.token_hash as secret_hash, s.mode, u.role, u.status as user_status,
                    c.public_id as client_id, c.status as client_status, c.is_operator,
                    s.revoked_at is not null as revoked, s.expires_at <= ${sqlNow(2)} as expired
             from login_sessions s
             join users u on u.id = s.user_id
             join clients c on c.id = u.client_id
             join tenants t on t.client_id = c.id and t.mode = s.mode
             where s.lookup_id = $1 and s.kind = 'token'`,
      values: [lookupId, this.clock.fixedMs()],
    });
    const row = rows[0];
    if (!sameHash(hash, row?.secret_hash ?? NOBODY) || row === undefined) {
      throw invalid('The access token is wrong or was never issued. Log in again.');
    }
    if (row.revoked || row.expired || row.user_status !== 'active') {
      throw new Problem('token_expired', 'The access token has expired or was revoked. Log in again.');
    }
    return personOf(row);
  }

  async #lookUpConsole(cookie: string, mode: Mode): Promise<Principal> {
    const token = await openSessionCookie(this.parts.authSecret(), cookie);
    if (token === null) throw invalid('The session’s cookie is wrong. Sign in again.');
    const { lookupId, hash } = storedSecret(token);
    const { rows } = await this.db.pool.query<ConsoleRow>({
      name: 'authenticate_console',
      text: `select s.id, s.user_id, t.id as tenant_id, s.token_hash as secret_hash, t.mode, u.role, u.status as user_status,
                    c.public_id as client_id, c.status as client_status, c.is_operator, s.revoked_at is not null as revoked,
                    s.expires_at <= ${sqlNow(2)} or s.last_seen_at <= ${sqlNow(2)} - $4 * interval '1 minute' as expired,
                    s.proved_at > ${sqlNow(2)} - ${PROVED_MINUTES} * interval '1 minute' as is_proved,
                    exists (select from second_factors f where f.user_id = u.id and f.enabled_at is not null) as has_second_factor
             from login_sessions s
             join users u on u.id = s.user_id
             join clients c on c.id = u.client_id
             join tenants t on t.client_id = c.id and t.mode = $3
             where s.lookup_id = $1 and s.kind = 'console'`,
      values: [lookupId, this.clock.fixedMs(), mode, this.parts.idleMinutes],
    });
    const row = rows[0];
    if (!sameHash(hash, row?.secret_hash ?? NOBODY) || row === undefined) {
      throw invalid('There is no such session. Sign in again.');
    }
    if (row.revoked || row.expired || row.user_status !== 'active') {
      throw new Problem('token_expired', 'The session has ended. Sign in again.');
    }
    return {
      ...personOf(row),
      console: { isProved: row.is_proved, hasSecondFactor: row.has_second_factor },
    };
  }

  /** Written at most once a minute for a key; nothing waits for it, and losing it loses nothing. */
  #noteUse({ tenantId, credentialId: keyId }: Principal): void {
    const nowMs = performance.now();
    const lastMs = this.#lastUsedMs.get(keyId);
    if (lastMs !== undefined && nowMs - lastMs < LAST_USED_EVERY_MS) return;
    if (this.#lastUsedMs.size >= CACHE_SIZE_MAX) this.#lastUsedMs.clear();
    this.#lastUsedMs.set(keyId, nowMs);
    this.db.pool
      .query({
        text: `update api_keys set last_used_at = ${sqlNow(3)}
               where tenant_id = $1 and id = $2
                 and (last_used_at is null or last_used_at < ${sqlNow(3)} - interval '55 seconds')`,
        values: [tenantId, keyId, this.clock.fixedMs()],
      })
      .catch(() => {});
  }
}

function parseCredentials(authorization: string): Credentials | null {
  const bearer = /^Bearer +([!-~]+) *$/i.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer.length > SECRET_LENGTH_MAX ? null : { clientId: null, secret: bearer };
  const basic = /^Basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(authorization)?.[1];
  if (basic === undefined || basic.length > 2 * SECRET_LENGTH_MAX) return null;
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1 || text.includes('\0')) return null;
  return { clientId: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** @throws Problem client_inactive */
function personOf(row: SessionRow): Principal {
  if (row.client_status !== 'active') throw new Problem('client_inactive', 'The client of this user is inactive.');
  return {
    kind: 'login',
    tenantId: row.tenant_id,
    clientId: row.client_id,
    mode: row.mode,
    credentialId: row.id,
    actor: `user:${row.user_id}`,
    scopes: ROLE_SCOPES[row.role],
    role: row.role,
    isOperator: row.is_operator,
    actsOnClient: false,
  };
}

function invalid(message: string): Problem {
  return new Problem('credentials_invalid', message);
}
