import type { Cursor } from '@/contracts/lists';
import { listApiKeys } from '@/server/api-keys/read';
import type { Context } from '@/server/kernel/context';
import { type ClientKey, onBooksOf } from './issue-credentials';
import { readClient } from './read';

export interface ListCredentialsInput {
  /** Its code, number or public id. */
  readonly client: string;
  readonly mode: 'live' | 'test';
  readonly limit: number;
  readonly after: Cursor | undefined;
}

/**
 * A client's keys on the books of a mode, newest first, revoked and expired ones included; no secrets.
 * @returns up to `limit + 1`: the one over says there is more
 * @throws Problem resource_missing
 */
export async function listCredentials(ctx: Context, input: ListCredentialsInput): Promise<ClientKey[]> {
  const client = await readClient(ctx, input.client);
  const keys = await listApiKeys(await onBooksOf(ctx, client, input.mode), input);
  return keys.map((key) => ({ client, key }));
}
