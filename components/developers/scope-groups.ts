import { SCOPES, type Scope } from '@/contracts/scopes';

export interface ScopeGroup {
  readonly resource: string;
  readonly label: string;
  readonly scopes: readonly { readonly scope: Scope; readonly label: string }[];
}

const LABELS: Readonly<Record<string, string>> = {
  keys: 'API keys',
  audit: 'Audit trail',
  logs: 'Request log',
  'mobilemoney-receive-direct': 'Prompting payers',
};

const VERBS: Readonly<Record<string, string>> = { read: 'Read', write: 'Write', status: 'Freeze' };

/** Every scope under what it is about, in the order of the API. */
export function scopeGroups(offered: (scope: Scope) => boolean): readonly ScopeGroup[] {
  const groups = new Map<string, { scope: Scope; label: string }[]>();
  for (const scope of SCOPES.filter(offered)) {
    const [resource = '', verb = ''] = scope.split(':');
    const group = groups.get(resource) ?? [];
    group.push({ scope, label: VERBS[verb] ?? 'Receive' });
    groups.set(resource, group);
  }
  return [...groups].map(([resource, scopes]) => ({ resource, label: LABELS[resource] ?? capital(resource), scopes }));
}

/** `everything`, or `wallets: read, write · customers: read`: what a key may do, in a line. */
export function scopesInWords(scopes: readonly string[]): string {
  if (scopes.includes('*')) return 'Everything, now and later';
  const groups = scopeGroups((scope) => scopes.includes(scope));
  return groups
    .map(({ label, scopes: of }) => `${label}: ${of.map((one) => one.label.toLowerCase()).join(', ')}`)
    .join(' · ');
}

/** Short, for a column: `Everything`, `12 scopes`, `wallets:read`. */
export function scopesInShort(scopes: readonly string[]): string {
  if (scopes.includes('*')) return 'Everything';
  if (scopes.length === 1) return scopes[0] as string;
  return scopes.every((scope) => scope.endsWith(':read')) ? `${scopes.length}, all reading` : `${scopes.length} scopes`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
