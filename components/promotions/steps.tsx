import { Check } from 'lucide-react';

const STEPS = ['Upload', 'Dry run', 'Issue'] as const;

/** Where one is; what lies behind has a tick. */
export function Steps({ current }: { readonly current: 0 | 1 | 2 | 3 }) {
  return (
    <ol className="steps" aria-label="Steps">
      {STEPS.map((name, index) => (
        <li
          key={name}
          className={index < current ? 'done' : index === current ? 'current' : undefined}
          aria-current={index === current ? 'step' : undefined}
        >
          <span className="ring">{index < current ? <Check aria-hidden="true" /> : index + 1}</span>
          {name}
          {index < current && <span className="sr"> done</span>}
        </li>
      ))}
    </ol>
  );
}
