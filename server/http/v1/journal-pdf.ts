import type { JournalObject } from '@/contracts/journals';
import { formatMajor } from '@/contracts/money';
import { type Column, grouped, INK, MUTED, PAGE, pdfResponse, Sheet } from '@/server/reports/pdf/sheet';

const DEBIT: readonly [Column, Column] = [
  { title: 'Debit', x: 48, width: 150 },
  { title: '', x: 200, width: 88, align: 'right' },
];
const CREDIT: readonly [Column, Column] = [
  { title: 'Credit', x: 306, width: 150 },
  { title: '', x: 459, width: 88.28, align: 'right' },
];
const MIDDLE = 297;
const ROW = 40;

/** A journal on paper: debits left, credits right, equal totals, where it came from. */
export function journalPdf(journal: JournalObject): Response {
  const foot = `${journal.id} · posted ${journal.posted_at}${journal.livemode ? '' : ' · test mode'}`;
  const sheet = new Sheet(`Journal ${journal.id}`, foot, Date.parse(journal.posted_at));
  return pdfResponse(`${journal.id}.pdf`, sheet, async (to) => {
    head(to, journal);
    accounts(to, journal);
    facts(to, journal);
  });
}

function head(sheet: Sheet, journal: JournalObject): void {
  const name = journal.kind.charAt(0).toUpperCase() + journal.kind.slice(1).replaceAll('_', ' ');
  const amount = `${journal.currency} ${grouped(formatMajor(BigInt(journal.amount), journal.currency))}`;
  sheet.text('Pesewa', PAGE.left, sheet.y, 200, { font: 'bold', size: 10 });
  if (!journal.livemode) sheet.text('Test mode', PAGE.right - 120, sheet.y, 120, { color: MUTED, align: 'right' });
  sheet.text(`${name}, ${journal.account.name}`, PAGE.left, sheet.y + 34, 360, { font: 'bold', size: 18 });
  sheet.text(amount, 400, sheet.y + 36, 147.28, { font: 'bold', size: 15, align: 'right' });
  sheet.text(journal.id, PAGE.left, sheet.y + 62, 300, { font: 'mono', size: 9, color: MUTED });
  sheet.y += 90;
}

/** As the console shows it: the two sides beside each other, pair by pair. */
function accounts(sheet: Sheet, journal: JournalObject): void {
  const major = (minor: number): string => grouped(formatMajor(BigInt(minor), journal.currency));
  sheet.table(
    [...DEBIT, ...CREDIT].map((column) => (column.title === '' ? { ...column, title: journal.currency } : column)),
  );
  for (let i = 0; i < journal.legs.length; i += 2) {
    sheet.need(ROW + 6);
    const top = sheet.y;
    for (const leg of journal.legs.slice(i, i + 2)) {
      const [name, amount] = leg.side === 'debit' ? DEBIT : CREDIT;
      const side = (minor: number): string => `${major(Math.abs(minor))} ${minor < 0 ? 'Dr' : 'Cr'}`;
      sheet.text(leg.account.name, name.x, top, name.width, { size: 10 });
      sheet.text(`${leg.account.number}, entry ${leg.sequence}`, name.x, top + 14, name.width, {
        size: 7.5,
        color: MUTED,
      });
      sheet.text(major(leg.amount), amount.x, top, amount.width, { size: 10, align: 'right' });
      sheet.text(`${side(leg.balance_before)} to ${side(leg.balance_after)}`, name.x, top + 24, name.width + 90, {
        size: 7.5,
        color: MUTED,
      });
    }
    sheet.rule(PAGE.left, PAGE.right, top + ROW - 3);
    sheet.doc
      .moveTo(MIDDLE, top - 6)
      .lineTo(MIDDLE, top + ROW - 3)
      .lineWidth(1)
      .strokeColor(INK)
      .stroke();
    sheet.y += ROW + 3;
  }
  sheet.endTable();
  for (const [name, amount] of [DEBIT, CREDIT]) {
    sheet.text(name === DEBIT[0] ? 'Total debits' : 'Total credits', name.x, sheet.y + 4, name.width, { color: MUTED });
    sheet.text(major(journal.total), amount.x, sheet.y + 2, amount.width, { font: 'bold', size: 11, align: 'right' });
    sheet.doubleRule(amount.x + 20, amount.x + amount.width, sheet.y + 19);
  }
  sheet.y += 48;
}

function facts(sheet: Sheet, journal: JournalObject): void {
  const { origin, trail, fee_rules: fee } = journal;
  const percent = (ppm: number): string => `${ppm / 10_000} %`;
  const major = (minor: number): string =>
    `${journal.currency} ${grouped(formatMajor(BigInt(minor), journal.currency))}`;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Posted', journal.posted_at],
    ['Business date', journal.business_date],
    ['Description', journal.description],
    ['Reference', journal.reference],
    ['Client', journal.client_code],
    ['Service', fee === null ? null : `${fee.service_name} (${fee.service_code}), version ${fee.version}`],
    [
      'Fee',
      fee === null
        ? null
        : `${fee.rate_ppm === null ? '' : `${percent(fee.rate_ppm)} of ${major(fee.base)} is `}${major(fee.amount)}; tax ${percent(fee.tax_rate_ppm)} of it is ${major(fee.tax)}`,
    ],
    ['Posted by', [origin.actor.type, origin.actor.name, origin.actor.id].filter((part) => part !== null).join(', ')],
    [
      'Request',
      trail.request === null
        ? null
        : [trail.request.id, trail.request.method, trail.request.path].filter((part) => part !== null).join(' '),
    ],
    [
      'Payment',
      trail.payment === null ? null : `${trail.payment.id}, ${trail.payment.channel}, ${trail.payment.status}`,
    ],
    ['Receipt', trail.observation?.receipt ?? null],
    ['Reversal of', journal.reversal_of],
    ['Reversed by', journal.reversed_by],
    ['Sealed', journal.sealed ? 'Yes: its proof is at /proof' : 'Not yet'],
  ];
  for (const [name, value] of rows) {
    if (value === null) continue;
    sheet.need(18);
    sheet.text(name, PAGE.left, sheet.y, 100, { color: MUTED });
    sheet.text(value, 152, sheet.y, 395);
    sheet.y += 16;
  }
}
