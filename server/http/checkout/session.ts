import type { SecretBox } from '@/server/kernel/secret-box';
import type { IncomingRequest } from '../request';

/**
 * Which browser paid: it alone is shown the new balance. The cookie holds the payment's reference, sealed for this top-up;
 * nothing else can be done with it.
 */
const NAME = 'payer';
const AGE_SECONDS = 7 * 86_400;

interface Whose {
  readonly tenantId: string;
  readonly topUpId: string;
}

const ownerOf = ({ tenantId, topUpId }: Whose): string => `payer:${tenantId}:${topUpId}`;

export function payerCookie(
  box: SecretBox,
  whose: Whose,
  { reference, path, isSecure }: { readonly reference: string; readonly path: string; readonly isSecure: boolean },
): string {
  const value = encodeURIComponent(box.seal(reference, ownerOf(whose)));
  // Lax: the way back from the card partner's page brings it along.
  return `${NAME}=${value}; Path=${path}; Max-Age=${AGE_SECONDS}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}

/** Whether this browser made the payment of that reference. */
export function isPayer(box: SecretBox, whose: Whose, request: IncomingRequest, reference: string | null): boolean {
  if (reference === null) return false;
  const value = new RegExp(`(?:^|;\\s*)${NAME}=([^;]+)`).exec(request.header('cookie') ?? '')?.[1];
  if (value === undefined) return false;
  try {
    return box.open(decodeURIComponent(value), ownerOf(whose)) === reference;
  } catch {
    return false;
  }
}
