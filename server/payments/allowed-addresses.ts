import { isIP } from 'node:net';
import { type ApiKey, readApiKey } from '@/server/api-keys/read';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Queryable } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';

/** Spec decision 20. */
export const ALLOWED_ADDRESSES_MAX = 4;

/**
 * Direct debits come from the addresses of the key alone, and with a live key from nowhere while it has none. A log-in has
 * no such list: people do not prompt phones on live books.
 * @throws Problem address_not_allowed
 */
export async function requireAllowedAddress(ctx: Context): Promise<void> {
  const { principal, address } = ctx;
  const isLive = principal.mode === 'live';
  if (principal.kind !== 'api_key') {
    if (!isLive) return;
    throw new Problem(
      'address_not_allowed',
      'On live books payments are received with an API key, from its addresses.',
    );
  }
  const { rows } = await ctx.db.pool.query<{ listed: number; allowed: boolean }>(
    `select cardinality(allowed_ips) as listed,
       coalesce(host($3::inet) = any (select host(x) from unnest(allowed_ips) x), false) as allowed
     from api_keys where tenant_id = $1 and id = $2`,
    [principal.tenantId, principal.credentialId, plainAddress(address)],
  );
  const key = rows[0];
  if (key === undefined) throw new Problem('address_not_allowed', 'The key is not there any more.');
  if (key.allowed || (key.listed === 0 && !isLive)) return;
  const why = key.listed === 0 ? 'This live key has no allowed addresses yet' : 'This address is not on the key’s list';
  throw new Problem('address_not_allowed', `${why}, so it prompts nobody.`, { details: { address } });
}

/** An IPv4 address in IPv6's clothes is itself; what is no address is nobody's. */
export function plainAddress(address: string | null): string | null {
  if (address === null) return null;
  const plain = /^::ffff:([0-9.]+)$/i.exec(address)?.[1] ?? address.replace(/%.*$/, '');
  return isIP(plain) === 0 ? null : plain;
}

/** @throws Problem resource_missing, parameter_invalid for what is no address, and for the fifth */
export async function setAllowedAddresses(
  ctx: Context,
  input: { readonly keyId: string | null; readonly addresses: readonly string[] },
): Promise<{ key: ApiKey; addresses: readonly string[] }> {
  const addresses = [...new Set(input.addresses.map((address) => plainAddress(address) ?? refuse(address)))];
  if (addresses.length > ALLOWED_ADDRESSES_MAX) {
    throw new Problem('parameter_invalid', `\`allowed_ips\` may have ${ALLOWED_ADDRESSES_MAX} addresses at the most.`, {
      param: 'allowed_ips',
    });
  }
  return inTransaction(ctx, async (tx) => {
    const key = await readApiKey(ctx, input.keyId, { tx, lock: true });
    const before = await allowedAddresses(ctx, key.id, tx);
    await tx.query('update api_keys set allowed_ips = $3::inet[] where tenant_id = $1 and id = $2', [
      ctx.principal.tenantId,
      key.id,
      addresses,
    ]);
    await recordChange(ctx, tx, {
      action: 'api_key.addresses_set',
      objectId: key.id,
      before: JSON.stringify({ allowed_ips: before }),
      after: JSON.stringify({ allowed_ips: addresses }),
    });
    return { key, addresses };
  });
}

export async function allowedAddresses(
  ctx: Context,
  keyId: string,
  db: Queryable = ctx.db.pool,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ ips: string[] }>(
    `select array(select host(x) from unnest(allowed_ips) x) as ips from api_keys where tenant_id = $1 and id = $2`,
    [ctx.principal.tenantId, keyId],
  );
  return rows[0]?.ips ?? [];
}

function refuse(address: string): never {
  throw new Problem(
    'parameter_invalid',
    `\`allowed_ips\` takes single addresses; ${JSON.stringify(address.slice(0, 64))} is none.`,
    {
      param: 'allowed_ips',
    },
  );
}
