import { describe, expect, it } from 'vitest';
import { type AuditEntry, actionsOf, did, sentenceOf } from './words';

const entry = (action: string, name: string | null, actor: Partial<AuditEntry['actor']> = {}): AuditEntry =>
  ({
    action,
    actor: { type: 'user', id: 'usr_1', name: 'Efua Asante', email: null, role: 'finance', ...actor },
    target: { type: action.split('.')[0] as string, id: 'x', name },
  }) as AuditEntry;

describe('an audit entry in words', () => {
  it('is a sentence with a subject and an object', () => {
    expect(sentenceOf(entry('wallet.freeze', 'Ama Mensah, GHS'))).toBe(
      'Efua Asante froze the wallet of Ama Mensah, GHS.',
    );
    expect(sentenceOf(entry('promotion_import.issued', 'june.csv'))).toBe(
      'Efua Asante issued promotional credits “june.csv”.',
    );
    expect(sentenceOf(entry('approval.requested', 'credit'))).toBe('Efua Asante asked for approval: credit.');
    expect(sentenceOf(entry('user.signed_in', 'Efua Asante'))).toBe('Efua Asante signed in.');
    expect(sentenceOf(entry('client.created', 'Volta Data', { type: 'operator', id: null, name: null }))).toBe(
      'Set-up created the client Volta Data.',
    );
  });

  it('has words for an action that nobody has named yet', () => {
    expect(did('lot.taken_back')).toBe('Taken back: lot');
    expect(sentenceOf(entry('lot.taken_back', null))).toBe('Efua Asante taken back: lot.');
  });

  it('offers every action of a type, and of all', () => {
    expect(actionsOf('wallet')).toContainEqual(['wallet.freeze', 'Froze the wallet']);
    expect(actionsOf('wallet').every(([action]) => action.startsWith('wallet.'))).toBe(true);
    expect(actionsOf(undefined).length).toBeGreaterThan(actionsOf('wallet').length);
  });
});
