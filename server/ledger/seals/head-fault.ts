import { GENESIS_HASH } from '../core/hash';
import type { Seal } from './seal';

/** One step of a chain: what it says its hash is, and what it is after the hash before it. */
export interface ChainStep {
  readonly sequence: number;
  readonly hash: string;
  hashAfter(previousHash: string): string;
}

/** Why a chain does not lead to what a seal says of it, or null when it does. What comes after the sealed head is not judged. */
export function headFault(
  steps: readonly ChainStep[],
  of: { readonly tenantId: string; readonly accountId: string; readonly step: 'entry' | 'link' },
  seal: Seal,
): string | null {
  const head = seal.heads.find((sealed) => sealed.accountId === of.accountId);
  if (head === undefined || seal.tenantId !== of.tenantId) return 'the seal has no head of this account';
  let hash = GENESIS_HASH;
  let sequence = 0;
  for (const step of steps) {
    sequence += 1;
    if (step.sequence !== sequence) return `${of.step} ${sequence} is missing`;
    hash = step.hashAfter(hash);
    if (hash !== step.hash) return `${of.step} ${sequence} does not hash to what it says`;
    if (sequence === head.sequence)
      return hash === head.hash ? null : `${of.step} ${sequence} is not the one that was sealed`;
  }
  return `the chain ends at ${sequence}, the sealed head is ${head.sequence}`;
}
