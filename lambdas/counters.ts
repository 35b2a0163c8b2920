/** Counters that the functions emit, in CloudWatch's embedded metric format. A constant each: a bundle has those that its function counts. */

/** A click request that named a readable campaign; HEAD, previews and test clicks are not counted. */
export const clickReceived = 'ClickReceived';
/** A click that the table rejected and the RetryQueue took. */
export const clickQueued = 'ClickQueued';
/** A visitor redirected without a stored click, by a failure of ours: a conversion of it cannot be matched. */
export const clickLost = 'ClickLost';
/** A browser that fetched ahead of its visitor and was answered 503, so that it asks again when the visitor goes: no failure of ours. */
export const clickPrefetched = 'ClickPrefetched';
/** A visitor who got no offer, since the campaign is unknown or paused: an error, or a redirect to a fallback URL. */
export const clickUnserved = 'ClickUnserved';
/** A visitor who got no redirect, since the campaign could not be read. */
export const clickFailed = 'ClickFailed';
/** Every postback of an authenticated sender that reached a verdict, except tests and dry runs. */
export const postbackReceived = 'PostbackReceived';
/** Recorded or updated: money moved. */
export const postbackRecorded = 'PostbackRecorded';
export const postbackDuplicate = 'PostbackDuplicate';
/** A known key that came again with other content. */
export const postbackConflicting = 'PostbackConflicting';
/** Rejected for their content, authentication apart. */
export const postbackRejected = 'PostbackRejected';
/** Rejected for a missing, wrong or stale token, signature or address, or a forged click ID. */
export const postbackAuthenticationFailed = 'PostbackAuthenticationFailed';
/** Rejected before a sender was authenticated, for what the request is: no click ID, no known integration, unreadable. */
export const postbackUnidentified = 'PostbackUnidentified';
/** Recorded without an amount, though the request holds a number that may be one: money that no report shows. */
export const postbackAmountUnread = 'PostbackAmountUnread';
/** Passed in `report` mode, and would be rejected in `required`. */
export const postbackAuthenticationReported = 'PostbackAuthenticationReported';
/** A genuine click ID whose row is not there (yet). */
export const postbackUnmatched = 'PostbackUnmatched';
/** Acknowledged with 202 and queued, since storage was in trouble. */
export const postbackQueued = 'PostbackQueued';
/** Answered 503: neither table nor queue would take it; the sender must send it again. */
export const postbackFailed = 'PostbackFailed';
/** A log row that neither the table nor the queue took. The verdict is valid; its row is lost. */
export const logRowLost = 'LogRowLost';
/** A queued message given up on and put in the dead letter queue, with its reason. */
export const messageDeadLettered = 'MessageDeadLettered';
/** A conversion that a visitor's browser reported first: it is pending until a server confirms it. */
export const browserReported = 'BrowserReported';
/** Seconds that the oldest message of a batch has waited since it was first queued: SQS leaves it out of its own age after three receipts. */
export const retryWaitSeconds = 'RetryWaitSeconds';
/** Integrations that usually send and stopped, whose amounts are not read, or whose visitors report what no server confirms: once an hour, where there are any. */
export const silentIntegrations = 'SilentIntegrations';
/** Changes of clicks and conversions that no report shows, since they could not be read; each is kept. */
export const factsUncounted = 'FactsUncounted';
/** Reports that were tried for three days without success. */
export const deliveryExhausted = 'DeliveryExhausted';
/** Changes of conversions from which no delivery could be planned, since they or the source's document cannot be read. */
export const deliveryUnplanned = 'DeliveryUnplanned';
/** Sources that were suspended: they have accepted nothing for days. */
export const sourceSuspended = 'SourceSuspended';
