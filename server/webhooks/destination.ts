import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Where a webhook may go. A URL is somebody else's text: without these rules it would be a way to have this server ask
 * things of the network that it stands in.
 */
export interface DestinationPolicy {
  readonly mode: 'live' | 'test';
  /** `host` or `host:port` that the operator has vouched for: may be private, and in test mode plain HTTP and this machine. */
  readonly allowedHosts: readonly string[];
}

/** Why a URL or what it resolves to is not sent to. The text is for the URL's owner. */
export class DestinationRefused extends Error {
  override readonly name = 'DestinationRefused';
}

export interface Destination {
  readonly url: URL;
  /** The one address that was checked, and the only one to connect to. */
  readonly address: string;
  readonly family: 4 | 6;
}

export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

const URL_LENGTH_MAX = 2_048;
/** Below these are other protocols' ports. */
const PORT_MIN = 1_024;
const PORT_HTTPS = 443;
const PORT_HTTP = 80;

/** Names that never leave a machine or a network (RFC 6761, 6762, 8375, and the cloud's own). */
const INNER_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|localdomain|test|invalid|example)$/;

/** Every public IPv6 address there is lies in here (IANA global unicast). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** In public ranges, but of clouds' insides: Azure's wire server. */
const CLOUD_INSIDES = new Set(['168.63.129.16']);

/** What an allow-listed host may be besides public. Metadata services are link-local, and stay out. */
const INSIDE = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

/**
 * What can be said of a URL before asking the DNS.
 * @throws DestinationRefused
 */
export function checkUrl(text: string, policy: DestinationPolicy): URL {
  if (text.length > URL_LENGTH_MAX) refuse(`may have at most ${URL_LENGTH_MAX} characters`);
  if (!URL.canParse(text)) refuse('must be a URL such as https://example.com/webhooks');
  const url = new URL(text);
  const vouched = isVouched(url, policy);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && vouched && policy.mode === 'test')) {
    refuse('must begin with https://');
  }
  if (url.username !== '' || url.password !== '') refuse('must not contain a user name or a password');
  if (url.hash !== '') refuse('must not contain a fragment');
  const port = portOf(url);
  if (port !== PORT_HTTPS && port < PORT_MIN && !(vouched && port === PORT_HTTP)) {
    refuse(`must use port ${PORT_HTTPS} or one from ${PORT_MIN} on`);
  }
  const host = bareHost(url);
  if (isIP(host) !== 0) requireAllowed(host, vouched, policy);
  else if (!vouched && (!host.includes('.') || INNER_NAMES.test(host.replace(/\.$/, '')))) {
    refuse('must name a host on the public internet');
  }
  return url;
}

/**
 * Resolves once and checks every address: one bad among good ones refuses all, or the choice would be an attacker's.
 * @throws DestinationRefused, or whatever the resolver throws
 */
export async function resolveDestination(
  text: string,
  policy: DestinationPolicy,
  resolve: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true }),
): Promise<Destination> {
  const url = checkUrl(text, policy);
  const host = bareHost(url);
  const literal = isIP(host);
  const found = literal === 0 ? await resolve(host) : [{ address: host, family: literal }];
  const vouched = isVouched(url, policy);
  for (const { address } of found) requireAllowed(address, vouched, policy);
  const [first] = found;
  if (first === undefined) refuse('resolves to no address');
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
}

/** `public`, or the class of an address that is not: the library's name for it. */
export function classOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'invalid';
  const parsed = ipaddr.parse(address);
  if (CLOUD_INSIDES.has(parsed.toString())) return 'cloudInside';
  const range = parsed.range();
  if (range !== 'unicast') return range;
  if (parsed.kind() === 'ipv6' && !(parsed as ipaddr.IPv6).match(GLOBAL_UNICAST)) return 'reserved';
  return 'public';
}

function requireAllowed(address: string, vouched: boolean, { mode }: DestinationPolicy): void {
  const kind = classOf(address);
  if (kind === 'public') return;
  if (vouched && (INSIDE.has(kind) || (kind === 'loopback' && mode === 'test'))) return;
  // Neither the address nor its class: the answer must not be a map of the network.
  refuse('must lead to an address on the public internet');
}

function isVouched(url: URL, { allowedHosts }: DestinationPolicy): boolean {
  const host = bareHost(url);
  return allowedHosts.includes(host) || allowedHosts.includes(`${host}:${portOf(url)}`);
}

function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'http:' ? PORT_HTTP : PORT_HTTPS) : Number(url.port);
}

/** Without the brackets of IPv6. */
function bareHost({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function refuse(rule: string): never {
  throw new DestinationRefused(rule);
}
