import type { Integration } from '../domain/configuration/integration';
import { signatureToleranceOf } from '../domain/configuration/signature-tolerance';

const defaultRetryHours = 48;
const hourSeconds = 60 * 60;

/** Hours within which the same statement of a sender is its own retry. */
export function retryHoursOf(integration: Pick<Integration, 'signatureToleranceSeconds' | 'retryWindow'>): number {
  // Twice the tolerance: a signature may be that much ahead of our clock, and that much behind it.
  const signedHours = Math.ceil((2 * signatureToleranceOf(integration)) / hourSeconds) + 1;
  return Math.max(integration.retryWindow ?? defaultRetryHours, signedHours);
}
