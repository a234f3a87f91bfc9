import type { Adapter, AdapterTools } from './adapter';
import { daraja } from './daraja/adapter';
import { hubtel } from './hubtel/adapter';
import { mtnMomo } from './mtn-momo/adapter';
import { paystack } from './paystack/adapter';
import type { Provider, ProviderName } from './provider';
import { vodacomTz } from './vodacom-tz/adapter';

export interface CredentialField {
  readonly name: string;
  readonly isRequired: boolean;
}

/** An adapter whose settings' types are its own business: what comes in is checked by its schemas. */
export interface AnyAdapter {
  readonly name: ProviderName;
  /** Problems as `path: message`, without values, which may be secret. */
  /** What credentials consist of, for a form. */
  readonly credentialFields: readonly CredentialField[];
  problemsOfEndpoints(endpoints: unknown): readonly string[];
  problemsOfCredentials(credentials: unknown): readonly string[];
  /** @throws ZodError for settings that have problems */
  open(endpoints: unknown, credentials: unknown, tools: AdapterTools): Provider;
}

export const ADAPTERS: Readonly<Record<ProviderName, AnyAdapter>> = {
  'mtn-momo': anyAdapter(mtnMomo),
  daraja: anyAdapter(daraja),
  hubtel: anyAdapter(hubtel),
  paystack: anyAdapter(paystack),
  'vodacom-tz': anyAdapter(vodacomTz),
};

function anyAdapter<Endpoints, Credentials>(adapter: Adapter<Endpoints, Credentials>): AnyAdapter {
  return {
    name: adapter.name,
    credentialFields: Object.entries(adapter.credentials.shape).map(([name, schema]) => ({
      name,
      isRequired: !schema.safeParse(undefined).success,
    })),
    problemsOfEndpoints: (endpoints) => problemsOf(adapter.endpoints.safeParse(endpoints)),
    problemsOfCredentials: (credentials) => problemsOf(adapter.credentials.safeParse(credentials)),
    open: (endpoints, credentials, tools) =>
      adapter.create(adapter.endpoints.parse(endpoints), adapter.credentials.parse(credentials), tools),
  };
}

function problemsOf(result: {
  success: boolean;
  error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } | undefined;
}): readonly string[] {
  return (result.error?.issues ?? []).map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
  );
}
