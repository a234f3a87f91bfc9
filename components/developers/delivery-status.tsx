import { Status } from '@/components/patterns/status';
import type { Delivery } from './delivery-words';

/** What was tried and is tried again differs from what has not been tried. */
export function DeliveryStatus({
  delivery: { status, attempts },
}: {
  readonly delivery: Pick<Delivery, 'status' | 'attempts'>;
}) {
  if (status === 'pending' && attempts > 0) return <Status of="pending" word="Retrying" />;
  return <Status of={status} />;
}
