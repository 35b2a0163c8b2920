import { allowedDestinationsVariable } from '../contract';
import type { UrlRules } from '../domain/outbound/address-rules';
import { optionalEnvironment } from './environment';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]):\d{1,5}$/i;

/**
 * The allowed destinations. The variable can only add loopback destinations, for the local stack, so that no environment can open an
 * internal network.
 */
export function outboundRules(): Pick<UrlRules, 'allowedDestinations' | 'ownHosts'> {
  const publicUrl = optionalEnvironment('publicUrl');
  const allowed = (process.env[allowedDestinationsVariable] ?? '').split(',').filter((one) => loopback.test(one));
  return {
    allowedDestinations: allowed,
    ownHosts: publicUrl !== undefined && URL.canParse(publicUrl) ? [new URL(publicUrl).hostname] : [],
  };
}
