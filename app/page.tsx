import { ArrowRight } from 'lucide-react';
import { BrandMark } from '@/components/brand/mark';
import { Books } from '@/components/docs/books';
import { HEALTH_HREF, OPENAPI_HREF } from '@/components/docs/links';
import { buttonVariants } from '@/components/ui/button';

const PROMISES = [
  ['Every movement has two sides', 'A debit, a credit, an expiry: each is a journal whose debits equal its credits.'],
  ['One reference, one effect', 'Send a request again after a lost answer, and the money still moves once.'],
  ['Promotions end when they say', 'Credit with a date is spendable up to that instant and not after.'],
] as const;

export default function HomePage() {
  return (
    <div className="mx-auto flex min-h-svh max-w-[1080px] flex-col px-4 sm:px-10">
      <header className="flex h-14 items-center justify-between">
        <span className="brand">
          <BrandMark />
          Pesewa
        </span>
        <nav aria-label="Site" className="flex gap-5 font-medium text-13 text-ink-2">
          <a className="py-3 hover:text-ink" href="/console">
            Console
          </a>
          <a className="py-3 hover:text-ink" href="/docs">
            Docs
          </a>
          <a className="py-3 hover:text-ink" href={OPENAPI_HREF}>
            OpenAPI
          </a>
          <a className="py-3 hover:text-ink" href={HEALTH_HREF}>
            Health
          </a>
        </nav>
      </header>
      <main className="flex flex-1 flex-col justify-center gap-14 py-12 sm:py-16">
        <div className="grid items-center gap-10 lg:grid-cols-[minmax(0,1fr)_420px] lg:gap-16">
          <div>
            <h1>Prepaid wallets on a double-entry ledger</h1>
            <p className="mt-3 max-w-[46ch] text-16 text-ink-2">
              Pesewa keeps what each customer holds, what you have given them and what they have spent, and can show
              where every pesewa of it came from.
            </p>
            <div className="mt-7 flex flex-wrap gap-3">
              <a className={buttonVariants()} href="/docs">
                Make your first debit
                <ArrowRight aria-hidden="true" />
              </a>
              <a className={buttonVariants({ variant: 'outline' })} href="/docs/reference">
                See all operations
              </a>
            </div>
          </div>
          <figure>
            <Books
              caption="Journal of a debit"
              currency="GHS"
              total="5.00"
              legs={[
                { account: 'Ama Mensah’s wallet', note: '150.00 → 145.00', debit: '5.00' },
                { account: 'Your collections', note: '0.00 → 5.00', credit: '5.00' },
              ]}
            />
            <figcaption className="mt-2 px-4 text-12 text-ink-2">
              Ama was debited GHS 5.00 for ten text messages.
            </figcaption>
          </figure>
        </div>
        <dl className="grid gap-x-10 gap-y-6 border-line border-t pt-8 sm:grid-cols-3">
          {PROMISES.map(([term, meaning]) => (
            <div key={term}>
              <dt className="font-semibold">{term}</dt>
              <dd className="mt-1 text-13 text-ink-2">{meaning}</dd>
            </div>
          ))}
        </dl>
      </main>
    </div>
  );
}
