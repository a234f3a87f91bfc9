import { expect, it } from 'vitest';
import { changedFields, draftOf, problemIn, shown } from './collection-draft';

const WAS = draftOf({
  object: 'collection_policy',
  phone_policy: 'locked',
  client_service_code: null,
  callback_url: 'https://example.com/callbacks',
  prompts_per_phone_hour: 10,
  prompts_per_phone_day: 30,
  prompts_per_day: 100_000,
  livemode: true,
});

it('sends only what is changed, as the API takes it', () => {
  const draft = { ...WAS, prompts_per_day: '200,000', callback_url: ' ', prompts_per_phone_day: ' 30' };
  expect(changedFields(WAS, draft).map(({ name, sent }) => [name, sent(draft[name])])).toEqual([
    ['callback_url', null],
    ['prompts_per_day', 200_000],
  ]);
});

it('refuses what is no count', () => {
  expect(problemIn('prompts_per_day', '0')).not.toBeNull();
  expect(problemIn('prompts_per_day', 'many')).not.toBeNull();
  expect(problemIn('prompts_per_day', '1,000')).toBeNull();
  expect(problemIn('callback_url', '')).toBeNull();
});

it('is told in words', () => {
  expect(shown('phone_policy', 'otp')).toBe('any phone, after a code');
  expect(shown('callback_url', '')).toBe('none');
  expect(shown('prompts_per_day', '100000')).toBe('100,000');
});
