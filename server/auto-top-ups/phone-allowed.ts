import { Problem } from '@/server/kernel/problem';
import { payerPhone } from '@/server/payments/payer-route';
import type { CollectionPolicy } from '@/server/payments/policy';

/**
 * Whether a saved phone may be prompted where the client's policy locks phones to the registered number (spec decision 21): it
 * is asked again at every charge, since a customer's number may have changed hands since.
 * @param phone E.164 digits
 */
export function isPhoneAllowed(
  { phonePolicy }: Pick<CollectionPolicy, 'phonePolicy'>,
  phone: string,
  registered: string | null,
): boolean {
  return phonePolicy !== 'locked' || digitsOf(registered) === phone;
}

function digitsOf(text: string | null): string | null {
  if (text === null) return null;
  try {
    return payerPhone(text).digits;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
