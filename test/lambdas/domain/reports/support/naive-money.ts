/** Sums of money by currency, in units of 10^-12. */
export type Sums = ReadonlyMap<string, bigint>;

/** Rates of one document, as the API takes them: how much of each currency one of `base` was worth on a day. */
export interface NamedRates {
  readonly id: string;
  readonly base: string;
  readonly days: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const unitDigits = 12;
export const unitsPerMillionth = 1_000_000n;

/** A decimal in units of 10^-12. */
export function unitsOfText(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(unitDigits, '0'));
  return text.startsWith('-') ? -size : size;
}

export function addTo(sums: Map<string, bigint>, currency: string, units: bigint): void {
  sums.set(currency, (sums.get(currency) ?? 0n) + units);
}

/** Units as a decimal without zeros at its end. */
function textOf(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(unitDigits + 1, '0');
  const text = `${digits.slice(0, -unitDigits)}.${digits.slice(-unitDigits)}`.replace(/\.?0+$/, '');
  return `${units < 0n ? '-' : ''}${text}`;
}

export function shownSums(sums: Sums): Record<string, string> {
  const entries = [...sums].filter(([, units]) => units !== 0n).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([code, units]) => [code, textOf(units)]));
}

/** Sums divided by a count, rounded half to even to millionths. */
export function sharedSums(sums: Sums, by: number): Record<string, string> {
  const share = (units: bigint): bigint => halfToEven(units, BigInt(by) * unitsPerMillionth) * unitsPerMillionth;
  return shownSums(new Map([...sums].map(([code, units]) => [code, share(units)])));
}

/** A quotient of two whole numbers, rounded half to even. */
function halfToEven(top: bigint, bottom: bigint): bigint {
  if (bottom < 0n) return halfToEven(-top, -bottom);
  if (top < 0n) return -halfToEven(-top, bottom);
  const cut = top / bottom;
  const twiceTheRest = 2n * (top - cut * bottom);
  return twiceTheRest > bottom || (twiceTheRest === bottom && cut % 2n !== 0n) ? cut + 1n : cut;
}

/** A ratio as reports show it: six digits, as a number. */
export function naiveRatio(top: bigint, bottom: bigint): number {
  return Number(textOf(halfToEven(top * 1_000_000n, bottom) * unitsPerMillionth));
}

/** Money of one UTC day. */
export interface DayMoney {
  readonly code: string;
  readonly units: bigint;
  /** `2026-11-02` */
  readonly date: string;
}

export interface Converted {
  readonly sums: Sums;
  /** What no rate is there for, in its own currency. */
  readonly left: Sums;
}

/** All of it in one currency, added up as fractions and rounded once; as it is where no currency is asked for. */
export function converted(
  all: readonly DayMoney[],
  target: string | undefined,
  documents: readonly NamedRates[],
): Converted {
  const [sums, left] = [new Map<string, bigint>(), new Map<string, bigint>()];
  if (target === undefined) {
    for (const { code, units } of all) addTo(sums, code, units);
    return { sums, left };
  }
  let sum: Fraction = [0n, 1n];
  for (const [key, sameDay] of Map.groupBy(all, ({ code, date }) => `${code} ${date}`)) {
    const [code = '', date = ''] = key.split(' ');
    const units = sameDay.reduce((whole, money) => whole + money.units, 0n);
    const rate: Fraction | undefined = code === target ? [1n, 1n] : rateOn(date, code, target, documents);
    if (rate === undefined) addTo(left, code, units);
    else sum = shortened([sum[0] * rate[1] + units * rate[0] * sum[1], sum[1] * rate[1]]);
  }
  sums.set(target, halfToEven(sum[0], sum[1] * unitsPerMillionth) * unitsPerMillionth);
  return { sums, left };
}

type Fraction = readonly [top: bigint, bottom: bigint];

function shortened([top, bottom]: Fraction): Fraction {
  let [divisor, rest] = [bottom, top < 0n ? -top : top];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return [top / divisor, bottom / divisor];
}

/** The newest rate of the day itself and the seven before it; of several documents that of the first by ID. */
function rateOn(date: string, code: string, target: string, documents: readonly NamedRates[]): Fraction | undefined {
  const inOrder = documents.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  for (let back = 0; back <= 7; back++) {
    const day = new Date(Date.parse(date) - back * 86_400_000).toISOString().slice(0, 10);
    for (const { base, days } of inOrder) {
      const worth = (currency: string): string | undefined => (currency === base ? '1' : days[day]?.[currency]);
      const [from, into] = [worth(code), worth(target)];
      if (days[day] !== undefined && from !== undefined && into !== undefined) {
        return shortened([unitsOfText(into), unitsOfText(from)]);
      }
    }
  }
  return undefined;
}
