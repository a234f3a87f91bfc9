'use client';

import { useApi } from '@/components/api/queries';

/** What needs somebody, and whether the books are balanced; asked again every minute, once for the whole page. */
export function useAttention() {
  return useApi('/v1/console/attention', {}, { refreshEveryMs: 60_000 }).data;
}
