import type { ApprovalStatus, ApprovalVerb } from '@/contracts/approval-verbs';
import { grants, SCOPES } from '@/contracts/scopes';
import { BOOKS_COLUMNS, type BooksRow, booksVisible, type ClientBooks, toBooks } from '@/server/clients/act-on';
import type { Context, Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { type Effect, effectOf } from './effect';

export interface Someone {
  readonly id: string;
  readonly name: string;
  readonly isOperator: boolean;
}

export interface Approval {
  readonly id: string;
  readonly books: ClientBooks;
  readonly clientName: string;
  readonly livemode: boolean;
  /** One that waits past its time has expired, whether or not that is written down yet. */
  readonly status: ApprovalStatus;
  readonly verb: ApprovalVerb;
  readonly operationId: string;
  readonly scope: string | null;
  readonly operatorOnly: boolean;
  /** JSON text, or sealed. */
  readonly request: string;
  readonly requestSealed: boolean;
  readonly requestHash: string;
  readonly target: { readonly type: string; readonly id: string };
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly reason: string | null;
  readonly aboveMinor: bigint | null;
  readonly policyVersion: number | null;
  /** As of when it was asked. */
  readonly effect: Effect;
  readonly maker: Someone;
  readonly makerSessionId: string;
  readonly makerRequestId: string;
  readonly makerAddress: string | null;
  readonly checker: Someone | null;
  readonly decisionReason: string | null;
  readonly termsSeen: string | null;
  readonly outcome: { readonly status: number; readonly body: unknown } | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly decidedAtMs: number | null;
  readonly endedAtMs: number | null;
}

interface Row extends BooksRow {
  id: string;
  client_name: string;
  mode: 'live' | 'test';
  status_now: ApprovalStatus;
  verb: ApprovalVerb;
  operation_id: string;
  scope: string | null;
  operator_only: boolean;
  request: string;
  request_sealed: boolean;
  request_hash: string;
  object_type: string;
  object_id: string;
  amount_minor: string | null;
  currency: string | null;
  reason: string | null;
  above_minor: string | null;
  policy_version: number | null;
  effect: string;
  maker_id: string;
  maker_name: string | null;
  maker_is_operator: boolean | null;
  maker_session_id: string;
  maker_request_id: string;
  maker_address: string | null;
  checker_id: string | null;
  checker_name: string | null;
  checker_is_operator: boolean | null;
  decision_reason: string | null;
  terms_seen: string | null;
  outcome_status: number | null;
  outcome: string | null;
  created_at_ms: string;
  expires_at_ms: string;
  decided_at_ms: string | null;
  ended_at_ms: string | null;
}

/** With `$1` the clock's fixed time. */
const HAS_LAPSED = `(a.status = 'pending' and a.expires_at <= ${sqlNow(1)})`;

const selectFrom = (approvals: string): string => `select a.id, ${BOOKS_COLUMNS}, c.name as client_name, t.mode,
    case when ${HAS_LAPSED} then 'expired' else a.status end as status_now, a.verb, a.operation_id, a.scope, a.operator_only,
    a.request, a.request_sealed, a.request_hash, a.object_type, a.object_id, a.amount_minor, a.currency, a.reason,
    a.above_minor, a.policy_version, a.effect,
    a.maker_id, m.name as maker_name, mc.is_operator as maker_is_operator, a.maker_session_id, a.maker_request_id,
    a.maker_address, a.checker_id, k.name as checker_name, kc.is_operator as checker_is_operator,
    a.decision_reason, a.terms_seen, a.outcome_status, a.outcome, ${sqlMs('a.created_at')} as created_at_ms,
    ${sqlMs('a.expires_at')} as expires_at_ms, ${sqlMs('a.decided_at')} as decided_at_ms, ${sqlMs('a.ended_at')} as ended_at_ms
  from ${approvals} a
  join tenants t on t.id = a.tenant_id
  join clients c on c.id = t.client_id
  left join users m on m.id = a.maker_id left join clients mc on mc.id = m.client_id
  left join users k on k.id = a.checker_id left join clients kc on kc.id = k.client_id`;

const SELECT = selectFrom('approvals');

function toApproval(row: Row): Approval {
  return {
    id: row.id,
    books: toBooks(row),
    clientName: row.client_name,
    livemode: row.mode === 'live',
    status: row.status_now,
    verb: row.verb,
    operationId: row.operation_id,
    scope: row.scope,
    operatorOnly: row.operator_only,
    request: row.request,
    requestSealed: row.request_sealed,
    requestHash: row.request_hash,
    target: { type: row.object_type, id: row.object_id },
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    currency: row.currency,
    reason: row.reason,
    aboveMinor: row.above_minor === null ? null : BigInt(row.above_minor),
    policyVersion: row.policy_version,
    effect: effectOf(row.effect),
    maker: { id: row.maker_id, name: row.maker_name ?? '', isOperator: row.maker_is_operator ?? false },
    makerSessionId: row.maker_session_id,
    makerRequestId: row.maker_request_id,
    makerAddress: row.maker_address,
    checker:
      row.checker_id === null
        ? null
        : { id: row.checker_id, name: row.checker_name ?? '', isOperator: row.checker_is_operator ?? false },
    decisionReason: row.decision_reason,
    termsSeen: row.terms_seen,
    outcome:
      row.outcome_status === null || row.outcome === null
        ? null
        : { status: row.outcome_status, body: JSON.parse(row.outcome) as unknown },
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
    decidedAtMs: row.decided_at_ms === null ? null : Number(row.decided_at_ms),
    endedAtMs: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
  };
}

/**
 * An approval on any books that the caller may see.
 * @param options.lock of two decisions at once the second waits here, and reads what the first made of it
 * @throws Problem resource_missing
 */
export async function readApproval(
  ctx: Context,
  id: string | null,
  { db = ctx.db.pool, lock = false }: { readonly db?: Queryable; readonly lock?: boolean } = {},
): Promise<Approval> {
  if (id === null) throw approvalNotFound();
  const visible = booksVisible(ctx, 3);
  const { rows } = await db.query<Row>(
    `${SELECT} where a.id = $2 and ${visible.sql} ${lock ? 'for update of a' : ''}`,
    [ctx.clock.fixedMs(), id, ...visible.values],
  );
  if (rows[0] === undefined) throw approvalNotFound();
  return toApproval(rows[0]);
}

function approvalNotFound(): Problem {
  return new Problem('resource_missing', 'There is no such approval.', { param: 'id' });
}

/** The same where no request asks. */
export async function findApproval(
  parts: Pick<Context, 'db' | 'clock'>,
  tenantId: string,
  id: string,
): Promise<Approval | null> {
  const { rows } = await parts.db.pool.query<Row>(`${SELECT} where a.tenant_id = $2 and a.id = $3`, [
    parts.clock.fixedMs(),
    tenantId,
    id,
  ]);
  return rows[0] === undefined ? null : toApproval(rows[0]);
}

export interface ApprovalFilter {
  readonly status: ApprovalStatus | null;
  readonly verb: ApprovalVerb | null;
  /** Only what the caller may decide. */
  readonly isDecidable: boolean;
  readonly isEnded: boolean;
  readonly isMadeByCaller: boolean;
  readonly afterId: string | null;
  readonly limit: number;
}

/** A statement's parameters, each named where it is used. `$1` is the clock's fixed time. */
class Parameters {
  readonly values: unknown[];

  constructor({ clock }: Pick<Context, 'clock'>) {
    this.values = [clock.fixedMs()];
  }

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /** On the books that the caller may see. */
  visible(ctx: Context): string {
    const { sql, values } = booksVisible(ctx, this.values.length + 1);
    this.values.push(...values);
    return sql;
  }
}

/** Newest first, one more than the limit. For the operator's people who name no client, of every client. */
export async function listApprovals(ctx: Context, filter: ApprovalFilter): Promise<Approval[]> {
  const parameters = new Parameters(ctx);
  const conditions = [parameters.visible(ctx)];
  if (filter.afterId !== null) conditions.push(`a.id < ${parameters.add(filter.afterId, 'bigint')}`);
  if (filter.verb !== null) conditions.push(`a.verb = ${parameters.add(filter.verb, 'text')}`);
  if (filter.status === 'expired') conditions.push(`(a.status = 'expired' or ${HAS_LAPSED})`);
  else if (filter.status !== null) {
    conditions.push(`a.status = ${parameters.add(filter.status, 'text')} and not ${HAS_LAPSED}`);
  }
  if (filter.isEnded) conditions.push(`(a.status <> 'pending' or ${HAS_LAPSED})`);
  if (filter.isDecidable) conditions.push(decidableBy(ctx.principal, parameters));
  if (filter.isMadeByCaller) {
    conditions.push(`a.maker_id = ${parameters.add(userIdOf(ctx.principal), 'bigint')}`);
  }
  const limit = parameters.add(filter.limit + 1, 'integer');
  const { rows } = await ctx.db.pool.query<Row>(
    // The page first, by its index; names are of its rows alone.
    `${selectFrom(`(select a.* from approvals a join tenants t on t.id = a.tenant_id
       where ${conditions.join(' and ')} order by a.id desc limit ${limit})`)} order by a.id desc`,
    parameters.values,
  );
  return rows.map(toApproval);
}

/** How many wait for the caller's decision. */
export async function countDecidable(ctx: Context): Promise<number> {
  const parameters = new Parameters(ctx);
  const conditions = [parameters.visible(ctx), decidableBy(ctx.principal, parameters)];
  const { rows } = await ctx.db.pool.query<{ count: string }>(
    `select count(*) from approvals a join tenants t on t.id = a.tenant_id where ${conditions.join(' and ')}`,
    parameters.values,
  );
  return Number(rows[0]?.count ?? 0);
}

/** As `mayDecide`. */
function decidableBy(principal: Principal, parameters: Parameters): string {
  if (!grants(principal.scopes, 'approvals:write')) return 'false';
  const userId = parameters.add(userIdOf(principal), 'bigint');
  const scopes = parameters.add(scopesOf(principal), 'text[]');
  const operators = principal.isOperator ? 'true' : 'not a.operator_only';
  return `a.status = 'pending' and not ${HAS_LAPSED} and a.maker_id <> ${userId}
    and (a.scope is null or a.scope = any (${scopes})) and ${operators}`;
}

/** Whether the caller may decide: a person, another than who asked, who could have asked for it themselves. */
export function mayDecide(principal: Principal, approval: Approval): boolean {
  const userId = userIdOf(principal);
  return (
    approval.status === 'pending' &&
    userId !== null &&
    userId !== approval.maker.id &&
    grants(principal.scopes, 'approvals:write') &&
    (approval.scope === null || grants(principal.scopes, approval.scope)) &&
    (!approval.operatorOnly || principal.isOperator)
  );
}

export function mayCancel(principal: Principal, approval: Approval): boolean {
  return approval.status === 'pending' && userIdOf(principal) === approval.maker.id;
}

export function userIdOf({ actor }: Principal): string | null {
  return actor.startsWith('user:') ? actor.slice('user:'.length) : null;
}

function scopesOf({ scopes }: Principal): string[] {
  return SCOPES.filter((scope) => grants(scopes, scope));
}
