import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { PROVIDER_NAMES } from '@/server/providers/provider';
import { booksOf, columns, type FoundRow } from './found';

/** Rows of one kind at the most: who wants more says more. */
const EACH = 6;
/** Where numbers are read as people write them at home, with their calling codes. */
const COUNTRIES: readonly (readonly [CountryCode, string])[] = [
  ['GH', '233'],
  ['KE', '254'],
  ['TZ', '255'],
  ['UG', '256'],
  ['NG', '234'],
  ['CI', '225'],
  ['ZM', '260'],
];
const PHONE_DIGITS_MIN = 5;

const PAYMENT = columns({
  type: 'payment',
  id: `'pay_' || x.public_hex`,
  title: 'x.reference',
  details: [`'+' || x.phone`, 'x.channel', 'x.receipt'],
  status: 'x.state',
  amount: 'x.amount_minor',
  currency: 'x.currency',
});
const CUSTOMER = columns({
  type: 'customer',
  id: 'x.id',
  title: 'coalesce(x.name, x.id)',
  details: ['x.phone', 'x.email', 'x.id'],
});
const CLIENT = columns({
  type: 'client',
  id: 'c.code',
  title: 'c.name',
  details: ['c.code', 'c.email'],
  status: 'c.status',
});
const TOP_UP = columns({
  type: 'topup',
  id: 'x.id',
  title: `'Top-up ' || left(x.number, 4) || '-' || right(x.number, 4)`,
  status: 'x.status',
  amount: 'x.amount_minor',
  currency: 'x.currency',
});

/** The rows of `table` of each set of books by itself, so that its own index is what finds them, whoever asks. */
function ofEachTenant(selected: string, table: string, condition: string, order: string, visible: string): string {
  return `(select ${selected}
    from tenants t join clients c on c.id = t.client_id
    cross join lateral (select * from ${table} r where r.tenant_id = t.id and ${condition} order by ${order} limit ${EACH}) x
    where ${visible} limit ${EACH})`;
}

export interface TextFound {
  readonly named: FoundRow[];
  readonly alike: FoundRow[];
}

/** What a number, reference or receipt names, and what a text is the beginning of. One statement for each. */
export async function findByText(ctx: Context, text: string): Promise<TextFound> {
  return { named: await findNamed(ctx, text), alike: await findAlike(ctx, text) };
}

/** Names that one record has: an account's number, a client's code, a customer's id, references, receipts. */
async function findNamed(ctx: Context, text: string): Promise<FoundRow[]> {
  if (/\s/.test(text) && !/^[0-9A-Za-z]{4} [0-9A-Za-z]{4}$/.test(text)) return [];
  const visible = booksVisible(ctx, 5);
  const parts = [
    ofEachTenant(CUSTOMER, 'customers', 'r.id = $1', 'r.id', visible.sql),
    ofEachTenant(PAYMENT, 'payments', 'r.reference = $1', 'r.id desc', visible.sql),
    `(select ${PAYMENT} from payments x ${booksOf('x')} where x.receipt = $1 and ${visible.sql} limit ${EACH})`,
    `(select ${PAYMENT} from payments x ${booksOf('x')}
      where x.provider = any ($4) and x.provider_reference = $1 and x.reference <> $1 and ${visible.sql} limit ${EACH})`,
    `(select ${columns({ type: 'refund', id: 'x.id', title: 'x.reference', details: ['x.reason'], status: 'x.state', amount: 'x.amount_minor', currency: 'x.currency' })}
      from refunds x ${booksOf('x')} where x.receipt = $1 and ${visible.sql} limit ${EACH})`,
    ofEachTenant(TOP_UP, 'top_ups', 'r.number = $2', 'r.id desc', visible.sql),
    `(select ${CLIENT} from clients c join tenants t on t.client_id = c.id
      where (c.code = $1 or c.code = upper($1) or c.public_id = lower($1)) and ${visible.sql})`,
    `(select ${columns({ type: 'service', id: 'x.code', title: 'x.name', details: ['x.code', 'x.service_code'] })}
      from client_services x ${booksOf('x')} where x.code = $1 and ${visible.sql} limit ${EACH})`,
    `(select case when x.type = 'CUSTOMER_WALLET' then 'wallet' else 'account' end as type, x.id::text,
        coalesce(p.name, o.name, x.customer_id, initcap(replace(x.type, '_', ' '))) as title,
        array['account ' || x.number, x.currency] as details, x.status, null as amount_minor, null as currency, null as parent,
        c.code as client_code, c.name as client_name
      from accounts x ${booksOf('x')}
      left join customers o on o.tenant_id = x.tenant_id and o.id = x.customer_id
      left join account_profiles p on p.tenant_id = x.tenant_id and p.account_id = x.id
      where x.number = $3::bigint and ${visible.sql})`,
  ];
  const { rows } = await ctx.db.pool.query<FoundRow>(parts.join('\nunion all\n'), [
    text,
    text.replace(/[^0-9A-Za-z]/g, '').toUpperCase(),
    /^[0-9]{5,18}$/.test(text) ? text : null,
    PROVIDER_NAMES,
    ...visible.values,
  ]);
  return rows;
}

/** By the beginnings of words of a name, of an id, or of a phone number. */
async function findAlike(ctx: Context, text: string): Promise<FoundRow[]> {
  const visible = booksVisible(ctx, 4);
  const words = wordsOf(text);
  const phones = phonePrefixes(text);
  const prefix = text.toLowerCase();
  const parts: string[] = [];
  if (words !== null) parts.push(...byWords(visible.sql));
  // Enough of an id to be one: `cus_` alone begins them all.
  if (prefix.length >= 3 && !/\s/.test(text)) {
    parts.push(
      ofEachTenant(
        CUSTOMER,
        'customers',
        `lower(r.id) ~>=~ $1 and lower(r.id) ~<~ ($1 || chr(127))`,
        'lower(r.id) using ~<~',
        visible.sql,
      ),
    );
  }
  if (phones.length > 0) {
    parts.push(
      `(select ${CUSTOMER} from tenants t join clients c on c.id = t.client_id
        cross join unnest($3::text[]) as p (prefix)
        cross join lateral (select * from customers r where r.tenant_id = t.id and r.phone is not null
          and r.phone ~>=~ p.prefix and r.phone ~<~ (p.prefix || ':') order by r.phone using ~<~ limit ${EACH}) x
        where ${visible.sql} limit ${EACH})`,
      `(select ${PAYMENT} from tenants t join clients c on c.id = t.client_id
        cross join unnest($3::text[]) as p (prefix)
        cross join lateral (select * from payments r where r.tenant_id = t.id and r.phone is not null
          and r.phone = substr(p.prefix, 2) order by r.id desc limit ${EACH}) x
        where ${visible.sql} order by x.id desc limit ${EACH})`,
    );
  }
  if (parts.length === 0) return [];
  // Every parameter is mentioned once more: which of the parts there are depends on the text.
  const { rows } = await ctx.db.pool.query<FoundRow>(
    `${words === null ? '' : `with alike as materialized (${customersByWords(visible.sql)})`}
     ${parts.join('\nunion all\n')}
     union all select null, null, null, null, null, null, null, null, null, null
     where $1::text is null and $2::text is null and $3::text[] is null`,
    [prefix, words ?? '', phones, ...visible.values],
  );
  return rows;
}

const matches = (name: string): string =>
  `to_tsvector('simple'::regconfig, coalesce(${name}, '')) @@ to_tsquery('simple'::regconfig, $2)`;

/** Not in each set of books by itself: the one index over names knows all of them. */
function customersByWords(visible: string): string {
  return `select * from customers r
    where ${matches('r.name')} and r.tenant_id in (select t.id from tenants t where ${visible})
    order by starts_with(lower(r.name), $1) desc, r.created_at desc limit ${EACH}`;
}

/** Customers by `customersByWords`, and what else has a name. */
function byWords(visible: string): string[] {
  return [
    `(select ${CUSTOMER} from alike x ${booksOf('x')} order by starts_with(lower(x.name), $1) desc, x.created_at desc)`,
    `(select ${columns({ type: 'wallet', id: 'a.id', title: 'coalesce(x.name, x.id)', details: [`a.currency || ' wallet'`, `'account ' || a.number`], status: 'a.status' })}
      from alike x ${booksOf('x')}
      join accounts a on a.tenant_id = x.tenant_id and a.customer_id = x.id and a.type = 'CUSTOMER_WALLET'
      order by starts_with(lower(x.name), $1) desc, a.status = 'closed', a.id desc limit ${EACH})`,
    `(select distinct ${CLIENT} from clients c join tenants t on t.client_id = c.id
      where (${matches('c.name')} or starts_with(lower(c.code), $1)) and ${visible} limit ${EACH})`,
    `(select ${columns({ type: 'service', id: 'x.code', title: 'x.name', details: ['x.code', 'x.service_code'] })}
      from client_services x ${booksOf('x')} where ${matches('x.name')} and ${visible} order by x.id desc limit ${EACH})`,
    `(select ${columns({ type: 'promotion', id: 'x.id', title: 'x.name', details: ['x.code', 'x.currency'], status: 'x.status' })}
      from promotions x ${booksOf('x')} where ${matches('x.name')} and ${visible} order by x.id desc limit ${EACH})`,
    `(select ${columns({ type: 'user', id: 'x.id', title: 'x.name', details: ['x.email', 'x.role'], status: 'x.status' })}
      from users x join clients c on c.id = x.client_id join tenants t on t.client_id = c.id
      where (${matches('x.name')} or starts_with(x.email, $1)) and ${visible} order by x.id desc limit ${EACH})`,
  ];
}

const WORDS_MAX = 6;

/** `ama men` as PostgreSQL asks for words that begin so; null where there is no word to look for. */
export function wordsOf(text: string): string | null {
  const words = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS_MAX);
  // One letter begins too many names to be of use.
  if (!words.some((word) => word.length >= 2) || !/\p{L}/u.test(text)) return null;
  return words.map((word) => `'${word}':*`).join(' & ');
}

/** Beginnings of E.164 numbers that the text may mean: as written abroad, and at home in each country. */
export function phonePrefixes(text: string): string[] {
  if (!/^[+0-9()./ -]+$/.test(text)) return [];
  const digits = text.replace(/[^0-9]/g, '');
  if (digits.length < PHONE_DIGITS_MIN || digits.length > 15) return [];
  const whole = COUNTRIES.flatMap(([country]) => {
    const number = parsePhoneNumberFromString(text, country);
    return number?.isPossible() === true ? [number.number as string] : [];
  });
  const international = digits.replace(/^00/, '');
  const local = digits.startsWith('0') && !digits.startsWith('00');
  const begun = local ? COUNTRIES.map(([, code]) => `+${code}${digits.slice(1)}`) : [`+${international}`];
  return [...new Set([...whole, ...begun])];
}
