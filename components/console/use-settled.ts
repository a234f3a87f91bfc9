'use client';

import { useEffect, useState } from 'react';

/** What was typed, once nothing more has been typed for a moment. */
export function useSettled(text: string, waitMs = 150): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), waitMs);
    return () => clearTimeout(timer);
  }, [text, waitMs]);
  return settled;
}
