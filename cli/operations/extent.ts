import { usageFailure } from '../../operator/failure';
import type { Extent } from '../../operator/pages';

/** Reads the extent from `--limit` and `--all`. */
export function readExtent({
  limit,
  all,
}: {
  readonly limit?: string | undefined;
  readonly all?: true | undefined;
}): Extent {
  return { limit: limit === undefined ? 50 : readCount('--limit', limit), all: all === true };
}

export function readCount(option: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw usageFailure(`${option} takes a whole number from 1, not "${text}".`);
}
