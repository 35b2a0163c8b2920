import { millionthsOf } from '../values/amount';
import { occurredAt, type Conversion } from '../conversion/conversion';
import { carriedTime } from '../click/click-id';
import type { Lookups } from './click-fact';
import { quarterOf } from './columns';
import { known, subColumns, rowWithoutVisitor, type ConversionFact } from './rows';

/** The counted values of a conversion in its current state. The booking date belongs to the change, not to the state. */
export type Contribution = Omit<ConversionFact, 'booked_quarter'>;

/**
 * Returns the counted values of a conversion. `undefined` for a reversal that its sale contains. Throws where the click ID is none of ours,
 * since then the time of the click is not known, and where the amount is beyond a column.
 */
export function conversionContribution(conversion: Conversion, lookups: Lookups): Contribution | undefined {
  if (conversion.metBy !== undefined) return undefined;
  const { clickId, click, campaign, integration, source, test, event, status, amount, currency } = conversion;
  const clickedAt = click?.clickedAt ?? carriedTime(clickId);
  if (clickedAt === undefined) throw new Error(`${clickId} is no click ID`);
  const soldAt = occurredAt(conversion);
  const contribution: Contribution = {
    click_id: clickId,
    clicked_at: BigInt(clickedAt),
    click_quarter: BigInt(quarterOf(clickedAt)),
    conversion_quarter: BigInt(quarterOf(soldAt)),
    campaign,
    offer: known(click?.offer),
    source: known(source),
    integration: known(integration),
    ...subColumns(click?.subs ?? {}),
    country: known(click?.country ?? lookups.countryOf(click?.ipPrefix)),
    ...lookups.agentOf(click?.userAgent),
    bot: click?.bot ?? false,
    test,
    event,
    status,
    currency: known(currency),
    count: 1n,
    amount: amount === undefined ? null : columnOf(millionthsOf(amount)),
    // A sender's clock may be behind ours: no sale is made before its click.
    seconds: BigInt(Math.max(0, Math.floor((soldAt - clickedAt) / 1000))),
  };
  return conversion.erased === true ? rowWithoutVisitor(contribution) : contribution;
}

/** The difference of two amounts must fit into 64 bits, too. */
const amountLimit = 2n ** 62n;

function columnOf(amount: bigint): bigint {
  if (amount >= amountLimit || amount <= -amountLimit) throw new Error('the amount is beyond what a column holds');
  return amount;
}

/**
 * The rows that turn one state of a conversion into another: the previous state is subtracted and the new one added. If only the amount
 * changed, this is one row with the difference. The sum of all rows of a conversion is always its current state.
 * @param bookedAt when the change was recorded, in milliseconds since 1970
 */
export function rowsBetween(
  before: Contribution | undefined,
  after: Contribution | undefined,
  bookedAt: number,
): readonly ConversionFact[] {
  const booked = { booked_quarter: BigInt(quarterOf(bookedAt)) };
  if (before !== undefined && after !== undefined && isSameCell(before, after)) {
    if (before.amount === after.amount) return [];
    return [{ ...after, ...booked, count: 0n, amount: (after.amount ?? 0n) - (before.amount ?? 0n) }];
  }
  return [
    ...(before === undefined ? [] : [{ ...takenBack(before), ...booked }]),
    ...(after === undefined ? [] : [{ ...after, ...booked }]),
  ];
}

function takenBack(contribution: Contribution): Contribution {
  const { count, amount } = contribution;
  return { ...contribution, count: -count, amount: amount === null ? null : -amount };
}

/** Whether two states are counted under the same everything. */
function isSameCell(left: Contribution, right: Contribution): boolean {
  const others: Record<string, unknown> = { ...right, amount: left.amount };
  return Object.entries(left).every(([name, value]) => others[name] === value);
}
