import { formatId } from '@/contracts/ids';
import type { TopUpStatus } from '@/contracts/top-ups';
import { Problem } from '@/server/kernel/problem';

/** Hosts of the machine itself, for a developer's own pages; in test mode alone. */
const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A customer is sent back only to hosts that the client registered: else a stolen key could make our page lead anywhere.
 * @param param the field that it came in
 * @throws Problem parameter_invalid
 */
export function requireReturnUrl(
  text: string,
  param: 'redirect_url' | 'cancel_url',
  { mode, hosts }: { readonly mode: 'live' | 'test'; readonly hosts: readonly string[] },
): void {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') invalid(param, 'may not hold a user name or a password');
  if (mode === 'test' && OWN_MACHINE.has(url.hostname) && /^https?:$/.test(url.protocol)) return;
  if (url.protocol !== 'https:') {
    invalid(param, `must begin with https://${mode === 'test' ? '; only localhost may use http' : ''}`);
  }
  if (!hosts.includes(url.host)) {
    invalid(
      param,
      `is on ${url.host}, which is not among your return hosts; register it with PUT /v1/checkout_settings`,
    );
  }
}

/** Where a customer goes with what became of the top-up. */
export function returnUrl(base: string | null, topUp: { readonly id: string; readonly status: TopUpStatus }): string {
  if (base === null) throw new Error('Only a checkout has somewhere to go back to.');
  const url = new URL(base);
  url.searchParams.set('topup_id', formatId('topup', topUp.id));
  url.searchParams.set('status', topUp.status);
  return url.href;
}

function invalid(param: string, rule: string): never {
  throw new Problem('parameter_invalid', `\`${param}\` ${rule}.`, { param });
}
