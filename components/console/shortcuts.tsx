'use client';

import { useConsole } from '@/components/api/scope';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { navigationOf } from './navigation';

/** What the keyboard does, on `?`. */
export function Shortcuts({ close }: { readonly close: () => void }) {
  const { me } = useConsole();
  const pages = navigationOf(me)
    .flatMap(({ items }) => items)
    .filter(({ key }) => key !== undefined);
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent title="Keyboard shortcuts">
        <dl className="keys">
          <Row keys={['⌘', 'K']} does="Search, or open a pasted id" />
          <Row keys={['/']} does="Search" />
          <Row keys={['?']} does="These shortcuts" />
          <Row keys={['esc']} does="Close what is open" />
          {pages.map(({ key, label }) => (
            <Row key={label} keys={['g', key ?? '']} does={label} />
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}

function Row({ keys, does }: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
