'use client';

import { Dialog, DialogContent } from '@/components/ui/dialog';

/** What the provider sent, as it came; JSON is set out. */
export default function RawMessage({
  raw,
  provider,
  close,
}: {
  readonly raw: string;
  readonly provider: string;
  readonly close: () => void;
}) {
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent title={`What ${provider} said`} description="As it came. Secrets and PINs are never kept." wide>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too */}
        <pre className="raw" tabIndex={0}>
          {pretty(raw)}
        </pre>
      </DialogContent>
    </Dialog>
  );
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
