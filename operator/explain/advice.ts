import type { Reason } from '../../lambdas/domain/values/reasons';
import type { PostbackField } from '../../lambdas/domain/presets';

/** Who has to do something about a verdict, and what. */
export interface Advice {
  readonly who: 'the sender' | 'you' | 'nobody';
  readonly what: string;
  /** The field that is wrong. */
  readonly field?: PostbackField;
}

const nothing = (what: string): Advice => ({ who: 'nobody', what });
const sender = (what: string, field?: PostbackField): Advice => ({ who: 'the sender', what, ...(field && { field }) });
const you = (what: string, field?: PostbackField): Advice => ({ who: 'you', what, ...(field && { field }) });

/** What to do about each reason. `{integration}` stands for the integration's ID. */
const advice: Readonly<Record<Reason, Advice>> = {
  OK: nothing('It counts.'),
  OK_UPDATED: nothing('It changed a conversion that was there.'),
  OK_DUPLICATE: nothing('It is known already, and counts once. Another conversion needs a transaction ID of its own.'),
  CONFLICTING_DUPLICATE: sender(
    'Send each conversion with a transaction ID of its own. To let new content replace the old, set the duplicate mode "update" of {integration}.',
    'transactionId',
  ),
  OK_STALE: nothing('It is older than what is stored, and kept in the history.'),
  OK_IGNORED: nothing('{integration} maps its word to "ignore": it is understood and not counted.'),
  OK_TEST: nothing('It is a test, and reports leave it out.'),
  PENDING_RETRY: nothing(
    'It waits in the queue and will be judged. "tracker status" tells why storage refuses writes.',
  ),
  PENDING_UNMATCHED: nothing(
    'It waits up to an hour for its click. "tracker status" tells whether clicks are delayed.',
  ),
  PENDING_BATCH: nothing('It waits in the queue and will be judged.'),
  CLICK_ID_MISSING: sender(
    'Send the click ID that the landing page got. If it comes under another name, add that name to parameters.clickId of {integration}.',
    'clickId',
  ),
  CLICK_ID_MALFORMED: sender(
    'Send the click ID exactly as the landing page got it: 32 letters and digits. Something on the way cuts or replaces it.',
    'clickId',
  ),
  MACRO_UNREPLACED: sender('Replace the macro in the postback URL by the token that this system really uses.'),
  AMOUNT_INVALID: sender(
    'Send a plain decimal with a point, such as 12.50: no comma, no symbol, no exponent.',
    'amount',
  ),
  CURRENCY_INVALID: sender('Send an ISO 4217 code such as USD.', 'currency'),
  STATUS_UNKNOWN: you(
    'Say what the word means, then replay: tracker integration put {integration} --status WORD=approved.',
    'status',
  ),
  EVENT_UNKNOWN: you(
    'Say what the word means, then replay: tracker integration put {integration} --event WORD=sale.',
    'event',
  ),
  PARAMETER_CONFLICT: sender('Send each parameter once: two values of one cannot both be meant.'),
  BODY_INVALID: sender('Send a body that parses: JSON, or a form, under its own content type.'),
  AUTH_MISSING: sender(
    'Paste the postback URL anew, with its token, and send this one again: tracker integration credentials {integration}.',
  ),
  AUTH_INVALID: sender(
    'Paste the postback URL anew, with the token or key of today, and send this one again: tracker integration credentials {integration}.',
  ),
  AUTH_STALE: sender('Set the clock, sign each sending anew, and send this one again.'),
  IP_NOT_ALLOWED: you(
    'If the address is the sender’s, add it to ipAllowlist of {integration}, and ask for this one again.',
  ),
  CLICK_ID_FORGED: sender(
    'Send the click ID of this tracker: this one was never made here. Another tracker or stage may have made it.',
    'clickId',
  ),
  INTEGRATION_MISMATCH: sender('Send it to the postback URL of the campaign that the click belongs to.', 'clickId'),
  CLICK_NOT_FOUND: you(
    'If the click is there by now, replay the postback. An erased or expired click stays away.',
    'clickId',
  ),
  INTEGRATION_UNKNOWN: sender('Check the path of the postback URL: it names an integration that is not here.'),
  TRANSITION_REFUSED: nothing('It is kept in the history, and counts if the missing step arrives.'),
  REVERSAL_REFUSED: you(
    'Fifty reversals wait for this sale: find out why it was never approved, and replay once it is.',
    'transactionId',
  ),
  CLICK_EXPIRED: you(
    'If it should count, raise attribution.maxAgeDays of the campaign and replay; or the sender sends the time of the conversion.',
    'timestamp',
  ),
  TOO_LARGE: sender('Send less in one postback, or many conversions as a batch.'),
  RATE_LIMITED: sender('Send slower, and send this one again: nothing was kept.'),
  SYSTEM_ERROR: you('Mend what "tracker status" names, then replay. The sender was told to send again.'),
};

export function adviceOf(reason: Reason, integration = 'ID'): Advice {
  const found = advice[reason];
  return { ...found, what: found.what.replaceAll('{integration}', integration) };
}
