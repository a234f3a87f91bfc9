import type { AccountStatus, AccountTerms, AccountWords } from './core/types';
import type { AccountChange, Work } from './core/work';

/** What changes of accounts come to in `ledger_append_rest`: their audit rows, their limits, what people wrote. */
export function changeRows({ changes }: Work, versions: ReadonlyMap<string, number>) {
  const written = new Map<string, AccountWords>();
  const audit = changes.map(({ command, account, before, after, sequence }, order) => {
    const { words, origin } = command;
    const earlier = written.get(account.id) ?? {};
    if (words !== null) written.set(account.id, { ...earlier, ...words });
    return {
      tenant: account.tenantId,
      id: command.id,
      actor: origin.actor,
      credential: origin.credential ?? null,
      address: origin.address ?? null,
      request: origin.requestId,
      action: actionOf(account.type === 'CUSTOMER_WALLET' ? 'wallet' : 'account', before.status, after.status),
      object: account.id,
      reason: command.reason,
      before: JSON.stringify({ ...termsJson(before), ...wordsJson(earlier) }),
      // Words as they were are the table's to say, where no earlier change of this batch has said it.
      words: words !== null,
      after: JSON.stringify({
        ...termsJson(after),
        ...wordsJson(words ?? {}),
        // The sequence says which entries were posted under which terms, version and order which change came first.
        sequence,
        version: (versions.get(account.id) ?? 0) + 1,
        order,
      }),
    };
  });
  return { audit, limits: limitRows(changes), profiles: profileRows(changes, written) };
}

/** As the accounts stand after the whole batch: a row's columns can be written once. */
function limitRows(changes: readonly AccountChange[]) {
  const accounts = new Set(
    changes
      .filter(
        ({ before, after }) =>
          before.minimumBalanceMinor !== after.minimumBalanceMinor ||
          before.canOverdraw !== after.canOverdraw ||
          before.lowBalanceMinor !== after.lowBalanceMinor,
      )
      .map(({ account }) => account),
  );
  return [...accounts].map(({ tenantId, id, minimumBalanceMinor, canOverdraw, lowBalanceMinor }) => ({
    tenant: tenantId,
    id,
    minimum: minimumBalanceMinor,
    can_overdraw: canOverdraw,
    low_balance: lowBalanceMinor,
  }));
}

/** One row for each account, with or without words: it says when the account was changed. */
function profileRows(changes: readonly AccountChange[], written: ReadonlyMap<string, AccountWords>) {
  return [...new Set(changes.map(({ account }) => account))].map(({ tenantId, id }) => {
    const words = written.get(id) ?? {};
    return {
      tenant: tenantId,
      account: id,
      name: words.name ?? null,
      sets_name: words.name !== undefined,
      description: words.statusDescription ?? null,
      sets_description: words.statusDescription !== undefined,
    };
  });
}

function termsJson({ status, minimumBalanceMinor, canOverdraw, lowBalanceMinor }: AccountTerms) {
  return {
    status,
    minimum_balance_minor: String(minimumBalanceMinor),
    can_overdraw: canOverdraw,
    ...(lowBalanceMinor !== null && { low_balance_minor: String(lowBalanceMinor) }),
  };
}

function wordsJson({ name, statusDescription }: AccountWords) {
  return {
    ...(name !== undefined && { account_name: name }),
    ...(statusDescription !== undefined && { status_description: statusDescription }),
  };
}

const VERBS: Record<AccountStatus, string> = {
  active: 'activate',
  frozen: 'freeze',
  inactive: 'deactivate',
  closed: 'close',
};

function actionOf(object: 'wallet' | 'account', before: AccountStatus, after: AccountStatus): string {
  if (before === after) return `${object}.change`;
  return `${object}.${before === 'frozen' && after === 'active' ? 'unfreeze' : VERBS[after]}`;
}
