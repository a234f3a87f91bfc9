'use client';

import { FileUp, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { PageHead } from '@/components/patterns/page-head';
import { Tabs } from '@/components/patterns/tabs';
import { PromotionDialog } from './promotion-dialog';

/** What the pages about promotional money have in common. */
export function PromotionsHead() {
  const { me, scope } = useConsole();
  const href = useHref();
  const [creating, setCreating] = useState(false);
  const mayIssue = may(me, 'wallets:write');
  return (
    <>
      <PageHead
        title="Promotions"
        sub="Money given away: issued, spent, expired, and what is still open."
        actions={
          mayIssue && (
            <>
              <Link className="btn" href={href('/promotions/imports/new')}>
                <FileUp aria-hidden="true" />
                Issue by file
              </Link>
              {scope.client !== 'all' && (
                <button type="button" className="btn primary" onClick={() => setCreating(true)}>
                  <Plus aria-hidden="true" />
                  New promotion
                </button>
              )}
            </>
          )
        }
      />
      <Tabs
        label="Promotions"
        tabs={[
          { label: 'Promotions', href: href('/promotions') },
          { label: 'Credits', href: href('/promotions/credits') },
          { label: 'Expiry calendar', href: href('/promotions/calendar') },
          { label: 'Breakage', href: href('/promotions/breakage') },
          { label: 'Files', href: href('/promotions/imports') },
        ]}
      />
      <PromotionDialog open={creating} onOpenChange={setCreating} promotion={null} />
    </>
  );
}
