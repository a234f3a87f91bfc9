import type { Context } from '@/server/kernel/context';
import { paymentPorts } from '@/server/payments/ports';
import { ADAPTERS, type CredentialField } from './adapters';
import type { ProviderEntry } from './configuration';
import type { Provider, ProviderName, Route } from './provider';
import type { Served } from './registry';

/** A provider as one set of books may use it. */
export interface ProviderView {
  readonly entryId: string;
  readonly name: ProviderName;
  readonly account: string;
  readonly credentials: 'own' | 'deployment' | 'missing';
  /** Null where it serves nobody without credentials of their own. */
  readonly provider: Provider | null;
  readonly routes: readonly (Route & { readonly isUsed: boolean })[];
  readonly credentialFields: readonly CredentialField[];
}

/** Everything that could serve the caller's books, in order of precedence; what lacks credentials at the end. */
export async function listProviders(ctx: Context): Promise<ProviderView[]> {
  const { tenantId, mode } = ctx.principal;
  const directory = paymentPorts(ctx.db).providers;
  const served = await directory.of({ tenantId, mode });
  const views = await Promise.all(served.map((one) => viewOf(one)));
  const isThere = new Set(views.map(({ entryId }) => entryId));
  const missing = directory.entriesOf(mode).filter(({ id }) => !isThere.has(id));
  return [...views, ...missing.map(viewOfMissing)];

  async function viewOf({ account, provider, routes }: Served): Promise<ProviderView> {
    // `<entry>/<credentials>` where the client brings its own.
    const [entryId = account] = account.split('/');
    return {
      entryId,
      name: provider.name,
      account,
      credentials: account === entryId ? 'deployment' : 'own',
      provider,
      routes: await Promise.all(
        routes.map(async (route) => {
          const chosen = await directory.choose({ tenantId, mode }, route);
          return { ...route, isUsed: chosen?.served.account === account };
        }),
      ),
      credentialFields: ADAPTERS[provider.name].credentialFields,
    };
  }
}

function viewOfMissing({ id, adapter }: ProviderEntry): ProviderView {
  const { credentialFields } = ADAPTERS[adapter];
  return {
    entryId: id,
    name: adapter,
    account: id,
    credentials: 'missing',
    provider: null,
    routes: [],
    credentialFields,
  };
}
