import type { Currency } from '../values/currency';

/** The value of one unit of a currency in another, as a fraction. */
interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The rate of a currency on a day, in days since 1970; `undefined` where none is known. */
export type RateOf = (currency: string, day: number) => Rate | undefined;

/** The rates of one day: how much of each currency one of `base` was worth. */
export interface DayRates {
  /** Days since 1970. */
  readonly day: number;
  readonly base: Currency;
  /** Decimal texts such as `1.0871`. */
  readonly rates: Readonly<Record<string, string>>;
}

/** A rate is published on working days: it holds until the next one, but not for longer. */
export const longestRateDays = 7;

/** Rates into a currency, from the newest day with both currencies that is not more than a week before the requested day. */
export function ratesInto(target: Currency, published: readonly DayRates[]): RateOf {
  const byDay = Map.groupBy(published, ({ day }) => day);
  return (currency, day) => {
    if (currency === target) return { numerator: 1n, denominator: 1n };
    for (let back = 0; back <= longestRateDays; back++) {
      for (const rates of byDay.get(day - back) ?? []) {
        const [from, into] = [worth(rates, currency), worth(rates, target)];
        if (from !== undefined && into !== undefined) {
          return { numerator: into.numerator * from.denominator, denominator: into.denominator * from.numerator };
        }
      }
    }
    return undefined;
  };
}

function worth({ base, rates }: DayRates, currency: string): Rate | undefined {
  if (currency === base) return { numerator: 1n, denominator: 1n };
  const text = Object.hasOwn(rates, currency) ? rates[currency] : undefined;
  if (text === undefined) return undefined;
  const [whole = '0', fraction = ''] = text.split('.');
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}
