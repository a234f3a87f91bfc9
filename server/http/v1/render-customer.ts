import type { CustomerObject } from '@/contracts/customers';
import type { CustomerView } from '@/server/customers/read';
import { renderTime } from './render-time';

export function renderCustomer(customer: CustomerView): CustomerObject {
  return {
    id: customer.id,
    object: 'customer',
    name: customer.name,
    email: customer.email,
    phone: customer.phone,
    metadata: JSON.parse(customer.metadata) as Record<string, unknown>,
    livemode: customer.livemode,
    created_at: renderTime(customer.createdAtMs),
    updated_at: renderTime(customer.updatedAtMs),
  };
}
