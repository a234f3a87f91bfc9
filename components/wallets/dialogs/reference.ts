'use client';

import { useState } from 'react';

/** A reference that nobody has used, for somebody who has none of their own: short enough to be read out. */
export function useReference(prefix: string): readonly [string, (text: string) => void] {
  const [reference, setReference] = useState(() => `${prefix}-${crypto.randomUUID().slice(0, 8)}`);
  return [reference, setReference];
}
