'use client';

import { useEffect, useState } from 'react';
import { useConsole } from '@/components/api/scope';

/** The time as the page was rendered, then as it passes: by half minutes, so that relative times stay true. */
export function useNow(): number {
  const { renderedAtMs } = useConsole();
  const [nowMs, setNowMs] = useState(renderedAtMs);
  useEffect(() => {
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
