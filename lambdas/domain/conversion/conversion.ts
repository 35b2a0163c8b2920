import type { ClickId } from '../click/click-id';
import { readRequestId, type RequestId } from '../values/request-id';
import type { Claim } from '../request/claim';
import type { ClickDetails } from './click-details';
import type { FoldState } from './fold-state';
import type { ConversionState, Deltas } from './payable';

/** The record of an accepted postback: one row per click ID, event and transaction. It never expires, and neither does its key. */
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
  /** The person of its click was erased: reports show nothing of them any more. */
  readonly erased?: true;
  /** Claims in order of arrival; the state is their fold in order of event time. */
  readonly history: readonly HistoryEntry[];
  /** The state after the oldest claims of a very long history; the history continues from it. */
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

/** The subject of a conversion, beside the content of its claims. */
export interface ConversionSubject extends Pick<
  Conversion,
  'clickId' | 'event' | 'transactionId' | 'campaign' | 'integration' | 'source' | 'click' | 'test'
> {
  /** Set on a replay of a postback that was counted separately: its own request ID, which is part of its key. */
  readonly repeatOf?: RequestId;
}

/** A sighting of a statement. */
export interface Sighting {
  readonly requestId: RequestId;
  readonly statement: string;
  /** Milliseconds since 1970, of the first sending. */
  readonly receivedAt: number;
  /** The same of the last sending, where it was in a later hour. */
  readonly lastSeenAt?: number;
  /** It was of a conversion on hold, which another claim may approve. */
  readonly held?: true;
  /** The reason in its sender's answer, where that was not `OK`. */
  readonly reason?: EntryReason;
}

export type EntryReason =
  | 'OK'
  | 'OK_UPDATED'
  | 'OK_DUPLICATE'
  | 'OK_STALE'
  | 'CONFLICTING_DUPLICATE'
  | 'TRANSITION_REFUSED'
  | 'CURRENCY_INVALID'
  | 'AMOUNT_INVALID';

/** A claim that was kept, with what came of it on arrival. */
export interface HistoryEntry extends Claim {
  readonly reason: EntryReason;
  /** By how much this claim changed what is payable. The deltas of a history add up to what is payable. */
  readonly deltas: Deltas;
  readonly lastSeenAt?: number;
}

/** Returns the time of the sale: the event time of its earliest claim, which is no reversal where it has another one. */
export function occurredAt({
  history,
  occurredAt: before,
  recordedAt,
}: Pick<Conversion, 'history' | 'occurredAt' | 'recordedAt'>): number {
  const claims = history.filter(({ reversal }) => reversal === undefined);
  const times = (claims.length > 0 || before !== undefined ? claims : history).map(({ eventTime }) => eventTime);
  const known = before === undefined ? times : [before, ...times];
  return known.length === 0 ? recordedAt : Math.min(...known);
}

/**
 * Returns the sort key of a conversion: `sale#T1`. The event is percent-encoded, so the first `#`, and the `:` of a test and the `+` of a
 * repeat, can only be ours. Tests have separate keys: a test never makes the real one a duplicate.
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
  const [, repeat] = beforeTransaction.split('+');
  return repeat === undefined ? undefined : readRequestId(repeat)?.requestId;
}
