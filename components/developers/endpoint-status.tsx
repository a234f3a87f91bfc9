import { Status } from '@/components/patterns/status';
import type { Endpoint } from './delivery-words';

/** Enabled and failing is neither on nor off. */
export function EndpointStatus({ endpoint }: { readonly endpoint: Endpoint }) {
  if (endpoint.status === 'enabled' && endpoint.failing_since !== null) return <Status of="paused" word="Failing" />;
  return <Status of={endpoint.status} />;
}
