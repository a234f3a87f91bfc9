import { expect, it } from 'vitest';
import { SCOPES } from '@/contracts/scopes';
import { scopeGroups, scopesInShort, scopesInWords } from './scope-groups';

it('has every scope once, under what it is about', () => {
  const groups = scopeGroups(() => true);
  expect(groups.flatMap(({ scopes }) => scopes.map(({ scope }) => scope)).sort()).toEqual([...SCOPES].sort());
  expect(groups.find(({ resource }) => resource === 'wallets')?.scopes.map(({ label }) => label)).toEqual([
    'Read',
    'Write',
    'Freeze',
  ]);
});

it('says in a line what a key may do', () => {
  expect(scopesInWords(['*'])).toBe('Everything, now and later');
  expect(scopesInWords(['wallets:read', 'wallets:write', 'audit:read'])).toBe(
    'Wallets: read, write · Audit trail: read',
  );
  expect(scopesInShort(['wallets:read', 'audit:read'])).toBe('2, all reading');
});
