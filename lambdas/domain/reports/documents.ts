import { createHash } from 'node:crypto';
import { matchedFields, type Cost } from '../configuration/cost';
import type { Rate } from '../configuration/rate';
import { millionthsOf } from '../values/amount';
import type { DayRates } from './conversion-rates';
import type { Spend } from './spend';
import { startOfDay } from './zone-segments';

const dayMilliseconds = 86_400_000;

/** A document of costs as reports spread it. */
export function spendOf(id: string, cost: Cost): Spend {
  const { timezone = 'UTC' } = cost;
  return {
    id,
    match: matchedFields.flatMap((field) => {
      const value = cost[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
    first: startOfDay(dayOf(cost.from), timezone),
    last: startOfDay(dayOf(cost.to) + 1, timezone) - 1,
    millionths: millionthsOf(cost.amount),
    currency: cost.currency,
  };
}

export function dayRatesOf({ base, days }: Rate): readonly DayRates[] {
  return Object.entries(days).map(([day, rates]) => ({ day: dayOf(day), base, rates }));
}

function dayOf(date: string): number {
  return Date.parse(date) / dayMilliseconds;
}

/** Names the costs and rates that a report was made with; empty where there are none. */
export function markOf(spends: readonly Spend[], rates: readonly DayRates[]): string {
  if (spends.length === 0 && rates.length === 0) return '';
  const text = JSON.stringify([spends, rates], (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
