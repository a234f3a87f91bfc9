import { formatAmount } from '@/components/patterns/money';

/** How much of a promotion's budget its files have issued or set aside. */
export function BudgetMeter({
  promotion: { budget, committed, currency },
}: {
  readonly promotion: { readonly budget: number | null; readonly committed: number; readonly currency: string };
}) {
  if (budget === null) return <span className="nil">no limit</span>;
  const share = Math.min(100, (committed / budget) * 100);
  return (
    <span className="budget">
      <span className="budget-bar" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
      <span>
        {share < 1 && share > 0 ? '<1' : Math.round(share)} %{' '}
        <span className="dim">of {formatAmount(budget, currency)}</span>
      </span>
    </span>
  );
}
