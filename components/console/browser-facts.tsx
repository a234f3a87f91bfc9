'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useConsole } from '@/components/api/scope';

/** Tells the server once in which zone the reader is: pages rendered after that tell times in it. */
export function BrowserFacts() {
  const { timeZone } = useConsole();
  const router = useRouter();
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own === timeZone) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `pesewa_tz=${encodeURIComponent(own)}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  }, [timeZone, router]);
  return null;
}
