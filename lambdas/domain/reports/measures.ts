import { ratio } from './millionths';
import { addMoney, decimalsOf, dividedMoney, negated, type Money, type MoneyText } from './money';
import type { Metric } from './metrics';
import type { Tally } from './tally';

/** A count, a ratio or seconds; money by currency; or `null` where the divisor is 0 or the value is unknown. */
export type Measure = number | MoneyText | null;

/** The value of a metric. Money per click or per conversion is rounded to millionths, and so are ratios: 0.25 is 25 %. */
export function measureOf(metric: Metric, tally: Tally): Measure {
  const { clicks, conversions, money } = tally;
  const counted = conversions.approved + conversions.pending;
  switch (metric) {
    case 'clicks':
      return clicks;
    case 'botClicks':
      return tally.botClicks;
    case 'uniqueClicks':
      return tally.uniqueClicks ?? null;
    case 'conversions':
      return counted;
    case 'approved':
    case 'pending':
    case 'rejected':
    case 'reversed':
      return conversions[metric];
    case 'revenue':
      return decimalsOf(revenueOf(tally));
    case 'revenueApproved':
      return decimalsOf(money.approved);
    case 'cost':
      return decimalsOf(money.cost);
    case 'profit':
      return decimalsOf(profitOf(tally));
    case 'roi':
      return returnOf(tally);
    case 'cr':
      return clicks === 0 ? null : ratio(BigInt(counted), BigInt(clicks));
    case 'epc':
      return moneyPer(revenueOf(tally), clicks);
    case 'cpc':
      return moneyPer(money.cost, clicks);
    case 'cpa':
      return moneyPer(money.cost, counted);
    case 'medianSecondsToConversion':
      return tally.medianSeconds ?? null;
    case 'under1Minute':
    case 'under5Minutes':
    case 'under1Hour':
    case 'under1Day':
    case 'under7Days':
      // On the date of booking, more may have been taken back than came.
      return counted <= 0 ? null : ratio(BigInt(tally.soon[metric] ?? 0), BigInt(counted));
  }
}

export function revenueOf({ money }: Tally): Money {
  return addMoney(money.approved, money.pending);
}

function profitOf(tally: Tally): Money {
  return addMoney(revenueOf(tally), negated(tally.money.cost));
}

function moneyPer(money: Money, count: number): MoneyText | null {
  return count === 0 ? null : decimalsOf(dividedMoney(money, BigInt(count)));
}

/** The currencies in which something was earned or spent. */
export function currenciesOf(tally: Tally): readonly string[] {
  const some = [...revenueOf(tally), ...tally.money.cost].filter(([, value]) => value !== 0n);
  return [...new Set(some.map(([currency]) => currency))].sort();
}

/** Profit by cost. Costs and revenue of several currencies have none. */
function returnOf(tally: Tally): number | null {
  const [currency, ...others] = currenciesOf(tally);
  if (currency === undefined || others.length > 0) return null;
  const cost = tally.money.cost.get(currency) ?? 0n;
  return cost === 0n ? null : ratio(profitOf(tally).get(currency) ?? 0n, cost);
}
