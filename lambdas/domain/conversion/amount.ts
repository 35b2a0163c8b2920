/** An exact decimal in canonical form: `12.5`, `-3`, `0`. Never a float on the way. */
export type Amount = string & { readonly __brand: 'Amount' };

export type AmountReading =
  { readonly ok: true; readonly amount: Amount } | { readonly ok: false; readonly problem: AmountProblem };

export type AmountProblem = 'comma' | 'ambiguous' | 'symbol' | 'exponent' | 'not-a-number' | 'too-long' | 'negative';

/** How a sender writes amounts: separators of thousands and decimals, whole minor units (1999 is 19.99 USD), or a program's floats. */
export const amountFormats = ['1234.56', '1,234.56', '1.234,56', 'minor', 'float'] as const;
export type AmountFormat = (typeof amountFormats)[number];

export interface AmountRules {
  /** Whether a negative amount is a correction or a mistake. */
  readonly negative: boolean;
  /** Whether `1,50` means 1.50 for this sender. A point and a comma together are refused all the same. */
  readonly decimalComma: boolean;
}

const digitsBefore = 12;
const digitsAfter = 6;
const scale = 10n ** BigInt(digitsAfter);

/**
 * Reads an amount as it was sent: up to 12 digits before the point and 6 after it, nothing else.
 * What is not plainly a decimal is refused and named, never taken for 0 and never for a default.
 */
export function readAmount(text: string, rules: AmountRules): AmountReading {
  const trimmed = text.trim();
  const plain = rules.decimalComma && /^-?\d+,\d+$/.test(trimmed) ? trimmed.replace(',', '.') : trimmed;
  // Who writes 1,50 writes 1.234 for a thousand and more: it may be either, and is taken for neither.
  if (rules.decimalComma && /^-?\d{1,3}(?:\.\d{3})+$/.test(trimmed)) return { ok: false, problem: 'ambiguous' };
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain);
  const [whole, fraction] = [match?.[2] ?? '', match?.[3] ?? ''];
  if (match === null || whole + fraction === '') return { ok: false, problem: problemOf(plain) };
  if (whole.replace(/^0+/, '').length > digitsBefore || fraction.replace(/0+$/, '').length > digitsAfter) {
    return { ok: false, problem: 'too-long' };
  }
  const millionths = BigInt(whole || '0') * scale + BigInt(fraction.slice(0, digitsAfter).padEnd(digitsAfter, '0'));
  if (match[1] === '-' && millionths !== 0n && !rules.negative) return { ok: false, problem: 'negative' };
  return { ok: true, amount: fromMillionths(match[1] === '-' ? -millionths : millionths) };
}

function problemOf(text: string): AmountProblem {
  if (/^[-+]?[\d.]+e[-+]?\d+$/i.test(text)) return 'exponent';
  if (/^[-+]?[\d.]*,[\d.,]*$/.test(text)) return 'comma';
  if (/\d/.test(text) && /^[^\w]|[^\w]$|^[A-Z]{3}|[A-Z]{3}$/i.test(text)) return 'symbol';
  return 'not-a-number';
}

function toMillionths(amount: Amount): bigint {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const size = BigInt(whole) * scale + BigInt(fraction.padEnd(digitsAfter, '0'));
  return negative ? -size : size;
}

function fromMillionths(millionths: bigint): Amount {
  const size = millionths < 0n ? -millionths : millionths;
  const fraction = String(size % scale)
    .padStart(digitsAfter, '0')
    .replace(/0+$/, '');
  return `${millionths < 0n ? '-' : ''}${size / scale}${fraction && `.${fraction}`}` as Amount;
}

export const zero = '0' as Amount;

export function addAmounts(left: Amount, right: Amount): Amount {
  return fromMillionths(toMillionths(left) + toMillionths(right));
}

export function subtractAmounts(left: Amount, right: Amount): Amount {
  return fromMillionths(toMillionths(left) - toMillionths(right));
}

/** Less than 0 where the left is smaller, more where it is larger. */
export function compareAmounts(left: Amount, right: Amount): number {
  const difference = toMillionths(left) - toMillionths(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isNegative(amount: Amount): boolean {
  return amount.startsWith('-');
}

export function negateAmount(amount: Amount): Amount {
  return fromMillionths(-toMillionths(amount));
}
