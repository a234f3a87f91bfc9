import { asSuperuser, rewriteFunction } from './rewrite-function';

/** Protections taken out of the database of a positive control, one function each. */

/** No row lock, no fence, and nothing that would notice two entries with one number. */
export async function withoutRowLock(url: string): Promise<void> {
  await rewriteFunction(url, 'ledger_load', [['for no key update', '']]);
  await rewriteFunction(url, 'ledger_append', [['and a.version = a_expected[i]', '']]);
  await rewriteFunction(url, 'ledger_append_plain', [
    ['and a.version = case a.id when p_account then p_expected else c_expected end', ''],
  ]);
  await asSuperuser(url, (admin) => admin.query('alter table entries drop constraint entries_pkey'));
  await asSuperuser(url, (admin) => admin.query('alter table lot_uses drop constraint lot_uses_pkey'));
  // Unlocked batches meet in their updates instead, in no order: each meeting would cost a second.
  await deadlocksFoundAtOnce(url);
}

/** No look-up of earlier references, and no unique index behind it. */
export async function withoutReferences(url: string): Promise<void> {
  await rewriteFunction(url, 'ledger_load', [['and x.reference = w.reference', 'and false']]);
  await rewriteFunction(url, 'ledger_load_named', [['and x.reference = w.reference', 'and false']]);
  await asSuperuser(url, (admin) => admin.query('drop index journals_reference, holds_reference, journals_reversal'));
}

/** Rows locked in any order, and deadlocks looked for at once. */
export async function withoutLockOrder(url: string): Promise<void> {
  await rewriteFunction(url, 'ledger_load', [
    [/from \(\s+select w\.tenant_id, w\.id from unnest/, 'from (select * from (select w.tenant_id, w.id from unnest'],
    [/order by 1, 2\s+\) wanted/, ') picked order by random()) wanted'],
  ]);
  await deadlocksFoundAtOnce(url);
}

async function deadlocksFoundAtOnce(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await asSuperuser(url, (admin) => admin.query(`alter database ${name} set deadlock_timeout = '20ms'`));
}
