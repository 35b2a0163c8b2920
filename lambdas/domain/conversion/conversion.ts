import type { ClickId } from '../identifiers/click-id';
import { readRequestId, type RequestId } from '../identifiers/request-id';
import type { Amount } from './amount';
import type { Claim } from './claim';
import type { ClickDetails } from './click-details';
import type { Currency } from './currency';
import type { FoldState } from './fold';
import type { Deltas } from './payable';
import type { ConversionStatus } from './status';

/** What an accepted postback records: one row per click ID, event and transaction. It never expires, and neither does its key. */
export interface Conversion extends ConversionState {
  readonly clickId: ClickId;
  readonly conversionKey: string;
  readonly event: string;
  readonly transactionId?: string;
  readonly campaign: string;
  readonly integration: string;
  readonly source?: string;
  readonly click?: ClickDetails;
  /** Kept out of reports and outbound postbacks. */
  readonly test: boolean;
  /** A repeat of a known key that the integration counts separately. */
  readonly repeated: boolean;
  /** 1 when recorded, one more for each write. */
  readonly version: number;
  /** Milliseconds since 1970: when it was first recorded and last written. */
  readonly recordedAt: number;
  readonly changedAt: number;
  /** The earliest event time of the claims that a very long history has dropped. */
  readonly occurredAt?: number;
  /** The person of its click was forgotten: reports show nothing of them any more. */
  readonly erased?: true;
  /** Claims in order of arrival; the state is their fold in order of event time. */
  readonly history: readonly HistoryEntry[];
  /** Where the oldest claims of a very long history have come to; the history continues from it. */
  readonly settled?: FoldState;
  /** The claims that were settled, while their senders may still retry them. */
  readonly settledClaims?: readonly Sighting[];
  /** The claims without effect that a very long history has dropped, while their senders may still retry them. */
  readonly droppedClaims?: readonly Sighting[];
  /** Postbacks of this key that were counted separately, the newest last, while their sender may still retry them. */
  readonly repeats?: readonly Sighting[];
  /** More reversals waited for this sale than one write took: settled once more, its claim meets the rest. */
  readonly meetsMore?: true;
  /** The key of the conversion that this reversal was about, once its sale arrived. */
  readonly metBy?: string;
}

/** What a conversion is about, beside what its claims say. */
export interface ConversionSubject extends Pick<
  Conversion,
  'clickId' | 'event' | 'transactionId' | 'campaign' | 'integration' | 'source' | 'click' | 'test'
> {
  /** Set on a replay of a postback that was counted separately: its own request ID, which is part of its key. */
  readonly repeatOf?: RequestId;
}

/** Where a conversion is after its history. */
export interface ConversionState {
  readonly status: ConversionStatus;
  /** Absent where no amount was named and no payout is configured: not known is not 0. */
  readonly amount?: Amount;
  readonly currency?: Currency;
  /** Whether a sender named the amount, or a payout stands in for it. */
  readonly amountNamed: boolean;
}

/** When a statement was seen. */
export interface Sighting {
  readonly requestId: RequestId;
  readonly statement: string;
  /** Milliseconds since 1970, of the first sending. */
  readonly receivedAt: number;
  /** The same of the last sending, where it was in a later hour. */
  readonly lastSeenAt?: number;
}

export type EntryReason =
  | 'OK'
  | 'OK_UPDATED'
  | 'OK_DUPLICATE'
  | 'OK_STALE'
  | 'CONFLICTING_DUPLICATE'
  | 'TRANSITION_REFUSED'
  | 'CURRENCY_INVALID';

/** A claim that was kept, with what came of it on arrival. */
export interface HistoryEntry extends Claim {
  readonly reason: EntryReason;
  /** By how much this claim changed what is payable. The deltas of a history add up to what is payable. */
  readonly deltas: Deltas;
  readonly lastSeenAt?: number;
}

/** When the sale was made: the event time of its earliest claim, which is no reversal where it has another one. */
export function occurredAt({ history, occurredAt: before, recordedAt }: Conversion): number {
  const claims = history.filter(({ reversal }) => reversal === undefined);
  const times = (claims.length > 0 || before !== undefined ? claims : history).map(({ eventTime }) => eventTime);
  const known = before === undefined ? times : [before, ...times];
  return known.length === 0 ? recordedAt : Math.min(...known);
}

/** Limits that keep a key within DynamoDB's 1,024 bytes, however its letters are encoded. */
export const maximumEventLength = 64;
export const maximumTransactionIdBytes = 400;

/** Longer than any number of an order. Each claim of a history keeps its own. */
export const maximumOrderBytes = 100;

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

/** The request ID in the key of a conversion that was counted separately; `undefined` in any other. */
export function repeatOf(conversionKey: string): RequestId | undefined {
  const beforeTransaction = conversionKey.slice(0, conversionKey.indexOf('#'));
  return readRequestId(beforeTransaction.split('+')[1] ?? '')?.requestId;
}
