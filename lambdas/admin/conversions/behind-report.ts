import { readAgent } from '../../domain/facts/agent';
import { quarterMilliseconds } from '../../domain/facts/columns';
import { conversionContribution } from '../../domain/facts/conversion-fact';
import type { Conversion } from '../../domain/conversion/conversion';
import { meetsFilters, type Filter } from '../../domain/reports/filter';
import { rejectionOfParameter } from '../http/answer';
import type { Period } from '../http/query-parameters';

/** Dates of reports by which a conversion is in one place; a booking is of a change, and a conversion has many. */
export const countedDates = ['click', 'conversion'] as const;
type CountedDate = (typeof countedDates)[number];

/** The conversions behind a number of a report: by these conditions, and one of its dates. */
export interface NumberOfReport {
  readonly by?: CountedDate | undefined;
  readonly filter?: readonly Filter[] | undefined;
}

/** The country comes from a file that only counting has. */
export function checkNumberOfReport({ filter = [] }: NumberOfReport): void {
  if (filter.every(({ field }) => field !== 'country')) return;
  throw rejectionOfParameter(
    'filter',
    'must not name country: conversions are stored without it, and only reports have it',
  );
}

const lookups = { agentOf: readAgent, countryOf: () => undefined, costNamingOf: () => undefined };

/** Whether a conversion is among those of a report's number. It is taken for what counting takes it for, so that both come to the same. */
export function isBehind(conversion: Conversion, { by, filter = [] }: NumberOfReport, period: Period): boolean {
  if (by === undefined && filter.length === 0) return true;
  const counted = conversionContribution(conversion, lookups);
  if (counted === undefined || !meetsFilters(filter, counted)) return false;
  if (by === undefined) return true;
  const at = Number(by === 'click' ? counted.click_quarter : counted.conversion_quarter) * quarterMilliseconds;
  // Reports count whole quarters of an hour, and no conversion of a click that looks like a bot's.
  return !counted.bot && at >= period.since && at <= period.until;
}
