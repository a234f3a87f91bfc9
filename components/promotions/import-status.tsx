import { Status } from '@/components/patterns/status';
import type { AnswerOf } from '@/server/http/api-types';

export type Import = AnswerOf<'get', '/v1/promotion_imports/{id}'>;

/** Where a file stands, in words. */
export function ImportStatus({ of }: { readonly of: Pick<Import, 'state' | 'counts' | 'approval_id'> }) {
  const { state, counts, approval_id } = of;
  if (state === 'checked') {
    return approval_id === null ? (
      <Status of="created" word="Checked" />
    ) : (
      <Status of="pending" word="Waits for approval" />
    );
  }
  if (state === 'issuing') return <Status of="processing" word="Being issued" />;
  if (state === 'stopping') return <Status of="pending" word="Stopping" />;
  if (state === 'stopped') return <Status of="paused" word="Stopped" />;
  if (state === 'discarded') return <Status of="off" word="Discarded" />;
  return counts.failed > 0 ? (
    <Status of="pending" word={`Done, ${counts.failed.toLocaleString('en-GB')} failed`} />
  ) : (
    <Status of="succeeded" word="Done" />
  );
}
