/** An exact decimal in canonical form: `12.5`, `-3`, `0`. Never a float on the way. */
export type Amount = string & { readonly __brand: 'Amount' };

export type AmountReading =
  /** `rounded`: it had more than 6 digits after the point. */
  | { readonly ok: true; readonly amount: Amount; readonly rounded?: true }
  | { readonly ok: false; readonly problem: AmountProblem };

export type AmountProblem = 'comma' | 'symbol' | 'exponent' | 'fraction' | 'not-a-number' | 'too-long' | 'negative';

/** A sender's formats of amounts: separators of thousands and decimals, whole minor units (1999 is 19.99 USD), or a program's floats. */
export const amountFormats = ['1234.56', '1,234.56', '1.234,56', 'minor', 'float'] as const;
export type AmountFormat = (typeof amountFormats)[number];

export interface AmountRules {
  /** Whether a negative amount is a correction or a mistake. */
  readonly negative: boolean;
  /** `1234.56` where this is absent. */
  readonly format?: AmountFormat;
  /** Digits after the point that the currency has, for `minor`; 2 where this is absent. */
  readonly minorDigits?: number;
}

const digitsBefore = 12;
const digitsAfter = 6;
const scale = 10n ** BigInt(digitsAfter);

/** A decimal as it was written: digits before and after its point, which an exponent moves. */
interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/**
 * Reads an amount in the format that its sender writes: up to 12 digits before the point, and after it 6, to which longer fractions are
 * rounded half to even. A text that is not plainly an amount is rejected with its problem, never read as 0 and never replaced by a default.
 */
export function readAmount(
  text: string,
  { negative, format = '1234.56', minorDigits = 2 }: AmountRules,
): AmountReading {
  const trimmed = text.trim();
  const decimal = readers[format](trimmed, minorDigits);
  if (typeof decimal === 'string') return { ok: false, problem: decimal };
  const whole = decimal.whole.replace(/^0+/, '');
  const { millionths, rounded } = toSixDigits(whole, decimal.fraction);
  if (whole.length > digitsBefore || millionths >= scale * 10n ** BigInt(digitsBefore)) {
    return { ok: false, problem: 'too-long' };
  }
  if (decimal.negative && millionths !== 0n && !negative) return { ok: false, problem: 'negative' };
  const amount = fromMillionths(decimal.negative ? -millionths : millionths);
  return { ok: true, amount, ...(rounded && { rounded }) };
}

type Reader = (text: string, minorDigits: number) => Decimal | AmountProblem;

const readers: Readonly<Record<AmountFormat, Reader>> = {
  '1234.56': readPlain,
  '1,234.56': (text) => readPlain(ungrouped(text, ',', '.')),
  '1.234,56': (text) => {
    // A sender that writes 1,50 writes 1.234 for a thousand and more, and no thousand begins with 0.
    if (/^-?[1-9]\d{0,2}(?:\.\d{3})+$/.test(text)) return readPlain(text.replaceAll('.', ''));
    const plain = ungrouped(text, '.', ',');
    return readPlain(/^-?\d+,\d+$/.test(plain) ? plain.replace(',', '.') : plain);
  },
  minor: (text, minorDigits) => {
    const match = /^(-?)(\d+)$/.exec(text);
    if (match === null) return /^-?\d*[.,]\d*$/.test(text) ? 'fraction' : problemOf(text);
    const padded = (match[2] ?? '').padStart(minorDigits + 1, '0');
    const point = padded.length - minorDigits;
    return { negative: match[1] === '-', whole: padded.slice(0, point), fraction: padded.slice(point) };
  },
  float: (text) => {
    const match = /^(-?\d*\.?\d*)e([+-]?\d{1,3})$/i.exec(text);
    const decimal = readPlain(match?.[1] ?? text);
    return typeof decimal === 'string' ? decimal : shift(decimal, Number(match?.[2] ?? 0));
  },
};

function readPlain(text: string): Decimal | AmountProblem {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text);
  const [whole, fraction] = [match?.[2] ?? '', match?.[3] ?? ''];
  if (match === null || whole + fraction === '') return problemOf(text);
  return { negative: match[1] === '-', whole, fraction };
}

/** Drops the separators of thousands where they are such, those of India and the blanks and apostrophes of others included. */
function ungrouped(text: string, separator: ',' | '.', point: ',' | '.'): string {
  const [whole = '', ...rest] = text.split(point);
  const sign = whole.startsWith('-') ? '-' : '';
  const digits = whole.slice(sign.length);
  for (const mark of [separator, ' ', '\u00a0', '\u202f', "'", '\u2019']) {
    const groups = digits.split(mark);
    const isGrouped =
      groups.length > 1 &&
      groups.every((group, at) =>
        (at === 0 ? /^[1-9]\d{0,2}$/ : at === groups.length - 1 ? /^\d{3}$/ : /^\d{2,3}$/).test(group),
      );
    if (isGrouped) return [sign + groups.join(''), ...rest].join(point);
  }
  return text;
}

/** Moves the point by an exponent. */
function shift({ negative, whole, fraction }: Decimal, exponent: number): Decimal {
  if (exponent >= 0) {
    const moved = fraction.padEnd(exponent, '0');
    return { negative, whole: whole + moved.slice(0, exponent), fraction: moved.slice(exponent) };
  }
  const moved = whole.padStart(-exponent, '0');
  const point = moved.length + exponent;
  return { negative, whole: moved.slice(0, point), fraction: moved.slice(point) + fraction };
}

function toSixDigits(whole: string, fraction: string): { readonly millionths: bigint; readonly rounded: boolean } {
  const kept = BigInt(
    (whole.slice(0, digitsBefore + 1) || '0') + fraction.slice(0, digitsAfter).padEnd(digitsAfter, '0'),
  );
  const rest = fraction.slice(digitsAfter).replace(/0+$/, '');
  const isHalf = rest === '5';
  const isUp = isHalf ? kept % 2n === 1n : rest >= '5';
  return { millionths: isUp ? kept + 1n : kept, rounded: rest !== '' };
}

function problemOf(text: string): AmountProblem {
  if (/^[-+]?[\d.]+e[-+]?\d+$/i.test(text)) return 'exponent';
  if (/^[-+]?[\d.]*,[\d.,]*$/.test(text)) return 'comma';
  if (/\d/.test(text) && /^[^\w]|[^\w]$|^[A-Z]{3}|[A-Z]{3}$/i.test(text)) return 'symbol';
  return 'not-a-number';
}

/** An amount in whole millionths: within 64 bits, since it has at most 12 digits before its point. */
export function millionthsOf(amount: Amount): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(digitsAfter, '0'));
}

export function fromMillionths(millionths: bigint): Amount {
  const size = millionths < 0n ? -millionths : millionths;
  const fraction = String(size % scale)
    .padStart(digitsAfter, '0')
    .replace(/0+$/, '');
  return `${millionths < 0n ? '-' : ''}${size / scale}${fraction && `.${fraction}`}` as Amount;
}

export const zero = '0' as Amount;

/** The amount with its point so many digits to the right, or to the left where they are less than 0. */
export function movePoint(amount: Amount, digits: number): Amount {
  const factor = 10n ** BigInt(Math.abs(digits));
  const millionths = millionthsOf(amount);
  return fromMillionths(digits < 0 ? millionths / factor : millionths * factor);
}

export function addAmounts(left: Amount, right: Amount): Amount {
  if (left === zero) return right;
  return right === zero ? left : fromMillionths(millionthsOf(left) + millionthsOf(right));
}

export function subtractAmounts(left: Amount, right: Amount): Amount {
  return fromMillionths(millionthsOf(left) - millionthsOf(right));
}

/** Less than 0 where the left is smaller, more where it is larger. */
export function compareAmounts(left: Amount, right: Amount): number {
  if (left === right) return 0;
  const difference = millionthsOf(left) - millionthsOf(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function largerOf(left: Amount, right: Amount): Amount {
  return compareAmounts(left, right) < 0 ? right : left;
}

export function isNegative(amount: Amount): boolean {
  return amount.startsWith('-');
}

/** The amount without its sign. */
export function absoluteAmount(amount: Amount): Amount {
  return isNegative(amount) ? subtractAmounts(zero, amount) : amount;
}

export function negateAmount(amount: Amount): Amount {
  return fromMillionths(-millionthsOf(amount));
}
