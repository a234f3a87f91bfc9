import { createApiKey, type NewApiKey } from '@/server/api-keys/create-api-key';
import type { ApiKey } from '@/server/api-keys/read';
import type { AnswerSlot, Context } from '@/server/kernel/context';
import { actOn } from './act-on';
import { type ClientView, readClient, readTenants } from './read';

export interface IssueCredentialsInput {
  /** Its code, number or public id. */
  readonly client: string;
  readonly mode: 'live' | 'test';
  readonly name: string | null;
  /** What the caller may do when null. */
  readonly scopes: readonly string[] | null;
  readonly expiresAtMs: number | null;
}

export interface ClientKey {
  readonly client: ClientView;
  readonly key: ApiKey;
}

/** In no log and no table: the caller has the secret or nobody has. */
export interface NewClientKey extends ClientKey {
  readonly secret: string;
}

/**
 * A key for the programs of a client, on the books of a mode. An inactive client may be given one; it works once the
 * client does.
 * @throws Problem resource_missing, scope_missing when it would grant what the caller lacks, expires_at_past
 */
export async function issueCredentials(ctx: Context, input: IssueCredentialsInput): Promise<NewClientKey> {
  const client = await readClient(ctx, input.client);
  const toResult = ({ key, secret }: NewApiKey): NewClientKey => ({ client, key, secret });
  const made = await createApiKey(
    { ...(await onBooksOf(ctx, client, input.mode)), answer: answerFor(ctx.answer, toResult) },
    { name: input.name ?? 'API key', scopes: input.scopes, expiresAtMs: input.expiresAtMs },
  );
  return toResult(made);
}

/** The same request on a client's books of this mode, whichever mode the log-in is in. */
export async function onBooksOf(ctx: Context, client: ClientView, mode: 'live' | 'test'): Promise<Context> {
  const tenants = await readTenants(ctx.db.pool, client);
  const { publicId: clientId, code: clientCode, isActive } = client;
  const inMode: Context = { ...ctx, principal: { ...ctx.principal, mode } };
  return actOn(inMode, { tenantId: tenants[mode], clientId, clientCode, isActive });
}

/** What is stored under an Idempotency-Key is rendered from this verb's result, though another's commits it. */
function answerFor(slot: AnswerSlot | null, toResult: (made: NewApiKey) => NewClientKey): AnswerSlot | null {
  return slot === null ? null : { ...slot, render: (made) => slot.render(toResult(made as NewApiKey)) };
}
