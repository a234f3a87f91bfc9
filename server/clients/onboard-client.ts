import type { Context } from '@/server/kernel/context';
import { inTransaction } from '@/server/kernel/transaction';
import { insertClient } from './insert-client';
import type { ClientProfile, ClientView } from './read';

export interface OnboardClientInput {
  readonly profile: ClientProfile;
  readonly isActive: boolean;
}

/**
 * A new client for the operator's people, without credentials: those are issued on request (`issue-credentials.ts`).
 * @throws Problem client_exists
 */
export function onboardClient(ctx: Context, { profile, isActive }: OnboardClientInput): Promise<ClientView> {
  return inTransaction(ctx, async (tx) => {
    const input = { publicId: null, isOperator: false, isActive, profile, reason: null };
    return (await insertClient(ctx, tx, input)).client;
  });
}
