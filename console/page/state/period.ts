import * as v from 'valibot';

const unitMilliseconds = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitMilliseconds;

const relative = /^(\d{1,4})([mhd])$/;

/** Either a stretch back from now (`24h`), which stays relative in an address, or an ISO 8601 time. */
export const since = v.pipe(
  v.string(),
  v.check((text) => relative.test(text) || isInstant(text)),
);

export const instant = v.pipe(v.string(), v.check(isInstant));

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The moment that `since` means now, in milliseconds since 1970. */
export function momentOf(text: string, now: number): number {
  const [, count, unit] = relative.exec(text) ?? [];
  if (count === undefined || !isUnit(unit)) return Date.parse(text);
  return now - Number(count) * unitMilliseconds[unit];
}

export const isRelative = (text: string): boolean => relative.test(text);

function isUnit(text: string | undefined): text is Unit {
  return text !== undefined && Object.hasOwn(unitMilliseconds, text);
}

/** Periods to choose from, with the key that chooses each. */
export const choices = [
  { since: '15m', label: '15 min' },
  { since: '1h', label: '1 hour' },
  { since: '24h', label: '24 hours' },
  { since: '7d', label: '7 days' },
  { since: '30d', label: '30 days' },
  { since: '90d', label: '90 days' },
] as const;
