import { Problem } from '@/server/kernel/problem';
import type { WebhookEndpoint } from './read-endpoints';

/** @throws Problem webhook_endpoint_disabled */
export function requireEnabled(endpoint: WebhookEndpoint): WebhookEndpoint {
  if (endpoint.status === 'enabled') return endpoint;
  throw new Problem('webhook_endpoint_disabled', 'The endpoint is disabled, so nothing is sent to it.', {
    param: 'id',
  });
}
