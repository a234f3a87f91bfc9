'use client';

import { Building2, ChevronRight, CodeXml, type LucideIcon, SlidersHorizontal, Wallet } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';

interface Step {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly href: Route;
}

/** Where nothing was ever posted: what comes first, in its order. */
export function FirstUse() {
  const { me, scope } = useConsole();
  const href = useHref();
  const steps: Step[] = [];
  if (scope.client === 'all' && may(me, 'clients:write')) {
    steps.push({
      icon: Building2,
      title: 'Make a client',
      text: 'A business whose customers have wallets, with books of its own in test and live.',
      href: href('/clients'),
    });
  }
  if (may(me, 'services:write')) {
    steps.push({
      icon: SlidersHorizontal,
      title: 'Say what its services cost',
      text: 'Fees, tax and limits, in versions that take effect when you say.',
      href: href('/services'),
    });
  }
  if (may(me, 'keys:write')) {
    steps.push({
      icon: CodeXml,
      title: 'Make a key for its programs',
      text: 'Shown once, with only the scopes it needs.',
      href: href('/developers'),
    });
  }
  steps.push({
    icon: Wallet,
    title: 'Open the first wallet',
    text: 'For a customer, in one currency. Then credit it, or let it be topped up.',
    href: href('/wallets'),
  });
  return (
    <Card title="The books are empty" note="nothing was posted here yet" className="first-use">
      <ol>
        {steps.map(({ icon: Icon, title, text, href: to }, index) => (
          <li key={title}>
            <span className="step" aria-hidden="true">
              {index + 1}
            </span>
            <Icon aria-hidden="true" />
            <div>
              <Link className="row medium" href={to} prefetch={false}>
                {title}
              </Link>
              <p className="soft">{text}</p>
            </div>
            <ChevronRight className="s" aria-hidden="true" />
          </li>
        ))}
      </ol>
      <footer>
        <span className="soft">
          Programs do all of it too:{' '}
          <Link className="link" href={'/docs' as Route}>
            the API’s documentation
          </Link>
          .
        </span>
      </footer>
    </Card>
  );
}
