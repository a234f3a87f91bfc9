/** What a reader should know before the operations of a tag. In the document's order. */
export const TAGS: Readonly<Record<string, string>> = {
  Wallets:
    'What you owe one customer in one currency. Freezing stops money out and lets money in; closing is for good.',
  Transactions: 'Everything that moved money in or out of a wallet, with the balance before and after it.',
  'Account transactions':
    'Money moved by account number, under the rules and fees of a client service: credits, debits, transfers between accounts, and their reversals.',
  Batches:
    'Many debits, credits and transfers in one request, each on its own or all or none. The road for volume: payrolls, bonuses, meters read at night.',
  Holds: 'Money set aside now, captured or released later. A hold posts nothing; it lowers what may be spent.',
  Customers:
    'The people whose wallets you issue. Opening a wallet for an id that is not known yet makes the customer too.',
  'Top-ups':
    'A link where a customer pays money into a wallet: mobile money, card or bank transfer, with every fee shown before anything happens. The wallet is credited once the provider says that it was paid.',
  'Automatic top-ups':
    'A rule of a wallet that tops it up when it runs low, from a phone or a card whose owner agreed. Phones are prompted, and approved by a person each time; cards are charged.',
  Webhooks:
    'URLs of yours that events are sent to, signed by the Standard Webhooks specification, retried for three days, every attempt kept. What was missed can be sent again.',
  Events:
    'Everything that happened in this set of books, exactly as webhooks send it. The types are in the event catalogue.',
  Payments:
    'Money collected from people’s phones: a prompt, an answer, a callback. Amounts are minor units; errors have the document’s own shape.',
  Refunds:
    'Money given back: a payment or top-up, whole or in part, and what a closed wallet left due. Through a provider that can, or recorded when it was paid outside. Paid money alone: promotional credit and fees stay.',
  'Payment providers':
    'Where payments go: what each provider serves and whether it answers, and credentials of your own at it, used before the deployment’s.',
  Reconciliation:
    'What a payment provider’s statement says, held against what we say, line by line: what agrees, what either side lacks, and what the difference is made of, to the minor unit. The operator’s people who name no client hold a statement against every client’s payments.',
  Search: 'One box for everything: an id opens what it names, words find names, digits find phones and numbers.',
  'Request log':
    'What your programs and people asked of the API, for thirty days: method, path, answer, how long it took.',
  'API keys': 'The secrets that your programs sign in with: made, restricted, rotated and revoked here.',
  'Audit log':
    'Who changed what besides money, from where and why, with the state before and after. Entries are never changed; each hashes the one before it, and the last is signed at intervals. A client’s key reads its own log; the operator’s people read a client’s with `Pesewa-Client`.',
  Approvals:
    'What a person does and the policy wants two for: it waits, with exactly what it would change, until somebody else decides. What programs do with a key never waits.',
  Clients:
    'The businesses whose money is kept here, each with books and credentials of its own. The operator onboards them.',
  'Client services':
    'Named sets of rules that transactions are made under: what is allowed, between which limits, and what it costs. Every change makes a new version, and each transaction keeps the one it was decided under.',
  Journals:
    'Every event in the books: both its sides, why it happened, who was told, what undoing it would do, and the proof that nobody changed it since.',
  Promotions:
    'Credit given instead of paid: campaigns with a budget, files of thousands of credits with a dry run first, lots and when they expire.',
  Accounts:
    'What a client’s money is kept in: accounts of its own, customers’ wallets, and those that the system makes for itself. One set of books, shown in major units under `/api/v1` and in minor units under `/v1`.',
  Users:
    'The people and programs that log in, each with a role. An admin of a client manages its own; an admin of the operator also a client’s, by naming it in `Pesewa-Client`.',
  'Own sign-in':
    'What people at the console do about their own sign-in: sessions, password, authenticator app, and the proof that dangerous operations ask for.',
  'Log-in': 'A username and a password for an access token of twelve hours, and its end.',
  Reports:
    'What finance reads: trial balance and statements, as of any instant, as JSON or CSV. Streamed, so they may be long.',
};
