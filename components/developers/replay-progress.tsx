'use client';

import { X } from 'lucide-react';
import { useApi } from '@/components/api/queries';

const EVERY_MS = 2_000;
const COUNTED_MAX = 100;

/** How a replay gets on: what of it still waits, asked until nothing does. */
export function ReplayProgress({
  endpointId,
  deliveries,
  close,
}: {
  readonly endpointId: string;
  readonly deliveries: number;
  readonly close: () => void;
}) {
  const waiting = useApi(
    '/v1/webhook_endpoints/{id}/deliveries',
    { params: { id: endpointId }, query: { status: 'pending', limit: String(COUNTED_MAX) } },
    { enabled: deliveries > 0, refreshEveryMs: EVERY_MS },
  );
  const left = waiting.data?.data.length;
  const isMore = waiting.data?.has_more === true;
  return (
    <div className="hint-bar replay" role="status">
      <span>
        {deliveries === 0
          ? 'The window holds nothing that it has not taken.'
          : `${deliveries.toLocaleString('en-GB')} ${deliveries === 1 ? 'delivery was' : 'deliveries were'} made. `}
        {deliveries > 0 &&
          (left === undefined
            ? ''
            : left === 0
              ? 'None waits any more: what came of each is below.'
              : `${isMore ? `More than ${COUNTED_MAX}` : left} still ${left === 1 ? 'waits' : 'wait'} for this endpoint.`)}
      </span>
      {deliveries > 0 && left !== undefined && !isMore && (
        <span className="meter" aria-hidden="true">
          <i style={{ width: `${Math.max(0, 100 - (100 * Math.min(left, deliveries)) / deliveries)}%` }} />
        </span>
      )}
      <button type="button" className="iconbtn" aria-label="Close" onClick={close}>
        <X aria-hidden="true" />
      </button>
    </div>
  );
}
