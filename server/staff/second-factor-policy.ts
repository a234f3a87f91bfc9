import type { Principal } from '@/server/kernel/context';

/** Whom the deployment lets see live books at the console only with a second factor. */
export type SecondFactorPolicy = 'operator' | 'everyone' | 'nobody';

export function liveNeedsSecondFactor(
  { isOperator }: Pick<Principal, 'isOperator'>,
  policy: SecondFactorPolicy,
): boolean {
  return policy === 'everyone' || (policy === 'operator' && isOperator);
}
