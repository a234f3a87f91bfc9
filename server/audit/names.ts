import { formatId, type IdKind, parseId } from '@/contracts/ids';

/**
 * How actors and objects of the audit log are written and shown. Rows hold stored forms and never change: an actor is
 * `api_key:<id>`, `user:<id>`, `job:<name>` or a word (`operator`: set-up), an object is its stored id alone, and what kind of
 * object it is follows from the action's first part. Client services are known by number in the API too. This is the one place that knows the public forms.
 */
const OBJECT_IDS: Readonly<Record<string, IdKind>> = {
  account: 'account',
  // A wallet has one rule at the most: it is named by the wallet.
  auto_topup: 'wallet',
  api_key: 'key',
  approval: 'approval',
  client: 'client',
  hold: 'hold',
  invitation: 'invitation',
  refund: 'refund',
  promotion: 'promotion',
  promotion_import: 'promotionImport',
  payment_method: 'paymentMethod',
  reconciliation: 'reconciliation',
  provider_credentials: 'providerCredentials',
  session: 'session',
  topup: 'topup',
  transaction: 'transaction',
  user: 'user',
  wallet: 'wallet',
  webhook_delivery: 'delivery',
  webhook_endpoint: 'webhook',
};

const ACTOR_IDS: Readonly<Record<string, IdKind>> = { api_key: 'key', user: 'user', session: 'session' };

const STORED_ID = /^[0-9]{1,19}$/;

/** A typed thing in public form. */
export interface Named {
  readonly type: string;
  readonly id: string | null;
}

/** `wallet.freeze` on 123 is wallet `wal_…`. Ids that are public already, or are a client's own words, stay as they are. */
export function objectOf(action: string, objectId: string): { type: string; id: string } {
  const type = action.split('.', 1)[0] as string;
  return { type, id: publicId(OBJECT_IDS[type], objectId) };
}

/** `api_key:123` is the key `key_…`; a word is a type without an id. */
export function actorOf(stored: string): Named {
  const colon = stored.indexOf(':');
  if (colon < 0) return { type: stored, id: null };
  const type = stored.slice(0, colon);
  return { type, id: publicId(ACTOR_IDS[type], stored.slice(colon + 1)) };
}

/** A credential in public form: the key or session alone, whose prefix says which. A word proves nothing. */
export function credentialOf(stored: string | null): string | null {
  return stored === null ? null : actorOf(stored).id;
}

/** The stored forms that a text in a filter may mean: it as it stands, and what a public id stands for. */
export function storedObjectIds(text: string): string[] {
  return [text, ...storedIds(text, OBJECT_IDS).map(({ id }) => id)];
}

export function storedActors(text: string): string[] {
  return [text, ...storedIds(text, ACTOR_IDS).map(({ type, id }) => `${type}:${id}`)];
}

function storedIds(text: string, kinds: Readonly<Record<string, IdKind>>): { type: string; id: string }[] {
  return Object.entries(kinds).flatMap(([type, kind]) => {
    const id = parseId(kind, text);
    return id === null ? [] : [{ type, id }];
  });
}

function publicId(kind: IdKind | undefined, id: string): string {
  return kind !== undefined && STORED_ID.test(id) && BigInt(id) < 2n ** 63n ? formatId(kind, id) : id;
}
