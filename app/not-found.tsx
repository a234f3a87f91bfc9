import type { Metadata } from 'next';
import { MessagePage } from '@/components/brand/message-page';
import { buttonVariants } from '@/components/ui/button';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <MessagePage eyebrow="404" title="There is no page at this address">
      <p className="mt-3 text-16 text-ink-2">Check the address for a slip, or start from one of these.</p>
      <div className="mt-7 flex flex-wrap gap-3">
        <a className={buttonVariants()} href="/docs">
          Open the docs
        </a>
        <a className={buttonVariants({ variant: 'outline' })} href="/">
          Go to the start
        </a>
      </div>
    </MessagePage>
  );
}
