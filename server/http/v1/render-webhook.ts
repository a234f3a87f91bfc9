import { formatId } from '@/contracts/ids';
import type { WebhookEndpointObject } from '@/contracts/webhook-endpoint';
import type { WebhookDeliveryDetailObject, WebhookDeliveryObject } from '@/contracts/webhooks';
import type { Delivery, DeliveryDetail } from '@/server/webhooks/read-deliveries';
import type { WebhookEndpoint } from '@/server/webhooks/read-endpoints';
import { renderExactTime, renderTime } from './render-time';

const optionalTime = (ms: number | null): string | null => (ms === null ? null : renderTime(ms));

export function renderEndpoint(endpoint: WebhookEndpoint): WebhookEndpointObject {
  return {
    id: formatId('webhook', endpoint.id),
    object: 'webhook_endpoint',
    url: endpoint.url,
    description: endpoint.description,
    events: [...endpoint.eventTypes],
    api_version: endpoint.apiVersion,
    status: endpoint.status,
    disabled_reason: endpoint.disabledReason,
    failing_since: optionalTime(endpoint.failingSinceMs),
    previous_secret_until: optionalTime(endpoint.previousSecretUntilMs),
    created_at: renderTime(endpoint.createdAtMs),
    updated_at: renderTime(endpoint.updatedAtMs),
    livemode: endpoint.livemode,
  };
}

export function renderDelivery(delivery: Delivery): WebhookDeliveryObject {
  return {
    id: formatId('delivery', delivery.id),
    object: 'webhook_delivery',
    endpoint_id: delivery.endpointId === null ? null : formatId('webhook', delivery.endpointId),
    event_id: delivery.eventId === null ? null : formatId('event', delivery.eventId),
    type: delivery.eventType,
    reason: delivery.reason,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: delivery.dueAtMs === null ? null : renderExactTime(delivery.dueAtMs),
    created_at: renderTime(delivery.createdAtMs),
    ended_at: optionalTime(delivery.endedAtMs),
    livemode: delivery.livemode,
  };
}

export function renderDeliveryDetail({ delivery, requestBody, attempts }: DeliveryDetail): WebhookDeliveryDetailObject {
  return {
    ...renderDelivery(delivery),
    request_body: requestBody,
    attempt_log: attempts.map((attempt) => ({
      number: attempt.number,
      url: attempt.url,
      started_at: renderExactTime(attempt.startedAtMs),
      duration_ms: attempt.durationMs,
      http_status: attempt.httpStatus,
      failure: attempt.failure,
      response_body: attempt.responseBody,
    })),
  };
}
