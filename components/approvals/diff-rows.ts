import { typeWords } from '@/components/accounts/types';
import { formatAmount } from '@/components/patterns/money';
import { wordsOf } from '@/components/patterns/status';
import type { ApprovalObject } from '@/contracts/approvals';

type State = ApprovalObject['effect']['before'];

/** One term of an act, as it is and as it would be. */
export interface TermRow {
  readonly field: string;
  readonly label: string;
  /** Null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly change: 'new' | 'gone' | 'changed' | 'same';
}

/** What the page says elsewhere, or says nothing to whoever decides. */
const USUAL_PRIORITY = 50;
const SILENT = new Set(['state', 'reversed', 'kind']);

/** Every term of an act beside balances: what changes, and what is said to stay the same. */
export function termRows({ effect, reason }: Pick<ApprovalObject, 'effect' | 'reason'>): TermRow[] {
  const before = flat(effect.before);
  const after = flat(effect.after);
  const fields = [...new Set([...before.keys(), ...after.keys()])];
  return fields.flatMap((field): TermRow[] => {
    const [was, is] = [before.get(field) ?? null, after.get(field) ?? null];
    if (SILENT.has(field) || (was === null && is === null) || (was === null && is === reason)) return [];
    // The order that every credit has unless somebody says another.
    if (field === 'priority' && was === null && is === USUAL_PRIORITY) return [];
    const same = JSON.stringify(was) === JSON.stringify(is);
    const change = same ? 'same' : was === null ? 'new' : is === null ? 'gone' : 'changed';
    return [{ field, label: labelOf(field), before: told(field, was), after: told(field, is), change }];
  });
}

/** Fields by their dotted paths; a list is one value. */
function flat(state: State, path = ''): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(state ?? {})) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, leaf] of flat(value as State, `${path}${name}.`)) fields.set(inner, leaf);
    } else fields.set(path + name, value);
  }
  return fields;
}

const LABELS: Readonly<Record<string, string>> = {
  expires_at: 'Spendable until',
  priority: 'Order among credits',
  fees_refunded: 'Fees are given back',
  refunded: 'Refunded so far',
  method: 'How it is refunded',
  'paid_to.provider': 'Paid out through',
  'paid_to.channel': 'Paid out to',
  'paid_to.phone': 'Phone',
  'paid_to.name': 'Name there',
  has_fee: 'Charges a fee',
  'fee.type': 'Kind of fee',
  'fee.parts_per_million': 'Fee',
  tax_parts_per_million: 'Tax on the fee',
  file_name: 'File',
  rows: 'Credits',
  source_transaction_id: 'Their reference',
};

const ABOVE = /^(\w+)\.above\.([A-Z]{3})$/;
const RULES = /^rules\.(now|\d{4}-\d{2}-\d{2})[^.]*(?:\.\d+Z)?\.(.+)$/;

function labelOf(field: string): string {
  const above = ABOVE.exec(field);
  if (above !== null) return `${wordsOf(above[1] ?? '')} above, ${above[2]}`;
  const rules = RULES.exec(field);
  if (rules !== null) {
    const [, when, name = ''] = rules;
    return when === 'now' ? labelOf(name) : `${labelOf(name)}, from ${when}`;
  }
  return LABELS[field] ?? wordsOf(field);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function told(field: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const above = ABOVE.exec(field);
  if (above?.[2] !== undefined) return formatAmount(String(value), above[2]);
  if (field.endsWith('parts_per_million')) return `${Number(value) / 10_000} %`;
  if (value === 'every') return 'every one';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => wordsOf(String(one).toLowerCase())).join(', ');
  if (typeof value === 'string' && INSTANT.test(value)) return `${value.slice(0, 16).replace('T', ' ')} UTC`;
  return String(value);
}

/** What has become different between two looks at what waits. */
export function movedSince(seen: ApprovalObject, now: ApprovalObject): string[] {
  const moved: string[] = [];
  for (const balance of now.effect.balances) {
    const was = seen.effect.balances.find(({ account_id: id }) => id === balance.account_id);
    // What is held and spent moves with everybody’s money, and keeps nobody from deciding.
    if (was === undefined || was.before === balance.before || typeWords(balance.type).nature !== 'owed') continue;
    const name = balance.name ?? balance.customer_id ?? `Account ${balance.account_number}`;
    const { currency } = balance;
    moved.push(
      `${name} stood at ${currency} ${formatAmount(was.before, currency)}, and stands at ${formatAmount(balance.before, currency)} now.`,
    );
  }
  const old = new Map(termRows(seen).map((row) => [row.field, row]));
  for (const row of termRows(now)) {
    const was = old.get(row.field);
    if (was?.before !== row.before || was?.after !== row.after) moved.push(`${row.label} is not what it was.`);
  }
  if (seen.effect.possible && !now.effect.possible) moved.push('It cannot be done any more.');
  if (!seen.effect.possible && now.effect.possible) moved.push('It can be done again.');
  return moved;
}
