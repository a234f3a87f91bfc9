import type { ReactNode } from 'react';
import { BrandMark } from './mark';

/** A page that has one thing to say: what happened and what to do. */
export function MessagePage({ eyebrow, title, children }: { eyebrow: string; title: string; children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-svh max-w-[1080px] flex-col px-4 sm:px-10">
      <header className="flex h-14 items-center">
        <a className="brand" href="/">
          <BrandMark />
          Pesewa
        </a>
      </header>
      <main className="flex max-w-[560px] flex-1 flex-col justify-center pb-24">
        <p className="font-mono text-13 text-ink-2">{eyebrow}</p>
        <h1 className="mt-2">{title}</h1>
        {children}
      </main>
    </div>
  );
}
