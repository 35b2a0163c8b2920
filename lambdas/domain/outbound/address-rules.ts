import ipaddr from 'ipaddr.js';

/** Networks that no postback goes to, beside those that ipaddr.js knows for special: loopback, link-local, private and the like. */
const furtherNetworks = [
  '192.0.0.0/24',
  '192.88.99.0/24',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  'fec0::/10',
].map((range) => ipaddr.parseCIDR(range));

const publicIpv6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether a request may be sent to an address that a host's name was resolved to. Private, loopback, link-local, shared, reserved, multicast,
 * documentation, translated and tunnelled addresses are not public, and neither is an IPv4 address in IPv6 clothes, whichever it is.
 */
export function isRoutableAddress(address: string): boolean {
  // A zone, as in fe80::1%eth0, belongs to a link.
  if (!ipaddr.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed.kind() === 'ipv6' && !parsed.match(publicIpv6)) return false;
  return !furtherNetworks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
}

/** Names that no public server has. */
const localNames = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa|onion)\.?$/i;

export interface UrlRules {
  /** `host:port` that may be called although it is local, or speaks http: the local stack's alone. */
  readonly allowedDestinations?: readonly string[];
  /** Whether the request carries a secret, which must not travel in the clear. */
  readonly isSecret?: boolean;
  /** Hosts of the tracker: a call to them would be a loop. */
  readonly ownHosts?: readonly string[];
}

/** Returns the problem of a URL as a destination, as the end of a sentence that begins with the field's name; `undefined` without one. */
export function destinationProblem(text: string, rules: UrlRules = {}): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\/[^/\\]/i.test(text)) return 'must be an http:// or https:// URL';
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#]*@/i.test(text)) {
    return 'must not hold a user name or password';
  }
  if (isAllowed(url, rules)) return undefined;
  if (url.protocol === 'http:' && rules.isSecret === true) return 'must begin with https://, since it carries a secret';
  if (!['', '80', '443'].includes(url.port)) return 'must use port 80 or 443';
  const host = url.hostname.replace(/\.$/, '');
  if (host.startsWith('[') || ipaddr.isValid(host)) return 'must name a host, not an address';
  if (!host.includes('.') || localNames.test(host)) return 'must name a public host';
  return rules.ownHosts?.some((own) => own.toLowerCase() === host) === true
    ? 'must not be the tracker itself'
    : undefined;
}

/** Whether the local stack allows a destination explicitly; its address then need not be public. */
export function isAllowed(url: URL, { allowedDestinations = [] }: UrlRules): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return allowedDestinations.some((allowed) => allowed.toLowerCase() === `${url.hostname}:${port}`);
}
