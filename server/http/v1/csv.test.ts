import { describe, expect, it } from 'vitest';
import { csvRow } from './csv';

describe('csvRow', () => {
  it('quotes after RFC 4180', () => {
    expect(csvRow(['a', 'b,c', 'd"e', 'f\ng', ''])).toBe('a,"b,c","d""e","f\ng",\r\n');
  });

  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '|x', '%x'])('takes the formula out of %s', (text) => {
    expect(csvRow([text])).toBe(`'${text}\r\n`);
  });

  it('guards what begins with white space that a spreadsheet drops', () => {
    expect(csvRow(['\t=1'])).toBe("'\t=1\r\n");
    expect(csvRow(['\r=1'])).toBe('"\'\r=1"\r\n');
  });

  it('leaves numbers alone', () => {
    expect(csvRow(['-500', '-5.00', '5'])).toBe('-500,-5.00,5\r\n');
  });
});
