import { allOf } from '@/components/approvals/act-words';
import { minorOf } from '@/components/patterns/amount-field';
import { formatMoney } from '@/components/patterns/money';
import { APPROVAL_VERBS, type ApprovalVerb } from '@/contracts/approval-verbs';
import type { ApprovalRuleObject } from '@/contracts/approvals';
import { isCurrency } from '@/contracts/money';

/** A limit as somebody types it. */
export interface LimitDraft {
  readonly key: string;
  readonly currency: string;
  readonly amount: string;
}

export interface RuleDraft {
  readonly on: boolean;
  readonly limits: readonly LimitDraft[];
}

export type PolicyDraft = Readonly<Record<ApprovalVerb, RuleDraft>>;

/** What people choose; the change of the policy itself follows from there being any rule. */
export const CHOSEN_VERBS = APPROVAL_VERBS.filter((verb) => verb !== 'policy_change');

/** @param major an amount in major units, as it is typed */
export function draftOf(
  rules: readonly ApprovalRuleObject[],
  major: (minor: number, currency: string) => string,
): PolicyDraft {
  const draft = APPROVAL_VERBS.map((verb): [ApprovalVerb, RuleDraft] => {
    const rule = rules.find((one) => one.verb === verb);
    const limits = Object.entries(rule?.above ?? {}).map(([currency, minor]) => ({
      key: currency,
      currency,
      amount: major(minor, currency),
    }));
    return [verb, { on: rule !== undefined, limits }];
  });
  return Object.fromEntries(draft) as unknown as PolicyDraft;
}

/** The rules to send; null while something typed is no amount, no currency, or a currency twice. */
export function rulesOf(draft: PolicyDraft): ApprovalRuleObject[] | null {
  const rules: ApprovalRuleObject[] = [];
  for (const verb of CHOSEN_VERBS) {
    const { on, limits } = draft[verb];
    if (!on) continue;
    const above: Record<string, number> = {};
    for (const { currency, amount } of limits) {
      const minor = isCurrency(currency) ? minorOf(amount, currency) : null;
      if (minor === null || minor < 0 || above[currency] !== undefined) return null;
      above[currency] = minor;
    }
    rules.push({ verb, above });
  }
  return rules;
}

export interface PolicyChange {
  readonly verb: ApprovalVerb;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Verb by verb what differs: from how many people to how many, and above which amounts. */
export function changesBetween(
  before: readonly ApprovalRuleObject[],
  after: readonly ApprovalRuleObject[],
): PolicyChange[] {
  return CHOSEN_VERBS.flatMap((verb): PolicyChange[] => {
    const [was, is] = [before, after].map((rules) => told(rules.find((rule) => rule.verb === verb)));
    return was === undefined || is === undefined || was === is
      ? []
      : [{ verb, label: allOf(verb), before: was, after: is }];
  });
}

/** `two people above GHS 200.00` */
export function told(rule: ApprovalRuleObject | undefined): string {
  if (rule === undefined) return 'one person';
  const limits = Object.entries(rule.above).sort(([a], [b]) => (a < b ? -1 : 1));
  if (limits.length === 0) return 'two people, always';
  return `two people above ${limits.map(([currency, minor]) => formatMoney(minor, currency)).join(', ')}`;
}
