'use client';

import { Download } from 'lucide-react';
import { saveFile } from '@/components/patterns/export-button';
import { selectedCsv } from './selected-csv';
import type { ListedWallet } from './types';

/** A file of the rows that are picked: all of them are on the page already. */
export function SelectedExport({ wallets }: { readonly wallets: readonly ListedWallet[] }) {
  return (
    <button
      type="button"
      className="btn icononly"
      onClick={() => saveFile([selectedCsv(wallets)], 'text/csv', 'wallets-selected.csv')}
    >
      <Download aria-hidden="true" />
      <span>Export</span>
    </button>
  );
}
