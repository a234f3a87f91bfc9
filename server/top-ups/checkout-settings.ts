import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';

export interface CheckoutSettings {
  readonly returnHosts: readonly string[];
  readonly displayName: string | null;
  /** What the phone's prompt calls the payee; the display name when null. */
  readonly promptName: string | null;
  /** E.164. */
  readonly supportPhone: string | null;
  /** `#rrggbb`. */
  readonly brandColour: string | null;
  /** Null until somebody set them. */
  readonly updatedAtMs: number | null;
}

export const NO_CHECKOUT_SETTINGS: CheckoutSettings = {
  returnHosts: [],
  displayName: null,
  promptName: null,
  supportPhone: null,
  brandColour: null,
  updatedAtMs: null,
};

interface Row {
  return_hosts: string[];
  display_name: string | null;
  prompt_name: string | null;
  support_phone: string | null;
  brand_colour: string | null;
  updated_at_ms: string;
}

export async function readCheckoutSettings(
  ctx: Pick<Context, 'principal' | 'db'>,
  { tx = ctx.db.pool, lock = false }: { readonly tx?: Queryable; readonly lock?: boolean } = {},
): Promise<CheckoutSettings> {
  const { rows } = await tx.query<Row>(
    `select return_hosts, display_name, prompt_name, support_phone, brand_colour, ${sqlMs('updated_at')} as updated_at_ms
     from checkout_settings where tenant_id = $1 ${lock ? 'for update' : ''}`,
    [ctx.principal.tenantId],
  );
  const row = rows[0];
  if (row === undefined) return NO_CHECKOUT_SETTINGS;
  return {
    returnHosts: row.return_hosts,
    displayName: row.display_name,
    promptName: row.prompt_name,
    supportPhone: row.support_phone,
    brandColour: row.brand_colour,
    updatedAtMs: Number(row.updated_at_ms),
  };
}

/** Takes the place of what was set before; hosts once each, in order, so that the same settings read the same. */
export function setCheckoutSettings(
  ctx: Context,
  input: Omit<CheckoutSettings, 'updatedAtMs'>,
): Promise<CheckoutSettings> {
  return inTransaction(ctx, async (tx) => {
    const before = await readCheckoutSettings(ctx, { tx, lock: true });
    const hosts = [...new Set(input.returnHosts)].sort();
    await tx.query(
      `insert into checkout_settings (tenant_id, return_hosts, display_name, prompt_name, support_phone, brand_colour, updated_at)
       values ($1, $3, $4, $5, $6, $7, ${sqlNow(2)})
       on conflict (tenant_id) do update set return_hosts = excluded.return_hosts, display_name = excluded.display_name,
         prompt_name = excluded.prompt_name, support_phone = excluded.support_phone, brand_colour = excluded.brand_colour, updated_at = excluded.updated_at`,
      [
        ctx.principal.tenantId,
        ctx.clock.fixedMs(),
        hosts,
        input.displayName,
        input.promptName,
        input.supportPhone,
        input.brandColour,
      ],
    );
    const after = await readCheckoutSettings(ctx, { tx });
    await recordChange(ctx, tx, {
      action: 'checkout_settings.updated',
      objectId: ctx.principal.clientId,
      before: before.updatedAtMs === null ? null : facts(before),
      after: facts(after),
    });
    return after;
  });
}

function facts(settings: CheckoutSettings): string {
  return JSON.stringify({
    return_hosts: settings.returnHosts,
    display_name: settings.displayName,
    prompt_name: settings.promptName,
    support_phone: settings.supportPhone,
    brand_colour: settings.brandColour,
  });
}
