'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { targetOf } from '@/components/api/client';
import { useConsole } from '@/components/api/scope';

/**
 * Fetches what is filtered as a file, streamed by the server, with the bytes that have come so far on the button: the
 * API's own export, asked for with the same headers as every other call.
 */
export function ExportButton({
  path,
  params = {},
  query = {},
  accept = 'text/csv',
  filename,
  children = 'Export CSV',
}: {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly accept?: string;
  readonly filename: string;
  readonly children?: string;
}) {
  const { scope } = useConsole();
  const [received, setReceived] = useState<number | null>(null);
  const run = async (): Promise<void> => {
    setReceived(0);
    try {
      const headers: Record<string, string> = { 'Pesewa-Mode': scope.mode, Accept: accept };
      if (scope.client !== 'all') headers['Pesewa-Client'] = scope.client;
      const response = await fetch(targetOf(path, { params, query }), { headers });
      if (!response.ok || response.body === null) throw new Error(`The export failed (${response.status}).`);
      save(await collect(response.body, setReceived), accept, filename);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The export failed.');
    } finally {
      setReceived(null);
    }
  };
  return (
    <button type="button" className="btn" disabled={received !== null} onClick={() => void run()}>
      <Download aria-hidden="true" />
      {received === null ? children : `${Math.ceil(received / 1024).toLocaleString('en-GB')} kB…`}
    </button>
  );
}

async function collect(body: ReadableStream<Uint8Array>, progress: (bytes: number) => void): Promise<BlobPart[]> {
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value as Uint8Array<ArrayBuffer>);
    bytes += value.byteLength;
    progress(bytes);
  }
}

function save(parts: BlobPart[], type: string, filename: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
