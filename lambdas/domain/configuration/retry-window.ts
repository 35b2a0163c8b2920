import type { Integration } from './integration';

const defaultRetryHours = 48;
const defaultToleranceSeconds = 300;
const hourSeconds = 60 * 60;

/** Seconds by which the time of a signature may differ from ours. */
export function signatureToleranceOf({
  signatureToleranceSeconds,
}: Pick<Integration, 'signatureToleranceSeconds'>): number {
  return signatureToleranceSeconds ?? defaultToleranceSeconds;
}

/** Hours within which the same statement of a sender is its own retry. */
export function retryHoursOf(integration: Pick<Integration, 'signatureToleranceSeconds' | 'retryWindow'>): number {
  // Twice the tolerance: a signature may be that much ahead of our clock, and that much behind it.
  const signedHours = Math.ceil((2 * signatureToleranceOf(integration)) / hourSeconds) + 1;
  return Math.max(integration.retryWindow ?? defaultRetryHours, signedHours);
}
