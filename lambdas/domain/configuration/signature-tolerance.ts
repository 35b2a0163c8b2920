import type { Integration } from './integration';

const defaultToleranceSeconds = 300;

/** Seconds by which the time of a signature may differ from ours. */
export function signatureToleranceOf({
  signatureToleranceSeconds,
}: Pick<Integration, 'signatureToleranceSeconds'>): number {
  return signatureToleranceSeconds ?? defaultToleranceSeconds;
}
