import { divided } from './millionths';

/** The code for no currency, by ISO 4217. */
export const noCurrency = 'XXX';

const digits = 12;
const unit = 10n ** BigInt(digits);

/** Money is added up in units of 10^-12, so that a share of an amount in millionths is exact, too: so many are a millionth. */
export const unitsPerMillionth = 1_000_000n;

/** Sums of money by currency, in units of 10^-12. A sum of 0 stays where something was added. */
export type Money = ReadonlyMap<string, bigint>;

/** Exact decimals by currency: they may have more digits than an amount. */
export type MoneyText = Readonly<Record<string, string>>;

export function addMoney(left: Money, right: Money): Money {
  const sum = new Map(left);
  for (const [currency, value] of right) sum.set(currency, (sum.get(currency) ?? 0n) + value);
  return sum;
}

export function negated(money: Money): Money {
  return new Map([...money].map(([currency, value]) => [currency, -value]));
}

/** So much of the money, rounded half to even to millionths. */
export function dividedMoney(money: Money, by: bigint): Money {
  const share = (value: bigint): bigint => divided(value, by * unitsPerMillionth) * unitsPerMillionth;
  return new Map([...money].map(([currency, value]) => [currency, share(value)]));
}

/** Without what comes to nothing, by the names of the currencies; every digit is shown. */
export function decimalsOf(money: Money): MoneyText {
  const entries = [...money].filter(([, value]) => value !== 0n).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([currency, value]) => [currency, decimalOf(value)]));
}

function decimalOf(value: bigint): string {
  const size = value < 0n ? -value : value;
  const fraction = String(size % unit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / unit}${fraction && `.${fraction}`}`;
}

/** The units of a sum as it is shown. */
export function unitsOf(shown: string): bigint {
  const [whole = '0', fraction = ''] = shown.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(digits, '0'));
  return shown.startsWith('-') ? -size : size;
}
