import type { Journal } from '@/server/ledger/core/types';

/** Where a transaction came from, in the caller's words. */
export interface SourceFacts {
  readonly source: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const SOURCE = 'transaction_source';
const DATA = 'source_transaction_data';

/** As the journal keeps them, beside what `/v1` calls metadata: JSON text under the document's own two names. */
export function sourceText({ source, data }: SourceFacts): string {
  return JSON.stringify({ [SOURCE]: source, [DATA]: data });
}

/**
 * What a journal says of its source. One posted through `/v1` came from inside, and its metadata is the data; metadata
 * has no objects within, so that the two cannot be taken for each other.
 */
export function sourceFactsOf({ metadata }: Pick<Journal, 'metadata'>): SourceFacts {
  if (metadata === null) return { source: 'INTERNAL', data: {} };
  const kept = JSON.parse(metadata) as Record<string, unknown>;
  const source = kept[SOURCE];
  const data = kept[DATA];
  if (typeof source === 'string' && typeof data === 'object' && data !== null) {
    return { source, data: data as Record<string, unknown> };
  }
  return { source: 'INTERNAL', data: kept };
}
