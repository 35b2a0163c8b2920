import type { Integration } from '../../domain/configuration/integration';
import { reasons, type Reason } from '../../domain/values/reasons';
import type { SheetFacts } from './facts';
import { block, bullets, code, section, markdownTable } from './markdown';

/** The result, and the sender's next step, for each reason. */
const advice: Readonly<Record<Reason, string>> = {
  OK: 'Recorded. Nothing to do.',
  OK_UPDATED: 'The recorded conversion changed. Nothing to do.',
  OK_DUPLICATE: 'Known already. Nothing to do. Send another transaction ID for another conversion.',
  CONFLICTING_DUPLICATE:
    'Known already with other content, which stays. Send another transaction ID for another conversion.',
  OK_STALE: 'Older than the recorded state, and without effect. Nothing to do.',
  OK_IGNORED: 'Understood and not counted, as agreed for this word. Nothing to do.',
  OK_TEST: 'Recorded as a test. Nothing to do.',
  PENDING_RETRY: 'Kept, and recorded soon. Do not send it again.',
  PENDING_UNMATCHED: 'Kept until its click is stored. Do not send it again.',
  PENDING_BATCH: 'The rows of the batch are kept. Do not send it again.',
  CLICK_ID_MISSING: 'Send the click ID under its name.',
  CLICK_ID_MALFORMED: 'Send the unchanged click ID.',
  MACRO_UNREPLACED: 'Your system sent a placeholder instead of its value: correct its spelling.',
  AMOUNT_INVALID: 'Send the amount in the format above.',
  CURRENCY_INVALID: 'Send an ISO 4217 code.',
  STATUS_UNKNOWN: 'Send one of the words above, or ask us to add the new one.',
  EVENT_UNKNOWN: 'Send one of the events above, or ask us to add the new one.',
  PARAMETER_CONFLICT: 'Send each parameter once.',
  BODY_INVALID: 'Send a query, a form or JSON.',
  AUTH_MISSING: 'Send the token or signature.',
  AUTH_INVALID: 'Check the token or signature. It may have been replaced.',
  AUTH_STALE: 'Sign the request when you send it, and check your clock.',
  IP_NOT_ALLOWED: 'Send us the address of your server.',
  CLICK_ID_FORGED: 'We did not make this click ID: check its origin.',
  INTEGRATION_MISMATCH: "The click is not of your campaigns: check the URL's path.",
  CLICK_NOT_FOUND: 'We do not have this click, or no longer. Ask us if it is recent.',
  INTEGRATION_UNKNOWN: "Check the URL's path.",
  TRANSITION_REFUSED: 'This status cannot follow the recorded one. It counts when the missing step arrives.',
  REVERSAL_REFUSED: 'Too many reversals wait for this sale: send it again after the sale is approved.',
  CLICK_EXPIRED: 'Too long after the click. Send the time of the conversion if it was earlier.',
  TOO_LARGE: 'Send less in one request.',
  RATE_LIMITED: 'Nothing was kept: send it again later.',
  SYSTEM_ERROR: 'Not acknowledged: send it again after the seconds in `Retry-After`. Repetitions count once.',
};

/** The answers to the sender, with their meaning. */
export function answersSection({ integration }: Pick<SheetFacts, 'integration'>): string {
  const always200 = integration.respond === 'always-200';
  const rows = Object.keys(advice)
    .filter(isReason)
    .filter((reason) => canHappen(reason, integration))
    .map((reason) => {
      const { result, httpStatus } = reasons[reason];
      const status = always200 && !isUnkept(reason) ? 200 : httpStatus;
      return [String(status), code(result), code(reason), advice[reason]];
    });
  const literal = integration.reply?.literal;
  return section(
    'Our answers',
    literal === undefined
      ? `JSON: ${code('{"result","reason","message","requestId","conversion"?,"warnings":[]}')}. ${code('message')} says what to do next; ${code('warnings')} name values that were understood but should change.`
      : `The answer to an accepted postback is this plain text, with the reason in the header ${code('x-postback-reason')}:\n\n` +
          `${block('text', literal)}\n\nThe answer to a rejected postback, or to a dry run, is JSON: ${code('{"result","reason","message","requestId","warnings":[]}')}.`,
    bullets([
      always200
        ? 'Every postback with a verdict gets 200, a rejected one too: read the answer, not its status.'
        : 'An HTTP status of 200 or 202 is a promise: stored, or durably queued. On 4xx correct the postback before you send it again.',
      'On 429, 503 or no answer, nothing may have been kept: send the same request again. A repetition is never counted twice.',
      `Every answer has a ${code('requestId')}, also in the header ${code('x-request-id')}. Send us this ID with a question.`,
    ]),
    markdownTable(['HTTP', 'Result', 'Reason', 'What to do'], rows),
  );
}

function isUnkept(reason: Reason): boolean {
  return reason === 'SYSTEM_ERROR' || reason === 'RATE_LIMITED';
}

function isReason(reason: string): reason is Reason {
  return Object.hasOwn(reasons, reason);
}

/** Omits the reasons of checks that this integration does not enforce. */
function canHappen(reason: Reason, { auth, strictEvents }: Integration): boolean {
  switch (reason) {
    case 'AUTH_MISSING':
    case 'AUTH_INVALID':
      return auth.token === 'required' || auth.hmac === 'required';
    case 'AUTH_STALE':
      return auth.hmac === 'required';
    case 'IP_NOT_ALLOWED':
      return auth.ip === 'required';
    case 'EVENT_UNKNOWN':
      return strictEvents === true;
    default:
      return true;
  }
}
