'use client';

import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';
import { type Notice, onNotice } from '@/components/patterns/notify';

/** Toasts, in a chunk of its own: it comes with the first notice, which it is handed. */
export default function Notices({ first }: { readonly first: Notice }) {
  useEffect(() => {
    show(first);
    return onNotice(show);
  }, [first]);
  return <Toaster position="bottom-right" toastOptions={{ className: 'toast' }} />;
}

function show({ text, kind }: Notice): void {
  if (kind === 'success') toast.success(text);
  else if (kind === 'error') toast.error(text);
  else toast(text);
}
