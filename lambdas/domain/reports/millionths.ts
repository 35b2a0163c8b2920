import { fromMillionths } from '../values/amount';

const millionth = 1_000_000n;

/** A sum in canonical form, in millionths: it may have more digits than an amount. Throws where it is none. */
export function millionthsOfSum(text: string): bigint {
  const [matches, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (matches === undefined) throw new Error(`"${text}" is no sum of amounts`);
  const size = BigInt(whole + fraction.padEnd(6, '0'));
  return sign === '-' ? -size : size;
}

/** A division rounded half to even. */
export function divided(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const [size, by] = [absolute(numerator), absolute(denominator)];
  const [whole, rest] = [size / by, size % by];
  const isUp = 2n * rest > by || (2n * rest === by && whole % 2n === 1n);
  const rounded = isUp ? whole + 1n : whole;
  return isNegative ? -rounded : rounded;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** A quotient as a number of six digits after the point. */
export function ratio(numerator: bigint, denominator: bigint): number {
  return Number(fromMillionths(divided(numerator * millionth, denominator)));
}
