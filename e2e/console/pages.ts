import { operatorApi } from '../golden/operator';
import { baseUrl } from './session';

/** A page of the console, and a part of the heading by which one knows that it is there. */
export interface ConsolePage {
  readonly path: string;
  readonly heading: RegExp;
  readonly hasCharts?: boolean;
}

const ANY = /\S/;

interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Reads of the demo data's Ghanaian business, as the operator. */
export async function demoBooks(): Promise<{
  readonly code: string;
  readonly list: (path: string, ofAll?: boolean) => Promise<readonly Row[]>;
}> {
  const api = await operatorApi(baseUrl());
  const clients = await api.call('GET', '/api/v1/clients?search=Kaneshie');
  const code = (clients.body['data'] as { client_code: string }[])[0]?.client_code;
  if (code === undefined) throw new Error('The demo data has no Kaneshie Motors: DEMO_DATA is off in the set-up.');
  return {
    code,
    async list(path, ofAll = false) {
      const answer = await api.call('GET', path, undefined, ofAll ? {} : { 'Pesewa-Client': code });
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
      return answer.body['data'] as Row[];
    },
  };
}

/** Every page, on the demo data; records are the first of their lists. */
export async function consolePages(): Promise<readonly ConsolePage[]> {
  const { code, list } = await demoBooks();
  const first = async (path: string, field = 'id'): Promise<string> => {
    const value = (await list(path))[0]?.[field];
    if (typeof value !== 'string') throw new Error(`${path} lists nothing to look at.`);
    return encodeURIComponent(value);
  };
  const own: ConsolePage[] = [
    { path: '', heading: /Home/, hasCharts: true },
    { path: '/approvals', heading: /Approvals/ },
    { path: '/approvals?tab=all', heading: /Approvals/ },
    { path: `/approvals/${await first('/v1/approvals')}`, heading: ANY },
    { path: '/reconciliation', heading: /Reconciliation/ },
    { path: '/customers', heading: /Customers/ },
    { path: `/customers/${await first('/v1/customers')}`, heading: ANY },
    { path: '/wallets', heading: /Wallets/ },
    { path: `/wallets/${await first('/v1/wallets')}`, heading: ANY },
    { path: '/payments', heading: /Payments/ },
    { path: `/payments/${await first('/v1/payments')}`, heading: ANY },
    { path: '/topups', heading: /Top-ups/ },
    { path: `/topups/${await first('/v1/topups')}`, heading: ANY },
    { path: '/refunds', heading: /Refunds/ },
    { path: `/refunds/${await first('/v1/refunds')}`, heading: ANY },
    { path: '/promotions', heading: /Promotions/, hasCharts: true },
    { path: `/promotions/${await first('/v1/promotions')}`, heading: ANY, hasCharts: true },
    { path: `/promotions/imports/${await first('/v1/promotion_imports')}`, heading: ANY },
    { path: '/promotions/calendar', heading: ANY },
    { path: '/promotions/breakage', heading: ANY },
    { path: '/accounts', heading: /Accounts/ },
    { path: `/accounts/${await first('/v1/accounts')}`, heading: ANY },
    { path: '/journals', heading: /Journals/ },
    { path: `/journals/${await first('/v1/journals')}`, heading: ANY },
    { path: '/reports', heading: /Reports/, hasCharts: true },
    { path: '/services', heading: /Services/ },
    { path: `/services/${await first('/api/v1/client-services', 'client_service_code')}`, heading: ANY },
    { path: '/developers', heading: ANY },
    { path: '/developers/keys', heading: ANY },
    { path: '/developers/requests', heading: ANY },
    { path: '/developers/events', heading: ANY },
    { path: '/developers/webhooks', heading: ANY },
    { path: `/developers/webhooks/${await first('/v1/webhook_endpoints')}`, heading: ANY },
    { path: '/audit', heading: /Audit/ },
    { path: `/audit/${await first('/v1/audit')}`, heading: ANY },
    { path: '/settings', heading: ANY },
    { path: '/settings/people', heading: ANY },
    { path: '/settings/policies', heading: ANY },
    { path: '/settings/providers', heading: ANY },
    { path: '/settings/checkout', heading: ANY },
    { path: '/settings/account', heading: ANY },
  ];
  const imported = (await list('/v1/reconciliations', true))[0]?.id;
  const all: ConsolePage[] = [
    { path: '/reconciliation', heading: /Reconciliation/ },
    { path: `/reconciliation/${imported}`, heading: ANY },
    { path: '', heading: /Home/, hasCharts: true },
    { path: '/clients', heading: /Clients/ },
    { path: `/clients/${code}`, heading: ANY },
    { path: '/approvals', heading: /Approvals/ },
    { path: '/wallets', heading: /Wallets/ },
    { path: '/journals', heading: /Journals/ },
  ];
  return [
    ...own.map((page) => ({ ...page, path: `/console/test/${code}${page.path}` })),
    ...all.map((page) => ({ ...page, path: `/console/test/all${page.path}` })),
  ];
}
