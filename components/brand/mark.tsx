/** The stem and coin: a "p" whose bowl is a pesewa. Gold, as money given is; nowhere else. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={className ?? 'brand-mark'}>
      <path d="M4.5 4.5v13" />
      <circle cx="10.5" cy="8.5" r="6" />
    </svg>
  );
}
