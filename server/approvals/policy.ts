import type { ApprovalVerb } from '@/contracts/approval-verbs';
import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

export interface ApprovalRule {
  readonly verb: ApprovalVerb;
  /** By currency: up to and with this amount one person is enough. */
  readonly above: ReadonlyMap<string, bigint>;
}

export interface ApprovalPolicy {
  readonly source: 'set' | 'built_in' | 'none';
  /** 0 while nothing is set. */
  readonly version: number;
  readonly rules: readonly ApprovalRule[];
  readonly updatedAtMs: number | null;
  readonly livemode: boolean;
}

/** About a hundred dollars, in round sums. Of other currencies every amount needs a second person. */
const BUILT_IN_CREDIT: ReadonlyMap<string, bigint> = new Map([
  ['GHS', 100_000n],
  ['KES', 1_000_000n],
  ['NGN', 15_000_000n],
  ['TZS', 25_000_000n],
  ['UGX', 350_000n],
  ['USD', 10_000n],
]);

/** For the operator's own people on live books where nothing is set: whoever keeps others' money begins with two people. */
const BUILT_IN: readonly ApprovalRule[] = [
  { verb: 'credit', above: BUILT_IN_CREDIT },
  { verb: 'reversal', above: new Map() },
  { verb: 'refund', above: new Map() },
  { verb: 'promotion', above: BUILT_IN_CREDIT },
  { verb: 'service_change', above: new Map() },
  { verb: 'payout_destination', above: new Map() },
  { verb: 'policy_change', above: new Map() },
];

interface Row {
  version: number;
  rules: string;
  updated_at_ms: string;
}

/** What holds for whoever asks: this client's policy where one is set, else what is built in for them. */
export async function readPolicy(
  ctx: Context,
  { db = ctx.db.pool, lock = false }: { readonly db?: Queryable; readonly lock?: boolean } = {},
): Promise<ApprovalPolicy> {
  const { principal } = ctx;
  const { rows } = await db.query<Row>(
    `select version, rules, ${sqlMs('updated_at')} as updated_at_ms from approval_policies where tenant_id = $1
     ${lock ? 'for update' : ''}`,
    [principal.tenantId],
  );
  const row = rows[0];
  const livemode = principal.mode === 'live';
  if (row !== undefined) {
    return {
      source: 'set',
      version: row.version,
      rules: rulesOf(row.rules),
      updatedAtMs: Number(row.updated_at_ms),
      livemode,
    };
  }
  const isBuiltIn = livemode && principal.isOperator;
  return {
    source: isBuiltIn ? 'built_in' : 'none',
    version: 0,
    rules: isBuiltIn ? BUILT_IN : [],
    updatedAtMs: null,
    livemode,
  };
}

interface Asked {
  readonly verb: ApprovalVerb;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
}

/**
 * The limit that an act passes: null where it passes none, and one person is enough.
 * `aboveMinor` null: every one needs a second person.
 */
export function limitPassed(
  { rules }: Pick<ApprovalPolicy, 'rules'>,
  { verb, amountMinor, currency }: Asked,
): { readonly aboveMinor: bigint | null } | null {
  // Or the first thing done would be to switch it off.
  if (verb === 'policy_change') return rules.length === 0 ? null : { aboveMinor: null };
  const rule = rules.find((one) => one.verb === verb);
  if (rule === undefined) return null;
  const aboveMinor = currency === null ? undefined : rule.above.get(currency);
  if (aboveMinor === undefined || amountMinor === null) return { aboveMinor: null };
  return amountMinor > aboveMinor ? { aboveMinor } : null;
}

interface StoredRule {
  verb: ApprovalVerb;
  above: Record<string, string>;
}

export function rulesText(rules: readonly ApprovalRule[]): string {
  const stored = rules.map(({ verb, above }): StoredRule => ({ verb, above: aboveText(above) }));
  return JSON.stringify(stored.sort((a, b) => (a.verb < b.verb ? -1 : 1)));
}

function rulesOf(text: string): ApprovalRule[] {
  return (JSON.parse(text) as StoredRule[]).map(({ verb, above }) => ({
    verb,
    above: new Map(Object.entries(above).map(([currency, minor]) => [currency, BigInt(minor)])),
  }));
}

function aboveText(above: ReadonlyMap<string, bigint>): Record<string, string> {
  return Object.fromEntries([...above].sort().map(([currency, minor]) => [currency, String(minor)]));
}

/** For the audit log and for comparing: by verb, each with its limits. */
export function policyFacts({ rules }: Pick<ApprovalPolicy, 'rules'>): Record<string, unknown> {
  const facts = rules.map(({ verb, above }): [string, unknown] => [
    verb,
    above.size === 0 ? 'every' : { above: aboveText(above) },
  ]);
  return Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
