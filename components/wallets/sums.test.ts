import { expect, it } from 'vitest';
import { sumsInWords } from './sums';

it('adds up each currency by itself, exactly', () => {
  expect(sumsInWords([])).toBe('');
  expect(
    sumsInWords([
      { minor: 3_850, currency: 'GHS' },
      { minor: 86_000, currency: 'KES' },
      { minor: 940, currency: 'GHS' },
    ]),
  ).toBe('GHS 47.90 and KES 860.00');
  const most = Number.MAX_SAFE_INTEGER;
  expect(
    sumsInWords([
      { minor: most, currency: 'GHS' },
      { minor: most, currency: 'GHS' },
      { minor: 1, currency: 'JPY' },
      { minor: -5, currency: 'BHD' },
    ]),
  ).toBe('GHS 180,143,985,094,819.82, JPY 1 and BHD −0.005');
});
