'use client';

import {
  ArrowDownLeft,
  ArrowUpRight,
  BookOpenText,
  DoorOpen,
  type LucideIcon,
  Smartphone,
  UserRoundCheck,
  Webhook,
} from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { useZoneName } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import type { AnswerOf } from '@/server/http/api-types';
import { formatDuration, ticksOf } from './duration';
import { providerName } from './names';
import type { Payment } from './request';
import { settledOf } from './sentence';
import { useClock } from './use-clock';

type Journal = AnswerOf<'get', '/v1/journals/{id}'>;
type Whose = Payment['stages'][number]['whose'];

interface Stretch {
  readonly key: string;
  readonly icon: LucideIcon;
  readonly name: string;
  readonly what: ReactNode;
  readonly whose: Whose;
  readonly fromMs: number;
  /** Null while it lasts. */
  readonly toMs: number | null;
}

const ICONS: Readonly<Record<Payment['stages'][number]['stage'], LucideIcon>> = {
  accepted: DoorOpen,
  submitted: ArrowUpRight,
  waiting: Smartphone,
  confirming: ArrowDownLeft,
  posted: BookOpenText,
};

/** Room behind the payment’s own end for whom it is told. */
const AFTERWARDS = 1.04;

/** Whose time it was: every stretch of a payment's life on one axis. */
export function Timing({ payment, journal }: { readonly payment: Payment; readonly journal: Journal | undefined }) {
  const zone = useZoneName();
  const { exact } = useClock();
  const nowMs = useNow();
  const own = [...useStages(payment), ...settledBy(payment)];
  const stretches = [...own, ...toldOf(journal)];
  const startMs = Date.parse(payment.requested_at);
  const endOf = ({ fromMs, toMs }: Stretch): number => toMs ?? Math.max(fromMs, nowMs);
  // The axis is the payment’s own: a webhook that is repeated for hours stands at its end.
  const totalMs = Math.max(1, ...own.map((stretch) => endOf(stretch) - startMs)) * AFTERWARDS;
  const ticks = ticksOf(totalMs);
  return (
    <Card
      title="Where the time went"
      end={<Shares payment={payment} stretches={stretches} endOf={endOf} />}
      className="pay-timing"
    >
      <table>
        <caption className="sr">Where the time went, stage by stage</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Stage</span>
            </th>
            <th scope="col" className="pay-track">
              <span className="sr">Share of the time</span>
              {ticks.map(({ at, label }) => (
                <i key={at} style={{ left: percent(at) }} aria-hidden="true">
                  {label}
                </i>
              ))}
            </th>
            <th scope="col" className="num">
              At, {zone}
            </th>
            <th scope="col" className="num">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {stretches.map((stretch) => {
            const { key, icon: Icon, name, what, whose, fromMs, toMs } = stretch;
            return (
              <tr key={key}>
                <th scope="row">
                  <span className="pay-stage">
                    <Icon aria-hidden="true" />
                    <b>{name}</b>
                    <span>{what}</span>
                  </span>
                </th>
                <td className="pay-track" aria-hidden="true">
                  {ticks.map(({ at }) => (
                    <i key={at} style={{ left: percent(at) }} />
                  ))}
                  <span
                    className={`pay-stretch whose-${whose} ${toMs === null ? 'open' : ''}`}
                    style={{
                      left: `min(${percent((fromMs - startMs) / totalMs)}, 100% - 3px)`,
                      width: percent(Math.min(endOf(stretch) - fromMs, totalMs - (fromMs - startMs)) / totalMs),
                    }}
                  />
                </td>
                <td className="num dim">{exact(fromMs)}</td>
                <td className="num">{toMs === null ? 'so far' : formatDuration(toMs - fromMs)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Lapse payment={payment} />
    </Card>
  );
}

function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
}

function Shares({
  payment,
  stretches,
  endOf,
}: {
  readonly payment: Payment;
  readonly stretches: readonly Stretch[];
  readonly endOf: (stretch: Stretch) => number;
}) {
  const names: readonly (readonly [Whose, string])[] = [
    ['customer', 'Customer'],
    ['provider', providerName(payment.provider)],
    ['us', 'Pesewa'],
  ];
  return (
    <ul className="pay-shares">
      {names.map(([whose, name]) => (
        <li key={whose}>
          <i className={`whose-${whose}`} aria-hidden="true" />
          {name}
          <b>
            {formatDuration(
              stretches.filter((one) => one.whose === whose).reduce((sum, one) => sum + endOf(one) - one.fromMs, 0),
            )}
          </b>
        </li>
      ))}
    </ul>
  );
}

function useStages(payment: Payment): readonly Stretch[] {
  const href = useHref();
  const provider = providerName(payment.provider);
  const isPaid = payment.journal_id !== null;
  const wasHanded = payment.status === 'in_reconciliation' || settledOf(payment) !== null;
  const words: Readonly<Record<Payment['stages'][number]['stage'], readonly [string, ReactNode]>> = {
    accepted: ['Accepted', 'Checked, stored, on its way out'],
    submitted: ['Sent', payment.stages.length > 2 ? `Taken by ${provider}` : `Sent to ${provider}`],
    waiting: ['Prompted', isPaid ? 'The phone asked, the PIN was typed' : 'The phone asked'],
    confirming: ['Answered', answered(payment, provider)],
    posted: [
      wasHanded ? 'Handed over' : isPaid ? 'Posted' : 'Recorded',
      wasHanded ? (
        'To a person, since nobody else can say'
      ) : payment.journal_id === null ? (
        'Nothing was posted'
      ) : (
        <>
          <Link className="link" href={href(`/journals/${payment.journal_id}`, payment.client_code)} prefetch={false}>
            Journal
          </Link>{' '}
          committed{payment.wallet_id === null ? '' : ', wallet credited'}
        </>
      ),
    ],
  };
  return payment.stages.map(({ stage, whose, from, to }) => ({
    key: stage,
    icon: ICONS[stage],
    name: words[stage][0],
    what: words[stage][1],
    whose,
    fromMs: Date.parse(from),
    toMs: to === null ? null : Date.parse(to),
  }));
}

function answered({ believed, failure_code, status }: Payment, provider: string): string {
  if (status === 'pending') return `${provider} has to say what became of it`;
  if (believed.includes('provider_confirmed')) return `Paid, and confirmed by asking ${provider}`;
  if (believed.length > 0) return failure_code === null ? 'Paid, by callback' : 'Something came, by callback';
  return `${provider} said that it was not paid`;
}

/** From when it was handed to a person until they said how it was. */
function settledBy(payment: Payment): readonly Stretch[] {
  const settled = settledOf(payment);
  const handed = payment.timeline.findLast(({ kind, to }) => kind === 'transition' && to === 'in_reconciliation');
  if (settled === null || handed === undefined) return [];
  return [
    {
      key: 'settled',
      icon: UserRoundCheck,
      name: 'Settled',
      what: `By a person${settled.note === null ? '' : `: “${settled.note}”`}`,
      whose: 'us',
      fromMs: Date.parse(handed.at),
      toMs: Date.parse(settled.at),
    },
  ];
}

/** Who was told of the money, as its journal knows. */
function toldOf(journal: Journal | undefined): readonly Stretch[] {
  return (journal?.trail.deliveries ?? []).map((delivery) => {
    const host = delivery.url === null ? 'Your server' : hostOf(delivery.url);
    const fromMs = Date.parse(delivery.at);
    return {
      key: delivery.id,
      icon: Webhook,
      name: 'Told',
      what: `${host} ${delivery.http_status === null ? (delivery.status === 'pending' ? 'is being told' : 'did not answer') : `answered ${delivery.http_status}`}`,
      whose: 'us',
      fromMs,
      toMs: fromMs + (delivery.duration_ms ?? 0),
    };
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function Lapse({ payment }: { readonly payment: Payment }) {
  const prompted = payment.stages.find(({ stage }) => stage === 'waiting');
  if (prompted === undefined || payment.prompt_expires_at === null) return null;
  const lasts = formatDuration(Date.parse(payment.prompt_expires_at) - Date.parse(prompted.from));
  return (
    <footer className="dim">
      {prompted.to === null ? 'The prompt lapses' : 'The prompt would have lapsed'} {lasts} after it was shown.
    </footer>
  );
}
