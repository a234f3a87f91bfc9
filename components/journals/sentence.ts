import { byWhich } from '@/components/payments/names';
import type { JournalSummaryObject } from '@/contracts/journals';
import { formatMinor } from '@/contracts/money';

/** A sentence in parts: what is in `strong` is a figure. */
export interface Part {
  readonly text: string;
  readonly strong?: boolean;
}

export type Told = Pick<
  JournalSummaryObject,
  'kind' | 'amount' | 'fee' | 'tax' | 'currency' | 'account' | 'counter_account' | 'channel' | 'description'
>;

/** What happened, as one would tell it: `Ama Mensah topped up GH₵500.00 with MTN MoMo.` */
export function sentenceOf(journal: Told): readonly Part[] {
  const amount: Part = { text: formatMinor(BigInt(journal.amount), journal.currency), strong: true };
  const [before, after] = around(journal);
  return [{ text: before }, amount, { text: after }].filter(({ text }) => text !== '');
}

/** The same without its figure, for a list that has a column of them. */
export function titleOf(journal: Told): string {
  return titles(journal, nameOf(journal), journal.channel === null ? '' : ` ${byWhich(journal.channel)}`);
}

/** Whom it is about: the customer where a wallet is in it, else the account it begins with. */
export function nameOf({ account, counter_account }: Pick<Told, 'account' | 'counter_account'>): string {
  return called(account.wallet_id === null && counter_account.wallet_id !== null ? counter_account : account);
}

/** A customer without a name is known by the client’s own id. */
function called({ name, customer }: Told['account']): string {
  return customer !== null && customer.name === null ? customer.id : name;
}

function titles({ kind, account, counter_account, description }: Told, who: string, how: string): string {
  switch (kind) {
    case 'topup':
      return `${who} topped up${how}`;
    case 'late_topup':
      return `${who} topped up${how}, late`;
    case 'payment':
      return `Paid${how} to ${ours(account, counter_account)}`;
    case 'mismatch':
      return `Came${how}, other than asked`;
    case 'clawback':
      return `Taken back from ${who}${how}`;
    case 'debit':
      return account.wallet_id === null ? `Taken from ${account.name}` : `${who} was charged`;
    case 'credit':
      return isPromotional(account, counter_account) ? `${who} was given promotional credit` : `${who} was credited`;
    case 'transfer':
      return `${called(account)} to ${called(counter_account)}`;
    case 'expiry':
      return `${who}’s credit expired`;
    case 'reversal':
      return `Reversed: ${description ?? who}`;
    case 'refund':
      return `Refunded to ${who}`;
    case 'refund_return':
      return `${who}’s refund came back`;
    case 'close':
      return `${who}’s wallet was closed`;
    case 'settlement':
      return `Settled for ${account.name}`;
    case 'funding':
      return `Paid into ${account.name}`;
    case 'adjustment':
      return `${account.name} was adjusted`;
  }
}

function around(journal: Told): readonly [string, string] {
  const { kind, account, counter_account, channel, description } = journal;
  const who = nameOf(journal);
  const how = channel === null ? '' : ` ${byWhich(channel)}`;
  switch (kind) {
    case 'topup':
      return [`${who} topped up `, `${how}.`];
    case 'late_topup':
      return [`${who} topped up `, `${how} after all: the money came late.`];
    case 'payment':
      return ['', ` was paid${how} to ${ours(account, counter_account)}.`];
    case 'mismatch':
      return ['', ` came${how} that is not what was asked for. It waits in suspense.`];
    case 'clawback':
      return ['', ` was taken back from ${who}: the payment${how} did not hold.`];
    case 'debit':
      return account.wallet_id === null
        ? ['', ` was taken from ${account.name}.`]
        : [`${who} was charged `, description === null ? '.' : ` for “${description}”.`];
    case 'credit':
      return isPromotional(account, counter_account)
        ? [`${who} was given `, ' of promotional credit.']
        : [`${who} was credited `, '.'];
    case 'transfer':
      return [`${called(account)} sent `, ` to ${called(counter_account)}.`];
    case 'expiry':
      return ['', ` of ${who}’s promotional credit expired.`];
    case 'reversal':
      return ['', ` was put back where it came from${who === '' ? '' : `, for ${who}`}.`];
    case 'refund':
      return ['', ` was refunded to ${who}.`];
    case 'refund_return':
      return ['', ` that was to be refunded to ${who} came back.`];
    case 'close':
      return [`${who}’s wallet was closed with `, ' left in it.'];
    case 'settlement':
      return ['', ` was settled for ${account.name}.`];
    case 'funding':
      return ['', ` was paid into ${account.name}.`];
    case 'adjustment':
      return [`${account.name} was adjusted by `, '.'];
  }
}

type Named = Told['account'];

/** Of the two the one that is not the provider’s or the world’s. */
function ours(account: Named, counter: Named): string {
  return OUTSIDE.has(account.type) ? counter.name : account.name;
}

const OUTSIDE: ReadonlySet<string> = new Set(['PROVIDER_CLEARING', 'EXTERNAL_SETTLEMENT']);

function isPromotional(account: Named, counter: Named): boolean {
  return account.type === 'PROMOTION_EXPENSE' || counter.type === 'PROMOTION_EXPENSE';
}
