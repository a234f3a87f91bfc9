'use client';

import Link from 'next/link';
import { useHref } from '@/components/api/scope';
import { shortId } from '@/components/patterns/copy-id';
import { formatMoney } from '@/components/patterns/money';
import { Timestamp } from '@/components/patterns/timestamp';
import { isAmount } from './fields';
import { pathOfId } from './paths';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const ID = /^[a-z]{2,5}_[0-9a-z]{13,32}$/;

/** A field's value before or after: as people read it, exact all the same. */
export function Value({
  field,
  of,
  currency,
  client,
}: {
  readonly field: string;
  readonly of: unknown;
  /** Of the amounts beside it. */
  readonly currency: string | null;
  readonly client?: string;
}) {
  const href = useHref();
  if (of === null || of === undefined || of === '') return <>none</>;
  if (currency !== null && isAmount(field, of)) return <>{formatMoney(of, currency)}</>;
  if (typeof of === 'boolean') return <>{of ? 'yes' : 'no'}</>;
  if (typeof of === 'number' && field.endsWith('_ms')) return <Timestamp at={of} as="exact" />;
  if (typeof of === 'number') return <>{of.toLocaleString('en-GB')}</>;
  if (typeof of === 'string') {
    if (INSTANT.test(of)) return <Timestamp at={of} as="exact" />;
    const path = ID.test(of) ? pathOfId(of) : null;
    if (path === null) return <>{of}</>;
    return (
      <Link className="lined" href={href(path, client)} title={of} prefetch={false}>
        <code>{shortId(of)}</code>
      </Link>
    );
  }
  if (Array.isArray(of) && of.every((one) => typeof one !== 'object')) {
    return <>{of.length === 0 ? 'none' : of.map(String).join(', ')}</>;
  }
  return <code>{JSON.stringify(of)}</code>;
}
