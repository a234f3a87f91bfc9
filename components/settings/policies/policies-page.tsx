'use client';

import { may } from '@/components/api/me';
import { useConsole } from '@/components/api/scope';
import { SettingsFrame, WhoseSettings } from '../settings-frame';
import { ApprovalPolicyCard } from './approval-policy-card';
import { CollectionPolicyCard } from './collection-policy-card';

/** Which acts need two people, and how customers are asked to pay. */
export function PoliciesPage() {
  const { me, scope } = useConsole();
  return (
    <SettingsFrame>
      {scope.client === 'all' ? (
        <WhoseSettings path="/settings/policies" what="Policies" />
      ) : (
        <>
          <ApprovalPolicyCard />
          {may(me, 'payments:read') && <CollectionPolicyCard />}
        </>
      )}
    </SettingsFrame>
  );
}
