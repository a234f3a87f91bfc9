import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';
import { PROVED_MINUTES } from './console-session';
import { liveNeedsSecondFactor } from './second-factor-policy';

interface NamedClient {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export interface Myself {
  readonly kind: 'api_key' | 'login';
  /** Of the key or the session. */
  readonly credentialId: string;
  readonly user: { readonly id: string; readonly email: string; readonly name: string } | null;
  readonly role: string | null;
  readonly scopes: readonly string[];
  readonly client: NamedClient;
  readonly mode: 'live' | 'test';
  readonly isOperator: boolean;
  readonly actsOnClient: boolean;
  /** What only a person has. */
  readonly person: {
    readonly client: NamedClient;
    readonly hasSecondFactor: boolean;
    readonly needsSecondFactor: boolean;
    readonly recoveryCodesLeft: number;
    readonly session: {
      readonly kind: 'console' | 'token';
      readonly createdAtMs: number;
      readonly expiresAtMs: number;
      readonly idleExpiresAtMs: number | null;
      readonly provedUntilMs: number | null;
    };
  } | null;
}

/** Who asks, and on whose books. */
export async function whoAmI(ctx: Context): Promise<Myself> {
  const { principal } = ctx;
  const { rows } = await ctx.db.pool.query<{ code: string; name: string }>(
    'select code, name from clients where public_id = $1',
    [principal.clientId],
  );
  const client = rows[0];
  if (client === undefined || principal.kind === 'nobody') throw new Error('The caller is of no client.');
  const personal = principal.kind === 'login' ? await readPersonal(ctx) : null;
  return {
    kind: principal.kind,
    credentialId: principal.credentialId,
    user: personal?.user ?? null,
    role: principal.role,
    scopes: principal.scopes,
    client: { id: principal.clientId, ...client },
    mode: principal.mode,
    isOperator: principal.isOperator,
    actsOnClient: principal.actsOnClient,
    person: personal?.person ?? null,
  };
}

interface Row {
  id: string;
  email: string;
  name: string;
  client_public_id: string;
  client_code: string;
  client_name: string;
  has_second_factor: boolean;
  recovery_codes_left: number;
  kind: 'console' | 'token';
  created_at_ms: string;
  expires_at_ms: string;
  idle_expires_at_ms: string | null;
  proved_until_ms: string | null;
}

async function readPersonal(
  ctx: Context,
): Promise<{ user: NonNullable<Myself['user']>; person: NonNullable<Myself['person']> } | null> {
  const { principal, people } = ctx;
  const { rows } = await ctx.db.pool.query<Row>(
    `select u.id, u.email, u.name, c.public_id as client_public_id, c.code as client_code, c.name as client_name,
            exists (select from second_factors f where f.user_id = u.id and f.enabled_at is not null) as has_second_factor,
            (select count(*)::integer from recovery_codes r where r.user_id = u.id and r.used_at is null) as recovery_codes_left,
            s.kind, ${sqlMs('s.created_at')} as created_at_ms, ${sqlMs('s.expires_at')} as expires_at_ms,
            case when s.kind = 'console' then ${sqlMs(`least(s.expires_at, s.last_seen_at + $2 * interval '1 minute')`)} end
              as idle_expires_at_ms,
            ${sqlMs(`s.proved_at + ${PROVED_MINUTES} * interval '1 minute'`)} as proved_until_ms
     from login_sessions s
     join users u on u.id = s.user_id
     join clients c on c.id = u.client_id
     where s.id = $1`,
    [principal.credentialId, people?.idleMinutes ?? 0],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    user: { id: row.id, email: row.email, name: row.name },
    person: {
      client: { id: row.client_public_id, code: row.client_code, name: row.client_name },
      hasSecondFactor: row.has_second_factor,
      needsSecondFactor: liveNeedsSecondFactor(principal, people?.secondFactor ?? 'nobody'),
      recoveryCodesLeft: row.recovery_codes_left,
      session: {
        kind: row.kind,
        createdAtMs: Number(row.created_at_ms),
        expiresAtMs: Number(row.expires_at_ms),
        idleExpiresAtMs: ms(row.idle_expires_at_ms),
        provedUntilMs: ms(row.proved_until_ms),
      },
    },
  };
}
