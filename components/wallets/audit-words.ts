import { wordsOf } from '@/components/patterns/status';

const ACTIONS: Readonly<Record<string, string>> = {
  'wallet.created': 'Wallet opened',
  'wallet.freeze': 'Frozen',
  'wallet.unfreeze': 'Unfrozen',
  'wallet.close': 'Closed',
  'wallet.activate': 'Made active',
  'wallet.update': 'Terms changed',
  'wallet.updated': 'Terms changed',
  'wallet.metadata_updated': 'Metadata changed',
  'wallet.note_added': 'Note added',
  'auto_topup.created': 'Automatic top-up on',
  'auto_topup.updated': 'Automatic top-up changed',
  'auto_topup.deleted': 'Automatic top-up removed',
  'auto_topup.disabled': 'Automatic top-up switched off',
};

/** What was done to a wallet, as one would say it. */
export function actionWords(action: string): string {
  return ACTIONS[action] ?? wordsOf(action);
}

interface Actor {
  readonly type: string;
  readonly id: string | null;
  readonly name: string | null;
}

/** `Abena Darko`, `Key Booking desk`, `a job`. */
export function auditActor({ type, id, name }: Actor): string {
  if (type === 'api_key') return `Key ${name ?? id ?? ''}`.trim();
  if (type === 'user') return name ?? id ?? 'A person';
  return type === 'job' ? 'A job' : wordsOf(type);
}
