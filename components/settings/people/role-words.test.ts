import { expect, it } from 'vitest';
import { ROLES } from '@/contracts/roles';
import { SCOPES } from '@/contracts/scopes';
import { reachOf, rolesToGive } from './role-words';

const of = (subject: string, role: (typeof ROLES)[number]) =>
  reachOf().find(([name]) => name === subject)?.[1][ROLES.indexOf(role)];

it('says what each role may do, as the API decides it', () => {
  expect(of('Wallets and promotions', 'finance')).toBe('changes');
  expect(of('Wallets and promotions', 'ops')).toBe('freezes');
  expect(of('Wallets and promotions', 'auditor')).toBe('reads');
  expect(of('People', 'finance')).toBe('none');
  expect(of('Reversals', 'ops')).toBe('none');
});

it('lets an auditor change nothing', () => {
  const column = reachOf().map(([, reaches]) => reaches[ROLES.indexOf('auditor')]);
  expect(new Set(column)).toEqual(new Set(['reads', 'none']));
});

it('offers only roles that hold nothing the giver lacks', () => {
  expect(rolesToGive(SCOPES).map(([role]) => role)).toEqual([...ROLES]);
  const own = SCOPES.filter((scope) => scope.endsWith(':read'));
  expect(rolesToGive(own).map(([role]) => role)).toEqual(['auditor']);
});
