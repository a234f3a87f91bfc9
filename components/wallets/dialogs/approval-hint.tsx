'use client';

import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { formatMoney } from '@/components/patterns/money';

export interface SecondPerson {
  /** Whether this amount waits for one. */
  readonly waits: boolean;
  /** Said beforehand; null where the policy does not name the act. */
  readonly hint: string | null;
}

/** What the approval policy says of an act of this amount, as far as the person may read it. The API decides anyway. */
export function useSecondPerson(verb: 'credit' | 'refund', amount: number | null, currency: string): SecondPerson {
  const { me } = useConsole();
  const policy = useApi('/v1/approval_policy', {}, { enabled: may(me, 'approvals:read') });
  const rule = policy.data?.rules.find((one) => one.verb === verb);
  if (rule === undefined) return { waits: false, hint: null };
  const above = rule.above?.[currency];
  if (above === undefined) return { waits: true, hint: 'A second person has to agree before anything happens.' };
  const waits = amount !== null && amount > above;
  return {
    waits,
    hint: waits
      ? `More than ${formatMoney(above, currency)}: a second person has to agree before anything happens.`
      : `Above ${formatMoney(above, currency)} a second person has to agree.`,
  };
}

export function ApprovalHint({ waits, hint }: SecondPerson) {
  return hint === null ? null : <p className={waits ? 'note-line strong' : 'note-line'}>{hint}</p>;
}
