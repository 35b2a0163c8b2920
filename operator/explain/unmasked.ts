import { parseKeepingNumbers } from '../../lambdas/domain/text/json';
import { masked } from '../log/raw-request';

/** A text without the values that the log masked, and their names in lower case. */
export interface Unmasked {
  readonly text: string;
  readonly leftOut: readonly string[];
}

/** Of `name=value` pairs, encoded as they came. */
export function unmaskedPairs(text: string): Unmasked {
  const pairs = text.split('&').filter((pair) => pair !== '');
  return {
    text: pairs.filter((pair) => !isMasked(pair)).join('&'),
    leftOut: pairs.filter(isMasked).map(nameOfPair),
  };
}

/** Of a body: JSON, or a form. */
export function unmaskedBody(text: string): Unmasked {
  if (!/^\s*[[{]/.test(text)) return unmaskedPairs(text);
  const leftOut: string[] = [];
  try {
    const value = parseKeepingNumbers(text);
    return { text: JSON.stringify(withoutMasked(value, leftOut)), leftOut };
  } catch {
    // It did not parse when it came, either.
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

/** A value that is masked in part is not the one that came, either. */
function isMasked(value: unknown): boolean {
  return typeof value === 'string' && value.includes(masked);
}

export function nameOfPair(pair: string): string {
  return (pair.split('=', 1)[0] ?? '').toLowerCase();
}
