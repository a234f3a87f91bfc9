import type { CollectionPolicyObject } from '@/contracts/payments';

export type Field = Exclude<keyof CollectionPolicyObject, 'object' | 'livemode'>;
export type Draft = Readonly<Record<Field, string>>;

interface FieldWords {
  readonly name: Field;
  readonly label: string;
  readonly hint: string;
  /** As the API takes what was typed. */
  readonly sent: (text: string) => string | number | null;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const count = (text: string): number => Number(text.replaceAll(/[,\s]/g, ''));

export const FIELDS: readonly FieldWords[] = [
  { name: 'phone_policy', label: 'Phones', hint: '', sent: (text) => text },
  {
    name: 'client_service_code',
    label: 'Service that says what it costs',
    hint: 'Its code. Its fee, limits and bearer apply. Nothing is charged without one.',
    sent: orNull,
  },
  { name: 'callback_url', label: 'Callback of every payment', hint: 'An https address, or none.', sent: orNull },
  { name: 'prompts_per_phone_hour', label: 'Prompts one phone gets in an hour', hint: 'At the most.', sent: count },
  { name: 'prompts_per_phone_day', label: 'Prompts one phone gets in a day', hint: 'At the most.', sent: count },
  { name: 'prompts_per_day', label: 'Prompts sent in a day, in all', hint: 'At the most.', sent: count },
];

export function draftOf(policy: CollectionPolicyObject): Draft {
  return Object.fromEntries(FIELDS.map(({ name }) => [name, String(policy[name] ?? '')])) as Draft;
}

export function changedFields(was: Draft, draft: Draft): readonly FieldWords[] {
  return FIELDS.filter(({ name, sent }) => sent(was[name]) !== sent(draft[name]));
}

/** What is wrong with what was typed, before the API is asked. */
export function problemIn(name: Field, text: string): string | null {
  if (!name.startsWith('prompts')) return null;
  const value = count(text);
  return Number.isInteger(value) && value >= 1 ? null : 'Must be a whole number, 1 or more.';
}

const PHONES: Readonly<Record<string, string>> = {
  locked: 'the registered phone',
  otp: 'any phone, after a code',
  off: 'any phone',
};

/** A value for people. */
export function shown(name: Field, text: string): string {
  if (name === 'phone_policy') return PHONES[text] ?? text;
  if (text.trim() === '') return 'none';
  return name.startsWith('prompts') ? count(text).toLocaleString('en-GB') : text.trim();
}
