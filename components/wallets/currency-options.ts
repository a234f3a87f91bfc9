/** The currencies that the payment methods here collect, then those people ask for beside them. */
export const CURRENCY_OPTIONS: readonly (readonly [string, string])[] = [
  ['GHS', 'GHS, Ghanaian cedi'],
  ['KES', 'KES, Kenyan shilling'],
  ['NGN', 'NGN, Nigerian naira'],
  ['TZS', 'TZS, Tanzanian shilling'],
  ['UGX', 'UGX, Ugandan shilling'],
  ['RWF', 'RWF, Rwandan franc'],
  ['ZMW', 'ZMW, Zambian kwacha'],
  ['XOF', 'XOF, West African franc'],
  ['XAF', 'XAF, Central African franc'],
  ['ZAR', 'ZAR, South African rand'],
  ['USD', 'USD, US dollar'],
  ['EUR', 'EUR, euro'],
  ['GBP', 'GBP, pound sterling'],
];
