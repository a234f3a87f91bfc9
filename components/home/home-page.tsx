'use client';

import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { useClientName } from '@/components/console/client-name';
import { PageHead } from '@/components/patterns/page-head';
import { zonedFormat } from '@/components/patterns/timestamp';
import { BooksStrip } from './books-strip';
import { FirstUse } from './first-use';
import { LatestActivity } from './latest-activity';
import { NeedsYou } from './needs-you';
import { NetworksCard } from './networks-card';
import { OwedAndHeld } from './owed-and-held';
import { JOURNALS_REQUEST, LIABILITIES_REQUEST } from './requests';
import { TopUpsCard } from './top-ups-card';

/** What needs somebody, whether the books hold, and how money has been coming in. */
export function HomePage() {
  const { me } = useConsole();
  const seesBooks = may(me, 'accounts:read');
  const seesPayments = may(me, 'payments:read');
  const isEmpty = useIsEmpty();
  return (
    <>
      <PageHead title="Home" sub={<Today />} />
      <BooksStrip />
      <div className="stack-gap">
        {isEmpty ? (
          <div className="grid two even">
            <FirstUse />
            <NeedsYou />
          </div>
        ) : (
          <>
            <div className={seesBooks ? 'grid two even' : 'grid'}>
              <NeedsYou />
              {seesBooks && <OwedAndHeld />}
            </div>
            {(seesBooks || seesPayments) && (
              <div className={seesBooks && seesPayments ? 'grid two even' : 'grid'}>
                {seesPayments && <TopUpsCard />}
                {seesPayments && <NetworksCard />}
              </div>
            )}
            {may(me, 'transactions:read') && <LatestActivity />}
          </>
        )}
      </div>
    </>
  );
}

/** Nothing was ever posted here: then there is nothing to show but how to begin. */
function useIsEmpty(): boolean {
  const journals = useApi('/v1/journals', JOURNALS_REQUEST);
  const liabilities = useApi('/v1/reports/liabilities', LIABILITIES_REQUEST);
  return journals.data?.data.length === 0 && liabilities.data?.currencies.length === 0;
}

/** `Friday 20 November 2026, 09:42 GMT. All clients.` */
function Today() {
  const { scope, timeZone, renderedAtMs } = useConsole();
  const parts = zonedFormat(timeZone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(renderedAtMs);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  const name = useClientName(scope.client);
  const client = scope.client === 'all' ? 'All clients' : name;
  return (
    <>
      {part('weekday')} {part('day')} {part('month')} {part('year')}, {part('hour')}:{part('minute')}{' '}
      {part('timeZoneName')}. {client}.
    </>
  );
}
