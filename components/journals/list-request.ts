import { one } from '@/components/api/one';
import { parseMajor } from '@/contracts/money';
import type { RequestOf } from '@/server/http/api-types';

export const JOURNALS_PER_PAGE = '25';

/** What amounts are read as where no currency is asked for: most have two digits. */
const ANY_CURRENCY = 'GHS';

/** The address’s parameters as the API’s: amounts in major units there, in minor units here. */
export function journalListRequest(
  search: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestOf<'get', '/v1/journals'> {
  const currency = one(search['currency'])?.toUpperCase();
  return {
    query: {
      kind: one(search['kind']) as 'debit' | undefined,
      account: one(search['account']),
      wallet: one(search['wallet']),
      customer: one(search['customer']),
      currency,
      reference: one(search['reference']),
      payment: one(search['payment']),
      min_amount: minorText(one(search['min_amount']), currency),
      max_amount: minorText(one(search['max_amount']), currency),
      from: one(search['from']),
      to: one(search['to']),
      after: one(search['after']),
      limit: JOURNALS_PER_PAGE,
    },
  };
}

/** `1,250.50` as `125050`; what cannot be read stays as it is, and the API says what is wrong with it. */
function minorText(text: string | undefined, currency: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed = parseMajor(text.replaceAll(/[,\s]/g, ''), currency ?? ANY_CURRENCY);
    return parsed.ok ? String(parsed.amountMinor) : text;
  } catch {
    return text;
  }
}
