import type { ClickId } from '../identifiers/click-id';
import type { RequestId } from '../identifiers/request-id';
import type { Amount } from './amount';
import type { Currency } from './currency';
import type { HistoryEntry } from './history';
import type { ConversionStatus } from './status';

/** What an accepted postback records: one row per click ID, event and transaction. It never expires, and neither does its key. */
export interface Conversion {
  readonly clickId: ClickId;
  readonly conversionKey: string;
  readonly event: string;
  readonly transactionId?: string;
  readonly campaign: string;
  readonly integration: string;
  readonly source?: string;
  readonly status: ConversionStatus;
  readonly amount: Amount;
  readonly currency?: Currency;
  /** Kept out of reports and outbound postbacks. */
  readonly test: boolean;
  /** A repeat of a known key that the integration counts apart. */
  readonly repeated: boolean;
  /** 1 when recorded, one more for each write. */
  readonly version: number;
  /** Milliseconds since 1970: when it was first recorded and last written. */
  readonly recordedAt: number;
  readonly changedAt: number;
  /** Every change in order of arrival; the state above is its fold in order of event time. */
  readonly history: readonly HistoryEntry[];
  /** Repeats of this key that were counted apart, the newest last, as long as the network may still send them again. */
  readonly repeats?: readonly Repeat[];
}

/** The mark that a repeat leaves on its key, by which its retries are known. */
export interface Repeat {
  readonly requestId: RequestId;
  readonly fingerprint: string;
  readonly receivedAt: number;
}

/** Limits that keep a key within DynamoDB's 1,024 bytes, however its letters are encoded. */
export const maximumEventLength = 64;
export const maximumTransactionIdBytes = 400;

/**
 * The sort key of a conversion: `sale#T1`. The event is percent-encoded, so the first `#`, and the `:` of a test and the
 * `+` of a repeat, can only be ours. Tests have keys of their own: a test never makes the real one a duplicate.
 */
export function conversionKeyOf(key: {
  readonly event: string;
  readonly transactionId?: string | undefined;
  readonly test: boolean;
  readonly repeatOf?: RequestId;
}): string {
  const repeat = key.repeatOf === undefined ? '' : `+${key.repeatOf}`;
  return `${key.test ? 'test:' : ''}${encodeURIComponent(key.event)}${repeat}#${key.transactionId ?? ''}`;
}
