'use client';

import { ChevronRight } from 'lucide-react';
import { Card } from '@/components/patterns/card';
import { wordsOf } from '@/components/patterns/status';
import { type Happening, Timeline } from '@/components/patterns/timeline';
import { Timestamp } from '@/components/patterns/timestamp';
import { maskIn } from '@/components/payments/names';
import { pretty } from '@/components/payments/pretty';
import { RawText } from '@/components/payments/raw-text';
import type { Refund } from './request';

type Step = Refund['timeline'][number];

const MOVED: Readonly<Record<Refund['status'], string>> = {
  pending: 'Taken out of the books',
  submitted: 'Sent',
  succeeded: 'Paid out',
  failed: 'Not paid out, and back in the books',
  in_reconciliation: 'Handed to a person',
};

/** Who moved it when, and what its provider said; messages open in place. */
export function History({ refund, phone }: { readonly refund: Refund; readonly phone: string | null }) {
  return (
    <div className="stack-gap">
      <Card title="What happened" padded>
        <Timeline of={refund.timeline.map(happeningOf)} />
      </Card>
      <Raws timeline={refund.timeline} phone={phone} />
    </div>
  );
}

function happeningOf(step: Step, index: number): Happening {
  const isMove = step.kind === 'transition';
  const to = step.to as Refund['status'] | null;
  return {
    key: String(index),
    title: isMove && to !== null ? MOVED[to] : `The provider said: ${step.note ?? wordsOf(step.cause)}`,
    when: <Timestamp at={step.at} as="exact" />,
    more: (
      <>
        {isMove && step.note !== null && <span>{step.note} </span>}
        <span>
          {wordsOf(step.cause)}, {byWhom(step)}
        </span>
      </>
    ),
    ...(to === 'succeeded' && { tone: 'now' as const }),
    ...(to === 'failed' && { tone: 'bad' as const }),
  };
}

function byWhom({ actor, source }: Step): string {
  if (actor === null) return `heard by ${wordsOf(source).toLowerCase()}`;
  if (actor.startsWith('job')) return 'by itself';
  return actor.startsWith('user') ? 'by a person' : 'by the API';
}

function Raws({ timeline, phone }: { readonly timeline: readonly Step[]; readonly phone: string | null }) {
  const heard = timeline.filter(({ raw }) => raw !== null);
  if (heard.length === 0) return null;
  return (
    <Card title="Messages" note="As they came. Secrets are never kept." className="pay-msgs">
      {heard.map((step) => (
        <details key={`${step.at} ${step.cause}`}>
          <summary className="pay-short">
            <ChevronRight className="s pay-twist" aria-hidden="true" />
            <b>{wordsOf(step.source)}</b>
            <span className="dim">{step.note ?? wordsOf(step.cause)}</span>
            <Timestamp at={step.at} as="time" />
          </summary>
          <div className="pay-panes">
            <RawText label="Message" text={maskIn(pretty(step.raw ?? ''), phone)} />
          </div>
        </details>
      ))}
    </Card>
  );
}
