import { expect, it } from 'vitest';
import { selectedCsv } from './selected-csv';
import type { ListedWallet } from './types';

const wallet = {
  id: 'wal_1',
  account_number: '10000008',
  customer_id: 'cus_1',
  customer_name: 'Mensah, "Ama"',
  currency: 'GHS',
  balance: -3_500,
  available: -3_500,
  held: 0,
  promotional: 0,
  status: 'frozen',
} as ListedWallet;

it('writes rows that a spreadsheet reads back and cannot run', () => {
  const [header, row, formula] = selectedCsv([wallet, { ...wallet, customer_name: '=1+1' }]).split('\r\n');
  expect(header).toMatch(/^id,account_number,/);
  expect(row).toBe('wal_1,10000008,cus_1,"Mensah, ""Ama""",,GHS,-35.00,-35.00,0.00,0.00,frozen');
  expect(formula).toContain(",'=1+1,");
});
