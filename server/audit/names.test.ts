import { describe, expect, it } from 'vitest';
import { formatId } from '@/contracts/ids';
import { changesOf, stateOf } from './changes';
import { actorOf, credentialOf, objectOf, storedActors, storedObjectIds } from './names';

describe('objects', () => {
  it('are of the kind their action begins with, and in public form', () => {
    expect(objectOf('wallet.freeze', '1234')).toEqual({ type: 'wallet', id: formatId('wallet', '1234') });
    expect(objectOf('api_key.revoked', '9')).toEqual({ type: 'api_key', id: formatId('key', '9') });
  });

  it('keep ids that are public already, and clients’ own', () => {
    expect(objectOf('client.created', 'cli_abc')).toEqual({ type: 'client', id: 'cli_abc' });
    expect(objectOf('customer.updated', '1234')).toEqual({ type: 'customer', id: '1234' });
    expect(objectOf('wallet.freeze', '99999999999999999999').id).toBe('99999999999999999999');
    expect(objectOf('wallet.freeze', '9999999999999999999').id).toBe('9999999999999999999');
    expect(objectOf('something', 'x')).toEqual({ type: 'something', id: 'x' });
  });

  it('are found by either form', () => {
    expect(storedObjectIds(formatId('wallet', '1234'))).toContain('1234');
    expect(storedObjectIds('wall_0000000000001')).toContain('1');
    expect(storedObjectIds('1234')).toEqual(['1234']);
    expect(storedObjectIds('cus_abc')).toEqual(['cus_abc']);
  });
});

describe('actors', () => {
  it('have a type and an id where there is one', () => {
    expect(actorOf('api_key:7')).toEqual({ type: 'api_key', id: formatId('key', '7') });
    expect(actorOf('user:8')).toEqual({ type: 'user', id: formatId('user', '8') });
    expect(actorOf('job:sweep')).toEqual({ type: 'job', id: 'sweep' });
    expect(actorOf('operator')).toEqual({ type: 'operator', id: null });
    expect(storedActors(formatId('key', '7'))).toContain('api_key:7');
    expect(storedActors('operator')).toEqual(['operator']);
    expect(credentialOf('session:5')).toBe(formatId('session', '5'));
    expect(credentialOf(null)).toBeNull();
    expect(credentialOf('operator')).toBeNull();
  });
});

describe('changes', () => {
  it('are the fields that differ', () => {
    const before = stateOf('{"name":"A","email":null,"metadata":{"tier":"free","kept":1},"gone":true}');
    const after = stateOf('{"name":"A","email":"a@b.c","metadata":{"tier":"pro","kept":1,"new":[1]}}');
    expect(changesOf(before, after)).toEqual([
      { field: 'email', before: null, after: 'a@b.c' },
      { field: 'metadata.tier', before: 'free', after: 'pro' },
      { field: 'metadata.new', before: null, after: [1] },
      { field: 'gone', before: true, after: null },
    ]);
  });

  it('of what is new are all its fields', () => {
    expect(changesOf(null, { a: 1, b: null })).toEqual([{ field: 'a', before: null, after: 1 }]);
    expect(changesOf(null, null)).toEqual([]);
  });

  it('are not led astray by names that every object has', () => {
    expect(changesOf(stateOf('{"__proto__":1}'), stateOf('{"constructor":2}'))).toEqual([
      { field: '__proto__', before: 1, after: null },
      { field: 'constructor', before: null, after: 2 },
    ]);
  });

  it('show a state that is no object as one', () => {
    expect(stateOf('[1]')).toEqual({ value: [1] });
    expect(stateOf('not json')).toEqual({ value: 'not json' });
    expect(stateOf(null)).toBeNull();
  });
});
