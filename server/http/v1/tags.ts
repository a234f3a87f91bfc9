/** What a reader should know before the operations of a tag. In the document's order. */
export const TAGS: Readonly<Record<string, string>> = {
  Wallets:
    'What you owe one customer in one currency. Freezing stops money out and lets money in; closing is for good.',
  Transactions: 'Everything that moved money in or out of a wallet, with the balance before and after it.',
  Holds: 'Money set aside now, captured or released later. A hold posts nothing; it lowers what may be spent.',
  Customers:
    'The people whose wallets you issue. Opening a wallet for an id that is not known yet makes the customer too.',
  'Top-ups': 'Addresses kept for paid top-ups. They answer 501 and change nothing; to try a wallet out, credit it.',
  'API keys': 'The secrets that your programs sign in with: made, restricted, rotated and revoked here.',
};
