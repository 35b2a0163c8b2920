import type { Amount } from '../values/amount';
import type { Conversion } from '../conversion/conversion';
import type { Currency } from '../values/currency';
import type { ConversionStatus } from '../values/status';
import type { ClickId } from '../click/click-id';
import type { DeliveryId } from './delivery-id';
import type { HttpMethod, PostbackMode } from '../configuration/outbound-postback';

/**
 * `due` waits for its time, `delivered` was accepted, `failed` was rejected permanently, `exhausted` was not accepted in three days,
 * `skipped` is never sent, `superseded` gave way to a newer one, and `held` waits for a person.
 */
export const deliveryStates = ['due', 'delivered', 'failed', 'exhausted', 'skipped', 'superseded', 'held'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Reasons for which a change is not reported, or a due delivery is not sent. */
export const skipReasons = [
  'TEST_CONVERSION',
  'STATUS_FILTERED',
  'EVENT_FILTERED',
  'REVERSAL_WITHOUT_SALE',
  'MACRO_EMPTY',
  'CURRENCY_UNSUPPORTED',
  'STATUS_UNMAPPED',
  'EVENT_UNMAPPED',
  'EXPIRED',
  'CONSENT_MISSING',
  'REQUEST_INVALID',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Reasons by which a change is none of the source's business: nothing is there to send. */
const filterReasons: readonly (string | undefined)[] = [
  'TEST_CONVERSION',
  'STATUS_FILTERED',
  'EVENT_FILTERED',
  'REVERSAL_WITHOUT_SALE',
] satisfies readonly SkipReason[];

/** Whether a delivery is one that its postback asks for. */
export function isForSource(reason: DeliveryReason | undefined): boolean {
  return !filterReasons.includes(reason);
}

/** Reasons for which a delivery waits for a person. */
export const holdReasons = ['SECRET_MISSING', 'TEMPLATE_UNKNOWN', 'POSTBACK_GONE', 'SOURCE_SUSPENDED'] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Results of one attempt. */
export const answerReasons = [
  'ACCEPTED',
  'REFUSED_IN_BODY',
  'REFUSED',
  'REDIRECTED',
  'RATE_LIMITED',
  'SERVER_ERROR',
  'TIMED_OUT',
  'OUTCOME_UNKNOWN',
  'CONNECTION_FAILED',
  'NAME_NOT_FOUND',
  'TLS_FAILED',
  'ADDRESS_REJECTED',
] as const;
export type AnswerReason = (typeof answerReasons)[number];

/** The reason before the first attempt: the breaker of the source is open. */
const waitReasons = ['SOURCE_UNREACHABLE'] as const;

/** The reason of a `superseded` delivery. Its state implies it, so that rows hold no word that an older release rejects. */
export const overtakenReason = 'NEWER_CHANGE';

export const deliveryReasons = [
  ...skipReasons,
  ...holdReasons,
  ...answerReasons,
  ...waitReasons,
  overtakenReason,
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

/** The part of a conversion that a source sees: a delivery keeps it, so that a later change does not rewrite this report. */
export interface Reported {
  readonly event: string;
  readonly status: ConversionStatus;
  readonly amount?: Amount | undefined;
  readonly currency?: Currency | undefined;
}

/** One report of one change to one postback of a source, as it is kept. Times are milliseconds since 1970. */
export interface Delivery extends Reported {
  readonly id: DeliveryId;
  readonly sourceId: string;
  readonly postbackId: string;
  readonly clickId: ClickId;
  readonly conversionKey: string;
  /** The version of the conversion that made it. */
  readonly conversionVersion: number;
  readonly when: PostbackMode;
  readonly state: DeliveryState;
  readonly reason?: DeliveryReason;
  /** The subject of the reason: the empty macro, or the words of the source's rejection. */
  readonly detail?: string;
  readonly attempts: number;
  readonly dueAt?: number;
  readonly createdAt: number;
  readonly firstTriedAt?: number;
  readonly lastTriedAt?: number;
  /** The last answer: at most 200 characters of its body, masked. */
  readonly answer?: { readonly httpStatus?: number; readonly text: string };
  /** The last request, masked. */
  readonly request?: { readonly method: HttpMethod; readonly url: string };
}

/** A delivery as planned; storing it adds its times. */
export type PlannedDelivery = Pick<
  Delivery,
  'id' | 'sourceId' | 'postbackId' | 'clickId' | 'conversionKey' | 'conversionVersion' | 'when' | keyof Reported
> &
  ({ readonly state: 'due' } | { readonly state: 'skipped'; readonly reason: SkipReason });

/** The part of a conversion's state that a source sees. */
export function reportedOf({ event, status, amount, currency }: Conversion): Reported {
  return { event, status, ...(amount !== undefined && { amount }), ...(currency !== undefined && { currency }) };
}
