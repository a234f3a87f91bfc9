import { Problem } from '@/server/kernel/problem';
import { sqlStateOf } from '@/server/kernel/transaction';

const FIELDS: Readonly<Record<string, { readonly param: string; readonly name: string }>> = {
  clients_email: { param: 'client_email', name: 'e-mail address' },
  clients_business_pin: { param: 'business_pin', name: 'business pin' },
};

/** Which of its unique fields another client has already, as the unique indexes say; null for any other error. */
export function clientExists(error: unknown): Problem | null {
  if (sqlStateOf(error) !== '23505') return null;
  const field = FIELDS[(error as { constraint?: string }).constraint ?? ''];
  if (field === undefined) return null;
  return new Problem('client_exists', `There is a client with this ${field.name} already.`, { param: field.param });
}
