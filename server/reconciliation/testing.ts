/** For tests: a provider's statement, as its portal would export it. */

export interface StatementRow {
  readonly receipt: string | null;
  readonly reference: string | null;
  /** Major units, as the portal writes them. */
  readonly amount: string;
  readonly currency?: string;
  readonly status?: string;
  /** The portal's wall clock. */
  readonly at: string;
  readonly type?: string;
  readonly payer?: string;
  readonly linkedReceipt?: string;
}

export function hubtelStatement(rows: readonly StatementRow[]): string {
  return csv([
    [
      'Date',
      'External Transaction Id',
      'Client Reference',
      'Customer Mobile Number',
      'Amount',
      'Status',
      'Transaction Type',
      'Original Transaction Id',
    ],
    ...rows.map((row) => [
      row.at,
      row.receipt ?? '',
      row.reference ?? '',
      row.payer ?? '',
      row.amount,
      row.status ?? 'Success',
      row.type ?? 'Receive Money',
      row.linkedReceipt ?? '',
    ]),
  ]);
}

/** With the lines about the account that Safaricom's portal puts above, and two columns for the way. */
export function darajaStatement(rows: readonly StatementRow[]): string {
  return csv([
    ['Short Code:', '174379'],
    ['Account Holder:', 'PESEWA DEMO'],
    [
      'Receipt No.',
      'Completion Time',
      'Initiation Time',
      'Details',
      'Transaction Status',
      'Paid In',
      'Withdrawn',
      'Balance',
      'Reason Type',
      'Other Party Info',
      'Linked Transaction ID',
      'A/C No.',
    ],
    ...rows.map((row) => {
      const isOut = row.amount.startsWith('-');
      const type = row.type ?? 'Pay Bill Online';
      const [paidIn, withdrawn] = isOut ? ['', row.amount] : [row.amount, ''];
      const who = row.payer === undefined ? '' : `${row.payer} - AMA MENSAH`;
      return [
        row.receipt ?? '',
        row.at,
        row.at,
        type,
        row.status ?? 'Completed',
        paidIn,
        withdrawn,
        '0.00',
        type,
        who,
        row.linkedReceipt ?? '',
        row.reference ?? '',
      ];
    }),
  ]);
}

function csv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
