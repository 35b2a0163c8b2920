import type { Click } from '../click/click';
import type { Conversion } from '../conversion/conversion';
import { clickFact, type Lookups } from './click-fact';
import { quarterOf } from './columns';
import { conversionContribution } from './conversion-fact';
import type { ClickFact, ConversionFact } from './rows';

/**
 * Returns the row of a stored click; `undefined` where it may still be counted.
 * @param quiet milliseconds since 1970, by `quietBefore`
 */
export function storedClickFact(click: Click, quiet: number, lookups: Lookups): ClickFact | undefined {
  return (click.storedAt ?? click.clickedAt) > quiet ? undefined : clickFact(click, lookups);
}

/**
 * Returns the row of a stored conversion, booked when it last changed. One that may still be counted becomes a mark, which keeps its click
 * from being compared. `undefined` for a reversal that its sale contains.
 * @param storedAt when its row was written; rows of earlier releases do not say it
 */
export function storedConversionFact(
  conversion: Conversion,
  storedAt: number | undefined,
  quiet: number,
  lookups: Lookups,
): ConversionFact | undefined {
  const { metBy: _taken, ...apart } = conversion;
  const isYoung = Math.max(storedAt ?? 0, conversion.changedAt) > quiet;
  const contribution = conversionContribution(isYoung ? apart : conversion, lookups);
  if (contribution === undefined) return undefined;
  const booked = { ...contribution, booked_quarter: BigInt(quarterOf(conversion.changedAt)) };
  return isYoung ? { ...booked, status: markOfYoung, count: 0n, amount: null } : booked;
}

/** No status of a fact is empty. */
const markOfYoung = '';

export function isMarkOfYoung({ status }: Pick<ConversionFact, 'status'>): boolean {
  return status === markOfYoung;
}
