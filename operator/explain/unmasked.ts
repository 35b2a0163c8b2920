import { parseKeepingNumbers } from '../../lambdas/domain/text/json';
import { masked } from '../log/raw-request';

/** Removes the values that the log masked from a text; returns their names in lower case. */
export interface Unmasked {
  readonly text: string;
  readonly leftOut: readonly string[];
}

/** Reads `name=value` pairs, still encoded. */
export function unmaskedPairs(text: string): Unmasked {
  const pairs = text.split('&').filter((pair) => pair !== '');
  return {
    text: pairs.filter((pair) => !isMasked(pair)).join('&'),
    leftOut: pairs.filter(isMasked).map(nameOfPair),
  };
}

/** Reads a body: JSON, or a form. */
export function unmaskedBody(text: string): Unmasked {
  if (!/^\s*[[{]/.test(text)) return unmaskedPairs(text);
  const leftOut: string[] = [];
  try {
    const value = parseKeepingNumbers(text);
    return { text: JSON.stringify(withoutMasked(value, leftOut)), leftOut };
  } catch {
    // It was unparseable on receipt, too.
    return { text, leftOut };
  }
}

function withoutMasked(value: unknown, leftOut: string[]): unknown {
  if (Array.isArray(value)) return value.map((inner: unknown) => withoutMasked(inner, leftOut));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, inner]) => {
    if (!isMasked(inner)) return true;
    leftOut.push(name.toLowerCase());
    return false;
  });
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutMasked(inner, leftOut)]));
}

/** A partly masked value differs from the received one, too. */
function isMasked(value: unknown): boolean {
  return typeof value === 'string' && value.includes(masked);
}

export function nameOfPair(pair: string): string {
  return (pair.split('=', 1)[0] ?? '').toLowerCase();
}
