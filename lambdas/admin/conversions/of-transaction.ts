import type { Deadline } from '../../adapters/deadline';
import type { Conversion } from '../../domain/conversion/conversion';
import { conversionsOfClick } from './of-click';
import type { Services } from '../http/services';

/** Conditions on the conversions of a transaction ID; absent ones match any. */
export interface TransactionFilter {
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
export async function conversionsOfTransaction(
  filter: TransactionFilter,
  page: { readonly after?: string; readonly limit: number },
  { transactions, conversions }: Pick<Services, 'transactions' | 'conversions'>,
  deadline: Deadline,
): Promise<{ readonly conversions: readonly Conversion[]; readonly goOnAfter?: string }> {
  const { clickIds, more } = await transactions().clicksOf(filter.transactionId, page, deadline);
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
function isOf(
  conversion: Conversion,
  { transactionId, campaign, integration, includeTests }: TransactionFilter,
): boolean {
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
