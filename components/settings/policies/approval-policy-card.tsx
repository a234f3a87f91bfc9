'use client';

import { Lock, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { nounOf } from '@/components/approvals/act-words';
import { useClientName } from '@/components/console/client-name';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card } from '@/components/patterns/card';
import { CheckField } from '@/components/patterns/field';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { AMOUNT_VERBS, type ApprovalVerb } from '@/contracts/approval-verbs';
import type { ApprovalPolicyObject } from '@/contracts/approvals';
import { formatMajor } from '@/contracts/money';
import { Changes } from '../changes';
import {
  CHOSEN_VERBS,
  changesBetween,
  draftOf,
  type LimitDraft,
  type PolicyDraft,
  type RuleDraft,
  rulesOf,
  told,
} from './policy-draft';
import { APPROVAL_POLICY_REQUEST } from './requests';

const WORDS: Readonly<Record<ApprovalVerb, string>> = {
  credit: 'Credit a wallet or an account by hand',
  reversal: 'Reverse a transaction',
  refund: 'Refund a payment or pay out a wallet',
  promotion: 'Issue promotional credits',
  service_change: 'Change a service’s fees or limits',
  payout_destination: 'Change credentials at a payment provider',
  policy_change: 'Change this policy',
};

/** Which acts of people need a second person, and above which amounts. */
export function ApprovalPolicyCard() {
  const { me } = useConsole();
  const policy = useApi('/v1/approval_policy', APPROVAL_POLICY_REQUEST);
  const now = policy.data;
  return (
    <Card
      title="Approvals"
      note="which acts of people need a second one"
      {...(now !== undefined && { end: <Version policy={now} /> })}
    >
      {policy.error !== null && now === undefined && <Failed error={policy.error} />}
      {now === undefined && policy.error === null && (
        <div className="grid gap-4 p-4">
          <Skeleton width={60} />
          <Skeleton width={45} />
        </div>
      )}
      {now !== undefined &&
        (may(me, 'approvals:write') ? (
          <PolicyForm key={`${now.source} ${now.version}`} policy={now} />
        ) : (
          <Rules policy={now} />
        ))}
    </Card>
  );
}

function Version({ policy }: { readonly policy: ApprovalPolicyObject }) {
  if (policy.source === 'built_in') return <span className="soft">Built in, until one is set</span>;
  if (policy.source === 'none') return <span className="soft">Not set: one person is enough</span>;
  return (
    <span className="soft">
      Version {policy.version}
      {policy.updated_at !== null && (
        <>
          , <Timestamp at={policy.updated_at} />
        </>
      )}
    </span>
  );
}

function Rules({ policy }: { readonly policy: ApprovalPolicyObject }) {
  return (
    <ul className="policy-rules">
      {CHOSEN_VERBS.map((verb) => (
        <li key={verb}>
          <span>{WORDS[verb]}</span>
          <span className="soft">{told(policy.rules.find((rule) => rule.verb === verb))}</span>
        </li>
      ))}
    </ul>
  );
}

function PolicyForm({ policy }: { readonly policy: ApprovalPolicyObject }) {
  const { scope } = useConsole();
  const client = useClientName(scope.client);
  const [draft, setDraft] = useState<PolicyDraft>(() => initial(policy));
  const [saving, setSaving] = useState(false);
  const rules = rulesOf(draft);
  const changes = rules === null ? [] : changesBetween(policy.rules, rules);
  const set = (verb: ApprovalVerb, rule: RuleDraft): void => setDraft({ ...draft, [verb]: rule });
  const isOn = CHOSEN_VERBS.some((verb) => draft[verb].on);
  return (
    <>
      <ul className="policy-rules">
        {CHOSEN_VERBS.map((verb) => (
          <li key={verb}>
            <CheckField
              label={WORDS[verb]}
              checked={draft[verb].on}
              onChange={(event) => set(verb, { ...draft[verb], on: event.target.checked })}
            />
            {draft[verb].on && AMOUNT_VERBS.has(verb) && (
              <Limits verb={verb} rule={draft[verb]} onChange={(rule) => set(verb, rule)} />
            )}
            {draft[verb].on && !AMOUNT_VERBS.has(verb) && <span className="soft">always two people</span>}
          </li>
        ))}
        <li>
          <span className="locked">
            <Lock className="s" aria-hidden="true" />
            {WORDS.policy_change}
          </span>
          <span className="soft">
            {isOn ? 'always two people, while there is any rule' : 'one person, without rules'}
          </span>
        </li>
      </ul>
      {changes.length > 0 && (
        <div className="pending-changes">
          <Changes caption="What the policy would change" rows={changes} />
        </div>
      )}
      <div className="save-bar">
        <span className="soft small">
          {rules === null
            ? 'An amount or a currency is not one, or is there twice.'
            : changes.length === 0
              ? 'Nothing is changed. Nobody ever decides what they asked for themselves.'
              : policy.rules.length > 0
                ? 'A second person has to agree before this holds.'
                : 'Holds at once.'}
        </span>
        {changes.length > 0 && (
          <button type="button" className="btn" onClick={() => setDraft(initial(policy))}>
            Undo
          </button>
        )}
        <button
          type="button"
          className="btn primary"
          aria-disabled={changes.length === 0}
          onClick={() => changes.length > 0 && setSaving(true)}
        >
          Change policy
        </button>
      </div>
      <ActDialog
        open={saving}
        onOpenChange={setSaving}
        title={`Change ${client}’s approval policy`}
        description="It holds for people in these books. What programs do with a key never waits."
        verb="Change policy"
        reason="optional"
        wide
        act={(api, { reason, idempotencyKey }) =>
          api.put(
            '/v1/approval_policy',
            { body: { rules: rules ?? [], ...(reason !== '' && { reason }) } },
            { idempotencyKey },
          )
        }
        done={() => 'Policy changed'}
        onDone={() => setDraft(initial(policy))}
      >
        <Changes caption="What the policy would change" rows={changes} />
      </ActDialog>
    </>
  );
}

const initial = ({ rules }: ApprovalPolicyObject): PolicyDraft =>
  draftOf(rules, (minor, currency) => formatMajor(BigInt(minor), currency));

function Limits({
  verb,
  rule,
  onChange,
}: {
  readonly verb: ApprovalVerb;
  readonly rule: RuleDraft;
  readonly onChange: (rule: RuleDraft) => void;
}) {
  const put = (limits: readonly LimitDraft[]): void => onChange({ ...rule, limits });
  const edit = (key: string, part: Partial<LimitDraft>): void =>
    put(rule.limits.map((limit) => (limit.key === key ? { ...limit, ...part } : limit)));
  return (
    <div className="limits">
      {rule.limits.length === 0 && <span className="soft">always two people</span>}
      {rule.limits.map((limit) => (
        <div className="limit" key={limit.key}>
          <span className="soft">above</span>
          <input
            className="input code"
            aria-label={`Currency of a limit for a ${nounOf(verb)}`}
            value={limit.currency}
            maxLength={3}
            placeholder="GHS"
            autoComplete="off"
            onChange={(event) => edit(limit.key, { currency: event.target.value.toUpperCase() })}
          />
          <input
            className="input amount"
            aria-label={`Amount in ${limit.currency || 'that currency'} above which a ${nounOf(verb)} needs two people`}
            inputMode="decimal"
            autoComplete="off"
            value={limit.amount}
            onChange={(event) => edit(limit.key, { amount: event.target.value })}
          />
          <button
            type="button"
            className="iconbtn"
            aria-label={`Remove the limit in ${limit.currency}`}
            onClick={() => put(rule.limits.filter(({ key }) => key !== limit.key))}
          >
            <X className="s" aria-hidden="true" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="btn quiet sm"
        onClick={() =>
          put([
            ...rule.limits,
            { key: `new ${Date.now()}`, currency: rule.limits.length === 0 ? 'GHS' : '', amount: '' },
          ])
        }
      >
        <Plus aria-hidden="true" />
        {rule.limits.length === 0 ? 'Only above an amount' : 'Another currency'}
      </button>
    </div>
  );
}
