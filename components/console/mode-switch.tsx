'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { hrefIn } from '@/components/api/href';
import { useConsole } from '@/components/api/scope';

/** From one set of books to the other: to the same page, but never to the same record, which is only in one of them. */
export function ModeSwitch() {
  const { scope } = useConsole();
  const [, , , , section] = usePathname().split('/');
  const path = section === undefined ? '/' : `/${section}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: two links are no fieldset of a form
    <div className="seg mode" role="group" aria-label="Books">
      {(['live', 'test'] as const).map((mode) => (
        <Link
          key={mode}
          className={mode}
          href={hrefIn({ ...scope, mode }, path)}
          prefetch={false}
          aria-current={scope.mode === mode ? 'true' : undefined}
        >
          {mode === 'live' ? 'Live' : 'Test'}
        </Link>
      ))}
    </div>
  );
}
