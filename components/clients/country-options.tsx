'use client';

import { COUNTRY_CODES, countryName } from '@/contracts/countries';

/** In the browser alone: names come from its own tables, which need not be the server's. */
export default function CountryOptions() {
  const countries = COUNTRY_CODES.map((code) => ({ code, name: countryName(code) })).toSorted((a, b) =>
    a.name.localeCompare(b.name, 'en'),
  );
  return countries.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ));
}
