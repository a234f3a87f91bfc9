'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { targetOf } from '@/components/api/client';
import { useConsole } from '@/components/api/scope';
import { notify } from './notify';

export interface ExportWanted {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly accept?: string;
  readonly filename: string;
}

/**
 * Fetches what is filtered as a file, streamed by the server: the API's own export, asked for with the same headers as
 * every other call. `received` counts the bytes that have come; null while nothing is under way.
 */
export function useExport(): { readonly received: number | null; readonly run: (wanted: ExportWanted) => void } {
  const { scope } = useConsole();
  const [received, setReceived] = useState<number | null>(null);
  const fetchFile = async ({ path, params = {}, query = {}, accept = 'text/csv', filename }: ExportWanted) => {
    setReceived(0);
    try {
      const headers: Record<string, string> = { 'Pesewa-Mode': scope.mode, Accept: accept };
      if (scope.client !== 'all') headers['Pesewa-Client'] = scope.client;
      const response = await fetch(targetOf(path, { params, query }), { headers });
      if (!response.ok || response.body === null) throw new Error(`The export failed (${response.status}).`);
      saveFile(await collect(response.body, setReceived), accept, filename);
    } catch (error) {
      notify(error instanceof Error ? error.message : 'The export failed.', 'error');
    } finally {
      setReceived(null);
    }
  };
  return { received, run: (wanted) => void fetchFile(wanted) };
}

/** A button that exports, with the bytes that have come so far on it. */
export function ExportButton({
  children = 'Export CSV',
  look = '',
  ...wanted
}: ExportWanted & {
  readonly children?: string;
  /** `quiet sm`: further classes of the button. */
  readonly look?: string;
}) {
  const { received, run } = useExport();
  return (
    <button type="button" className={`btn ${look}`} disabled={received !== null} onClick={() => run(wanted)}>
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

/** Hands what the page has as a file to the person. */
export function saveFile(parts: BlobPart[], type: string, filename: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
