import type { Reason } from '../../lambdas/domain/values/reasons';
import type { PostbackField } from '../../lambdas/domain/presets';

/** The person who must act on a verdict, and the action. */
export interface Advice {
  readonly who: 'the sender' | 'you' | 'nobody';
  readonly what: string;
  /** The invalid field. */
  readonly field?: PostbackField;
}

const nothing = (what: string): Advice => ({ who: 'nobody', what });
const sender = (what: string, field?: PostbackField): Advice => ({ who: 'the sender', what, ...(field && { field }) });
const you = (what: string, field?: PostbackField): Advice => ({ who: 'you', what, ...(field && { field }) });

/** The action for each reason. `{integration}` is replaced by the integration's ID. */
const advice: Readonly<Record<Reason, Advice>> = {
  OK: nothing('It counts.'),
  OK_UPDATED: nothing('It changed a conversion that was there.'),
  OK_DUPLICATE: nothing('It is known already, and counts once. Another conversion needs another transaction ID.'),
  CONFLICTING_DUPLICATE: sender(
    'Send each conversion with its own transaction ID. To let new content replace the old, set the duplicate mode "update" of {integration}.',
    'transactionId',
  ),
  OK_STALE: nothing('It is older than what is stored, and kept in the history.'),
  OK_IGNORED: nothing('{integration} maps its word to "ignore": it is understood and not counted.'),
  OK_TEST: nothing('It was read as a real one would be.'),
  PENDING_RETRY: nothing(
    'It waits in the queue and will be judged. "tracker status" shows why storage rejects writes.',
  ),
  PENDING_UNMATCHED: nothing(
    'It waits up to an hour for its click. "tracker status" shows whether clicks are delayed.',
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
  AMOUNT_INVALID: sender('Send the amount as the message says.', 'amount'),
  CURRENCY_INVALID: sender('Send the currency as the message says.', 'currency'),
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
    'Paste the postback URL again, with its token, and resend this postback: tracker integration credentials {integration}.',
  ),
  AUTH_INVALID: sender(
    'Paste the postback URL again, with the current token or key, and resend this postback: tracker integration credentials {integration}.',
  ),
  AUTH_STALE: sender('Set the clock, sign each request when it is sent, and resend this postback.'),
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
  SYSTEM_ERROR: you('Fix what "tracker status" reports, then replay. The sender was asked to send again.'),
};

/** The setting that a message suggests: `amountFormat of the integration`, or `amountFormat "" of the integration`. */
const settingOfMessage =
  /\b(amountFormat|adjustments|currencies|currency|parameters\.\w+)(?: "")? of the integration\b/;

/**
 * Advises on a verdict. If its message names a setting, the advice repeats that setting and names no other.
 * @param message of the verdict, if available
 */
export function adviceOf(reason: Reason, integration = 'ID', message = ''): Advice {
  const found = { ...advice[reason], ...settingAdvice(reason, message) };
  return { ...found, what: found.what.replaceAll('{integration}', integration) };
}

function settingAdvice(reason: Reason, message: string): Pick<Advice, 'who' | 'what'> | undefined {
  if (reason !== 'AMOUNT_INVALID' && reason !== 'CURRENCY_INVALID') return undefined;
  // Quoted text is the sender's, and names no setting.
  const [, setting] = settingOfMessage.exec(message.replace(/"[^"]*"/g, '""')) ?? [];
  if (setting === undefined) return undefined;
  return {
    who: 'you',
    what: `Set ${setting} of {integration} as the message says, then replay; or the sender sends what it asks for.`,
  };
}
