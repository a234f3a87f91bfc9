'use client';

import type { Route } from 'next';
import type { ReactNode } from 'react';
import { useConsole, useHref } from '@/components/api/scope';
import { PageHead } from '@/components/patterns/page-head';
import { Tabs } from '@/components/patterns/tabs';
import { presets } from './period';
import { useReportView } from './use-period';

const REPORTS = [
  ['Liabilities', '/reports'],
  ['Collections', '/reports/collections'],
  ['Fees', '/reports/fees'],
  ['Promotions', '/reports/promotions'],
  ['Statements', '/reports/statements'],
] as const;

/** Title, the reports as addresses, and the period, which goes along from one to the next. */
export function ReportFrame({
  hasPeriod = true,
  children,
}: {
  readonly hasPeriod?: boolean;
  readonly children: ReactNode;
}) {
  const href = useHref();
  const { search } = useReportView();
  return (
    <>
      <PageHead title="Reports" sub="Days are UTC. Each figure is counted from the books." />
      <Tabs
        label="Reports"
        tabs={REPORTS.map(([label, path]) => ({ label, href: `${href(path)}${search}` as Route }))}
      />
      {hasPeriod && <PeriodBar />}
      {children}
    </>
  );
}

function PeriodBar() {
  const { renderedAtMs } = useConsole();
  const { period, set } = useReportView();
  const today = new Date(renderedAtMs).toISOString().slice(0, 10);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of choices is no fieldset of a form
    <div className="bar period" role="group" aria-label="Period">
      <span className="seg">
        {presets(renderedAtMs).map(({ label, from, to }) => (
          <button
            key={label}
            type="button"
            aria-pressed={from === period.from && to === period.to}
            onClick={() => set({ from, to })}
          >
            {label}
          </button>
        ))}
      </span>
      <label className="day">
        <span className="sr">First day</span>
        <input
          type="date"
          className="input"
          value={period.from}
          max={period.to}
          onChange={(event) => event.target.value !== '' && set({ from: event.target.value, to: period.to })}
        />
      </label>
      <span aria-hidden="true">to</span>
      <label className="day">
        <span className="sr">Last day</span>
        <input
          type="date"
          className="input"
          value={period.to}
          min={period.from}
          max={today}
          onChange={(event) => event.target.value !== '' && set({ from: period.from, to: event.target.value })}
        />
      </label>
    </div>
  );
}
