'use client';

import { MessagePage } from '@/components/brand/message-page';
import { Button } from '@/components/ui/button';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <MessagePage eyebrow={error.digest ?? 'error'} title="This page could not be shown">
      <p className="mt-3 text-16 text-ink-2">
        Something failed on our side. No money moved because of it. Load the page again; if it fails twice, tell us the
        code above.
      </p>
      <div className="mt-7">
        <Button onClick={reset}>Load again</Button>
      </div>
    </MessagePage>
  );
}
