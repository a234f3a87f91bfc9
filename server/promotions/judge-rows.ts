import { parseId } from '@/contracts/ids';
import { isCurrency, parseMajor } from '@/contracts/money';
import type { RowProblem } from '@/contracts/promotions';
import { descriptionSchema } from '@/contracts/text';
import type { Context } from '@/server/kernel/context';
import type { GivenRow, ImportField } from './parse-import';
import type { Promotion } from './promotion-row';

/** A wallet that a row may mean. */
interface Wallet {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly customerName: string | null;
  readonly phoneDigits: string | null;
  readonly currency: string;
  readonly status: string;
}

export interface Verdict {
  readonly code: RowProblem;
  readonly field: ImportField | null;
  readonly value: string | null;
  readonly message: string;
}

export interface JudgedRow {
  readonly row: GivenRow;
  readonly wallet: Wallet | null;
  readonly amountMinor: bigint | null;
  readonly expiresAtMs: number | null;
  readonly note: string | null;
  /** Null where it can be issued. */
  readonly problem: Verdict | null;
}

/** The recipients that a file names, asked for once. */
export interface Directory {
  readonly byId: ReadonlyMap<string, Wallet>;
  readonly byNumber: ReadonlyMap<string, Wallet>;
  readonly byCustomer: ReadonlyMap<string, readonly Wallet[]>;
  readonly byPhone: ReadonlyMap<string, readonly Wallet[]>;
}

interface WalletRow {
  id: string;
  number: string;
  customer_id: string;
  customer_name: string | null;
  phone_digits: string | null;
  currency: string;
  status: string;
}

const COLUMNS = `a.id, a.number, a.customer_id, c.name as customer_name,
  regexp_replace(c.phone, '[^0-9]', '', 'g') as phone_digits, a.currency, a.status`;

/** At most three look-ups, however many rows. */
export async function readDirectory({ db, principal }: Context, rows: readonly GivenRow[]): Promise<Directory> {
  const { tenantId } = principal;
  const names = rows.flatMap(({ cells }) => (cells.wallet_id === undefined ? [] : [cells.wallet_id]));
  const ids = names.flatMap((text) => parseId('wallet', text) ?? []);
  const numbers = names.filter((text) => /^[0-9]{1,15}$/.test(text));
  const customers = [...new Set(rows.flatMap(({ cells }) => cells.customer_id ?? []))];
  const phones = [...new Set(rows.flatMap(({ cells }) => (cells.phone === undefined ? [] : [digitsOf(cells.phone)])))];
  const { rows: found } = await db.pool.query<WalletRow>(
    `with wanted as materialized (
       select a.* from unnest($2::bigint[]) as w (id)
       cross join lateral (select * from accounts x where x.tenant_id = $1 and x.id = w.id limit 1) a
       union
       select a.* from unnest($3::bigint[]) as w (number)
       cross join lateral (select * from accounts x where x.tenant_id = $1 and x.number = w.number limit 1) a
       union
       select a.* from unnest($4::text[]) as w (customer_id)
       cross join lateral (
         select * from accounts x where x.tenant_id = $1 and x.customer_id = w.customer_id order by x.id desc limit 50
       ) a
       union
       select a.* from unnest($5::text[]) as w (digits)
       cross join lateral (
         select * from customers x
         where x.tenant_id = $1 and x.phone = '+' || w.digits and x.phone is not null limit 5
       ) c
       cross join lateral (
         select * from accounts x where x.tenant_id = $1 and x.customer_id = c.id order by x.id desc limit 50
       ) a
     )
     select ${COLUMNS} from wanted a
     left join lateral (select * from customers x where x.tenant_id = $1 and x.id = a.customer_id limit 1) c on true
     where a.type = 'CUSTOMER_WALLET' order by a.id`,
    [tenantId, ids, numbers, customers, phones],
  );
  const wallets = found.map(
    (row): Wallet => ({
      id: row.id,
      number: row.number,
      customerId: row.customer_id,
      customerName: row.customer_name,
      phoneDigits: row.phone_digits,
      currency: row.currency,
      status: row.status,
    }),
  );
  return {
    byId: new Map(wallets.map((wallet) => [wallet.id, wallet])),
    byNumber: new Map(wallets.map((wallet) => [wallet.number, wallet])),
    byCustomer: grouped(wallets, ({ customerId }) => customerId),
    byPhone: grouped(wallets, ({ phoneDigits }) => phoneDigits),
  };
}

function grouped(wallets: readonly Wallet[], keyOf: (wallet: Wallet) => string | null): Map<string, Wallet[]> {
  const groups = new Map<string, Wallet[]>();
  for (const wallet of wallets) {
    const key = keyOf(wallet);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), wallet]);
  }
  return groups;
}

function digitsOf(phone: string): string {
  return phone.replaceAll(/[^0-9]/g, '');
}

/** What every row of an import has in common. */
export interface Terms {
  readonly promotion: Pick<Promotion, 'code' | 'currency' | 'amountMinor' | 'expiresAtMs'> | null;
  readonly nowMs: number;
}

/** Why a row cannot be issued, or what it issues. Pure. */
export function judgeRow(row: GivenRow, directory: Directory, terms: Terms): JudgedRow {
  const { cells } = row;
  const recipient = recipientOf(row, directory, terms);
  const wallet = 'code' in recipient ? null : recipient;
  const amount = amountOf(cells.amount, wallet?.currency ?? cells.currency ?? terms.promotion?.currency, terms);
  const expiry = expiryOf(cells.expires_at, terms);
  const note = noteOf(cells.note);
  const problem = [recipient, amount, expiry, note].find(
    (part): part is Verdict => typeof part === 'object' && part !== null && 'code' in part,
  );
  return {
    row,
    wallet,
    amountMinor: typeof amount === 'bigint' ? amount : null,
    expiresAtMs: typeof expiry === 'number' ? expiry : null,
    note: typeof note === 'string' ? note : null,
    problem: problem ?? null,
  };
}

function recipientOf({ cells }: GivenRow, directory: Directory, { promotion }: Terms): Wallet | Verdict {
  const field = cells.wallet_id !== undefined ? 'wallet_id' : cells.customer_id !== undefined ? 'customer_id' : 'phone';
  const value = cells[field] ?? null;
  const no = (code: RowProblem, message: string, at: ImportField = field): Verdict => ({
    code,
    field: at,
    value: cells[at] ?? null,
    message,
  });
  if (value === null)
    return {
      code: 'recipient_missing',
      field: null,
      value: null,
      message: 'The row names no wallet, customer or phone.',
    };
  if (cells.currency !== undefined && !isCurrency(cells.currency)) {
    return no('currency_mismatch', `${cells.currency} is not an ISO 4217 code such as GHS.`, 'currency');
  }
  const named = candidates(cells, directory);
  if (named.length === 0) return no('recipient_not_found', notFound(cells, field));
  const currency = cells.currency ?? promotion?.currency;
  const inCurrency = currency === undefined ? named : named.filter((wallet) => wallet.currency === currency);
  const open = inCurrency.filter(({ status }) => status !== 'closed');
  const [only] = open;
  if (open.length > 1) {
    const isOneCustomer = new Set(open.map(({ customerId }) => customerId)).size === 1;
    return isOneCustomer
      ? no(
          'recipient_ambiguous',
          `The customer has wallets in ${open.map((wallet) => wallet.currency).join(' and ')}: name a currency.`,
        )
      : no('recipient_ambiguous', 'Several customers have this phone number: name the customer.');
  }
  if (only === undefined) {
    if (inCurrency.length > 0) return no('wallet_closed', 'The wallet is closed.');
    return no(
      'currency_mismatch',
      `There is no wallet in ${currency}, only in ${[...new Set(named.map((w) => w.currency))].join(', ')}.`,
    );
  }
  if (promotion !== null && only.currency !== promotion.currency) {
    return no(
      'currency_mismatch',
      `The promotion ${promotion.code} is in ${promotion.currency}, the wallet in ${only.currency}.`,
    );
  }
  if (only.status === 'inactive') return no('wallet_inactive', 'The wallet is inactive: it moves no money in or out.');
  return only;
}

/** The wallets that everything the row says of its recipient agrees on. */
function candidates(cells: GivenRow['cells'], directory: Directory): readonly Wallet[] {
  const sets: (readonly Wallet[])[] = [];
  if (cells.wallet_id !== undefined) {
    const id = parseId('wallet', cells.wallet_id);
    const wallet = id === null ? directory.byNumber.get(cells.wallet_id) : directory.byId.get(id);
    sets.push(wallet === undefined ? [] : [wallet]);
  }
  if (cells.customer_id !== undefined) sets.push(directory.byCustomer.get(cells.customer_id) ?? []);
  if (cells.phone !== undefined) sets.push(directory.byPhone.get(digitsOf(cells.phone)) ?? []);
  const [first = [], ...others] = sets;
  return first.filter((wallet) => others.every((set) => set.some(({ id }) => id === wallet.id)));
}

function notFound(cells: GivenRow['cells'], field: ImportField): string {
  const given = (['wallet_id', 'customer_id', 'phone'] as const).filter((name) => cells[name] !== undefined);
  if (given.length > 1) return `No wallet has this ${given.join(', ')} together.`;
  if (field === 'wallet_id') return 'There is no such wallet.';
  return field === 'customer_id'
    ? 'There is no wallet of such a customer.'
    : 'No customer with a wallet has this phone number.';
}

function amountOf(text: string | undefined, currency: string | undefined, { promotion }: Terms): bigint | Verdict {
  const no = (code: RowProblem, message: string): Verdict => ({ code, field: 'amount', value: text ?? null, message });
  if (text === undefined) {
    return (
      promotion?.amountMinor ?? no('amount_missing', 'The row has no amount, and the import no promotion that has one.')
    );
  }
  if (currency === undefined || !isCurrency(currency))
    return no('amount_invalid', 'Without a currency the amount cannot be read.');
  const parsed = parseMajor(text, currency);
  if (!parsed.ok) {
    return no(
      'amount_invalid',
      {
        malformed: 'The amount must be a plain decimal such as 10.00, without signs or grouping.',
        too_fine: `The amount is finer than the minor unit of ${currency}.`,
        too_large: 'The amount is larger than any there can be.',
      }[parsed.problem],
    );
  }
  return parsed.amountMinor > 0n ? parsed.amountMinor : no('amount_invalid', 'The amount must be more than 0.');
}

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const INSTANT =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})$/;

function expiryOf(text: string | undefined, { promotion, nowMs }: Terms): number | null | Verdict {
  const no = (code: RowProblem, message: string): Verdict => ({
    code,
    field: 'expires_at',
    value: text ?? null,
    message,
  });
  if (text === undefined) {
    const atMs = promotion?.expiresAtMs ?? null;
    return atMs !== null && atMs <= nowMs ? no('expires_at_past', 'The promotion’s own expiry is in the past.') : atMs;
  }
  const atMs = DAY.test(text) ? dayOf(text) : INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) {
    return no('expires_at_invalid', 'The expiry must be a day such as 2026-07-17 or a time with its zone.');
  }
  return atMs > nowMs ? atMs : no('expires_at_past', 'The expiry is in the past.');
}

/** A date that there is: 2026-02-30 is none. */
function dayOf(text: string): number {
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text) ? atMs : Number.NaN;
}

function noteOf(text: string | undefined): string | null | Verdict {
  if (text === undefined) return null;
  if (descriptionSchema.safeParse(text).success) return text;
  return {
    code: 'note_invalid',
    field: 'note',
    value: text.slice(0, 100),
    message: 'The note may have up to 500 characters, and no control characters.',
  };
}
