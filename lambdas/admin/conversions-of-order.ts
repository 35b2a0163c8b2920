import type { Deadline } from '../adapters/deadline';
import type { Conversion } from '../domain/conversion/conversion';
import { conversionsOfClick } from './conversions-of-click';
import type { Services } from './services';

/** What the conversions of an order must be, where something is said of it. */
export interface OrderFilter {
  readonly transactionId: string;
  readonly campaign?: string | undefined;
  readonly integration?: string | undefined;
  readonly includeTests?: boolean | undefined;
}

const concurrentReads = 16;

/**
 * Conversions of a transaction ID whenever they were recorded, by the index that counting writes some seconds after a conversion.
 * @param after the click that the page before ended with
 */
export async function conversionsOfOrder(
  filter: OrderFilter,
  page: { readonly after?: string; readonly limit: number },
  { orders, conversions }: Pick<Services, 'orders' | 'conversions'>,
  deadline: Deadline,
): Promise<{ readonly conversions: readonly Conversion[]; readonly goOnAfter?: string }> {
  const { clickIds, more } = await orders().clicksOf(filter.transactionId, page, deadline);
  const found: Conversion[] = [];
  for (let at = 0; at < clickIds.length; at += concurrentReads) {
    const some = clickIds.slice(at, at + concurrentReads);
    const read = await Promise.all(some.map((clickId) => conversionsOfClick(conversions, clickId, deadline)));
    found.push(...read.flat().filter((conversion) => isOf(conversion, filter)));
  }
  const last = clickIds.at(-1);
  return { conversions: found, ...(more && last !== undefined && { goOnAfter: last }) };
}

/** The index holds digests, and no more than the click: the conversions themselves say what they are. */
function isOf(conversion: Conversion, { transactionId, campaign, integration, includeTests }: OrderFilter): boolean {
  return (
    conversion.transactionId === transactionId &&
    conversion.erased !== true &&
    // A reversal that its sale took in is in the history of the sale.
    conversion.metBy === undefined &&
    (includeTests === true || !conversion.test) &&
    (campaign === undefined || conversion.campaign === campaign) &&
    (integration === undefined || conversion.integration === integration)
  );
}
