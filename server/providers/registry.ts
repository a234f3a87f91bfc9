import type { AdapterTools } from './adapter';
import { ADAPTERS } from './adapters';
import type { ProviderEntry, RouteFilter } from './configuration';
import type { Provider, ProviderName, Route } from './provider';

/** Whose adapter is wanted: a client may have credentials of its own, and test books never meet live providers. */
export interface ProviderOwner {
  readonly tenantId: string;
  readonly mode: 'live' | 'test';
}

export type RouteWanted = Pick<Route, 'channel' | 'country' | 'currency'>;

/** A client's own credentials for an entry, opened. */
export interface OwnCredentials {
  readonly id: string;
  readonly entryId: string;
  /** Differs whenever the credentials do. */
  readonly version: string;
  readonly isRevoked: boolean;
  /** Decrypts; only asked for when an adapter is made of them. */
  readonly open: () => unknown;
}

export interface OwnCredentialsSource {
  /** Revoked ones too: payments that began under them are asked about until they end. */
  of(tenantId: string): Promise<readonly OwnCredentials[]>;
}

/** One adapter as somebody may use it. */
export interface Served {
  /** Names entry and credentials for ever: what a payment keeps, to be asked about where it was begun. */
  readonly account: string;
  readonly provider: Provider;
  /** What it serves here, bounds of the configuration applied. */
  readonly routes: readonly Route[];
}

interface Opened extends Served {
  readonly version: string;
}

/**
 * Which adapter serves what, for whom. A client's own credentials come before the deployment's; among equals the order
 * of the configuration counts, save that one whose circuit is open stands back for another.
 */
export class ProviderRegistry {
  readonly #entries: readonly ProviderEntry[];
  readonly #own: OwnCredentialsSource;
  readonly #tools: AdapterTools;
  readonly #deployment: readonly { readonly entry: ProviderEntry; readonly served: Served }[];
  /** By account; an adapter is kept while its credentials are, with its token and its circuit. */
  readonly #clients = new Map<string, Opened>();

  constructor(entries: readonly ProviderEntry[], own: OwnCredentialsSource, tools: AdapterTools) {
    this.#entries = entries;
    this.#own = own;
    this.#tools = tools;
    this.#deployment = entries
      .filter((entry) => entry.credentials !== null)
      .map((entry) => ({ entry, served: this.#open(entry, entry.id, entry.credentials) }));
  }

  /** Everything that serves these books, in order of precedence. */
  async of(owner: ProviderOwner): Promise<readonly Served[]> {
    const own = await this.#ownOf(owner);
    const shared = this.#deployment.filter(({ entry }) => entry.mode === owner.mode).map(({ served }) => served);
    return [...own.filter(({ isRevoked }) => !isRevoked).map(({ served }) => served), ...shared];
  }

  /** The one to begin with; null where nobody serves the combination. */
  async forRoute(owner: ProviderOwner, wanted: RouteWanted): Promise<Provider | null> {
    return (await this.choose(owner, wanted))?.served.provider ?? null;
  }

  /** The same with its name to keep and the bounds that count. */
  async choose(owner: ProviderOwner, wanted: RouteWanted): Promise<{ served: Served; route: Route } | null> {
    const fitting = (await this.of(owner)).flatMap((served) => {
      const route = served.routes.find((one) => isRoute(one, wanted));
      return route === undefined ? [] : [{ served, route }];
    });
    return fitting.find(({ served }) => served.provider.isAvailable()) ?? fitting[0] ?? null;
  }

  /**
   * The adapter by its contract's name. Several entries may share one, as MTN's countries do: name the route too.
   * A payment that kept its account asks `at` instead.
   */
  async named(owner: ProviderOwner, name: ProviderName, wanted?: RouteWanted): Promise<Provider | null> {
    const all = (await this.of(owner)).filter(({ provider }) => provider.name === name);
    const fitting = all.find(({ routes }) => wanted === undefined || routes.some((route) => isRoute(route, wanted)));
    return fitting?.provider ?? null;
  }

  /** Where a payment was begun, also under credentials revoked since; null when the configuration has lost it. */
  async at(owner: ProviderOwner, account: string): Promise<Provider | null> {
    const shared = this.#deployment.find(
      ({ entry, served }) => entry.mode === owner.mode && served.account === account,
    );
    if (shared !== undefined) return shared.served.provider;
    const own = await this.#ownOf(owner);
    return own.find(({ served }) => served.account === account)?.served.provider ?? null;
  }

  /** The deployment's own adapters of a contract, for callbacks that come to one URL for all. */
  deploymentNamed(name: ProviderName): readonly Provider[] {
    return this.#deployment.filter(({ entry }) => entry.adapter === name).map(({ served }) => served.provider);
  }

  entry(id: string): ProviderEntry | null {
    return this.#entries.find((entry) => entry.id === id) ?? null;
  }

  /** Everything that the configuration has for a mode, entries without credentials of the deployment's own too. */
  entriesOf(mode: ProviderOwner['mode']): readonly ProviderEntry[] {
    return this.#entries.filter((entry) => entry.mode === mode);
  }

  async #ownOf(owner: ProviderOwner): Promise<readonly { served: Served; isRevoked: boolean }[]> {
    const rows = await this.#own.of(owner.tenantId);
    return this.#entries
      .filter(({ mode }) => mode === owner.mode)
      .flatMap((entry) => rows.filter(({ entryId }) => entryId === entry.id).map((row) => ({ entry, row })))
      .map(({ entry, row }) => ({ served: this.#openOwn(owner.tenantId, entry, row), isRevoked: row.isRevoked }));
  }

  #openOwn(tenantId: string, entry: ProviderEntry, row: OwnCredentials): Served {
    const account = `${entry.id}/${row.id}`;
    const key = `${tenantId}:${account}`;
    const kept = this.#clients.get(key);
    if (kept?.version === row.version) return kept;
    const opened = { ...this.#open(entry, account, row.open()), version: row.version };
    this.#clients.set(key, opened);
    return opened;
  }

  #open(entry: ProviderEntry, account: string, credentials: unknown): Served {
    const provider = ADAPTERS[entry.adapter].open(entry.endpoints, credentials, this.#tools);
    return { account, provider, routes: narrowed(provider.capabilities.routes, entry.only) };
  }
}

function isRoute(route: Route, wanted: RouteWanted): boolean {
  return route.channel === wanted.channel && route.country === wanted.country && route.currency === wanted.currency;
}

/** Routes that a filter fits, within its bounds; the first filter that fits counts. */
function narrowed(routes: readonly Route[], filters: readonly RouteFilter[] | null): readonly Route[] {
  if (filters === null) return routes;
  return routes.flatMap((route) => {
    const filter = filters.find(
      ({ channel, country, currency }) =>
        (channel ?? route.channel) === route.channel &&
        (country ?? route.country) === route.country &&
        (currency ?? route.currency) === route.currency,
    );
    if (filter === undefined) return [];
    const leastMinor = greater(filter.leastMinor ?? route.leastMinor, route.leastMinor);
    const greatestMinor = lesser(filter.greatestMinor ?? route.greatestMinor, route.greatestMinor);
    return [{ ...route, leastMinor, greatestMinor }];
  });
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
