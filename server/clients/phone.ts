import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Problem } from '@/server/kernel/problem';

/**
 * A number with its country code, with or without a plus sign, in E.164 form. It must be a possible number of its
 * country by the plan of libphonenumber; whether anybody answers it is another matter.
 * @param param the field that it came in
 * @throws Problem parameter_invalid
 */
export function phoneOf(text: string, param: string): string {
  const number = parsePhoneNumberFromString(text.startsWith('+') ? text : `+${text}`);
  if (number?.isPossible() === true) return number.number;
  throw new Problem(
    'parameter_invalid',
    `\`${param}\` must be a possible phone number with its country code, such as 254712345678.`,
    { param },
  );
}
