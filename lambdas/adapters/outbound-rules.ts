import { allowedDestinationsVariable } from '../contract';
import type { UrlRules } from '../domain/outbound/address-rules';
import { optionalEnvironment } from './environment';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]):\d{1,5}$/i;

/**
 * Where requests may go. The local stack may allow destinations on its own machine; nothing else is ever taken from that variable, so that
 * no environment opens a network that outbound requests must not reach.
 */
export function outboundRules(): Pick<UrlRules, 'allowedDestinations' | 'ownHosts'> {
  const publicUrl = optionalEnvironment('publicUrl');
  const allowed = (process.env[allowedDestinationsVariable] ?? '').split(',').filter((one) => loopback.test(one));
  return {
    allowedDestinations: allowed,
    ownHosts: publicUrl !== undefined && URL.canParse(publicUrl) ? [new URL(publicUrl).hostname] : [],
  };
}
